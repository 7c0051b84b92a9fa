import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { DecidingWords } from '../../evidence/split-marks.ts';
import { useCodeName, useTexts } from '../../texts/texts.ts';
import type { Marks } from './marks.ts';
import { ReadingEvidence } from './reading-evidence.tsx';
import type { Registry } from '../../api/registry.ts';
import type { Reading, Verdict } from './use-reading.ts';

type Props = {
  readonly reading: Reading | null;
  readonly registry: Registry | null;
  readonly marks: Marks;
  /** Place of the caret in the text: the reason of the word it stands in is shown first. */
  readonly caret: number;
  onPoint(words: DecidingWords | null): void;
  onGoTo(words: DecidingWords): void;
};

/** What the rules make of the call so far, and what the caller has not said yet. */
export function ReadingPanel(props: Props) {
  const t = useTexts('call');
  const { reading, registry } = props;
  return (
    <section className="call-card" aria-labelledby="call-reading-title">
      <h2 id="call-reading-title">{t('readingTitle')}</h2>
      {reading === null ? (
        <p className="call-hint">{t('readingEmpty')}</p>
      ) : (
        <>
          <Missing missing={reading.missing} />
          <Facts verdict={reading.verdict} place={reading.place} registry={registry} />
          <ReadingEvidence marks={props.marks} caret={props.caret} onPoint={props.onPoint} onGoTo={props.onGoTo} />
        </>
      )}
      <p className="call-urgent-voice" role="status">
        {reading?.verdict.urgent === true ? t('urgent') : ''}
      </p>
    </section>
  );
}

const MISSING_KEYS = {
  who: 'missingWho',
  where: 'missingWhere',
  when: 'missingWhen',
  unit: 'missingUnit',
  wish: 'missingWish',
} as const;

function Missing({ missing }: { readonly missing: Reading['missing'] }) {
  const t = useTexts('call');
  if (missing.length === 0) return <p className="call-complete">{t('nothingMissing')}</p>;
  return (
    <p className="call-missing">
      <span>{t('stillMissing')}</span>
      {missing.map((one) => (
        <b key={one}>{t(MISSING_KEYS[one])}</b>
      ))}
    </p>
  );
}

function Facts(props: {
  readonly verdict: Verdict;
  readonly place: string | null;
  readonly registry: Registry | null;
}) {
  const t = useTexts('call');
  const name = useFactNames(props.registry);
  const { verdict, place } = props;
  const target = verdict.target.name ?? name('levels', 'level', verdict.target.level);
  return (
    <dl className="call-facts">
      <Fact label={t('category')}>
        <strong>
          {verdict.category === null ? t('categoryNone') : name('categories', 'category', verdict.category)}
        </strong>
        {verdict.secondary !== null && (
          <span className="call-second">
            {t('alsoCategory', { name: name('categories', 'category', verdict.secondary) })}
          </span>
        )}
      </Fact>
      <Fact label={t('urgency')}>
        {verdict.urgent ? <strong className="call-urgent">{t('urgent')}</strong> : t('notUrgent')}
        {verdict.review && <Tag>{t('review')}</Tag>}
      </Fact>
      <Fact label={t('unit')}>
        {unitName(verdict.unit, props.registry, t('unitOutside'), t('unitOpen'))}
        {verdict.deny.length > 0 && (
          <span className="call-second">
            {t('denied', { names: verdict.deny.map((id) => unitName(id, props.registry, id, id)).join('、') })}
          </span>
        )}
      </Fact>
      <Fact label={t('target')}>{target}</Fact>
      <Fact label={t('place')}>{place ?? t('notSaid')}</Fact>
      <Fact label={t('lane')}>{name('lanes', 'lane', verdict.lane)}</Fact>
      <Fact label={t('kind')}>{name('kinds', 'kind', verdict.kind)}</Fact>
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function useFactNames(registry: Registry | null) {
  const codeName = useCodeName();
  return (
    list: 'categories' | 'lanes' | 'kinds' | 'levels',
    set: 'category' | 'lane' | 'kind' | 'level',
    code: string | number,
  ): string => {
    const entry = registry?.[list].find((one) => one.code === code);
    return codeName(set, { code, name: entry?.name ?? String(code) });
  };
}

function unitName(id: string, registry: Registry | null, outside: string, open: string): string {
  if (id === 'NONEDU') return outside;
  if (id === 'UNRESOLVED') return open;
  return registry?.units.find((unit) => unit.id === id)?.name ?? id;
}
