import { officialMoment } from '../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody, VerdictBody } from './decision-draft.ts';

type Props = { readonly body: CaseBody; readonly verdict: VerdictBody };

/** The verdict in force, whose it is, and how sure the rules are of theirs. */
export function VerdictSummary({ body, verdict }: Props) {
  const t = useTexts('case');
  const name = useCodeName();
  const language = useLanguage();
  const { category, secondary, target } = verdict;
  const place =
    target.name === null
      ? name('level', target.level)
      : t('withLevel', { place: target.name, level: name('level', target.level) });
  return (
    <>
      <p className="case-source">
        {body.confirmed
          ? t('decidedBy', { who: verdict.by.name, when: officialMoment(verdict.at, language) })
          : t('proposedByRules', { percent: Math.round(verdict.confidence * 100) })}
        {!body.confirmed && verdict.review && <span className="case-tag case-tag-mind">{t('lookCloser')}</span>}
      </p>
      <dl className="case-facts">
        <Fact name={t('category')}>
          {category === null ? t('categoryOpen') : name('category', category)}
          {secondary !== null && (
            <span className="case-quiet"> {t('also', { category: name('category', secondary) })}</span>
          )}
        </Fact>
        <Fact name={t('unit')}>{verdict.unit.name}</Fact>
        <Fact name={t('lane')}>{name('lane', verdict.lane)}</Fact>
        <Fact name={t('kind')}>{name('kind', verdict.kind)}</Fact>
        <Fact name={t('target')}>{place}</Fact>
        <Fact name={t('urgency')}>
          {verdict.urgent ? <span className="case-tag case-tag-urgent">{t('urgent')}</span> : t('notUrgent')}
        </Fact>
        {body.confirmed && (
          <Fact name={t('accused')}>
            {verdict.accused.length === 0 ? t('nobodyAccused') : verdict.accused.map((one) => one.name).join('、')}
          </Fact>
        )}
        {verdict.reason !== null && <Fact name={t('reason')}>{verdict.reason}</Fact>}
      </dl>
    </>
  );
}

export function Fact({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
