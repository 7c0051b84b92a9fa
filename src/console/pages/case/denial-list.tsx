import { officialMoment } from '../../dates/official-date.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { deniedUnits, type CaseBody } from './decision-draft.ts';

/** Who must not receive the case and on whose word, and through whose hands it went. */
export function DenialList({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const language = useLanguage();
  const names = new Map(
    [...(body.verdict?.proposal?.deny ?? []), ...body.denials.map(({ unit }) => unit)].map(({ code, name }) => [
      code,
      name,
    ]),
  );
  const denied = [...deniedUnits(body)];
  return (
    <>
      {denied.length > 0 && (
        <details className="case-denied">
          <summary>{t('deniedUnits', { count: denied.length })}</summary>
          <ul>
            {denied.map(([unit, source]) => (
              <li key={unit}>
                {names.get(unit) ?? unit}{' '}
                <span className="case-quiet">{t(source === 'person' ? 'deniedByPerson' : 'deniedByRules')}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {body.assignments.length > 0 && (
        <details>
          <summary>{t('assignments', { count: body.assignments.length })}</summary>
          <ul>
            {body.assignments.map((one) => (
              <li key={`${one.unit.code}-${one.at}`}>
                {one.unit.name}{' '}
                <span className="case-quiet">
                  {officialMoment(one.at, language)} {one.by.name}
                  {one.endedAt !== null &&
                    ` · ${t('assignmentEnded', { when: officialMoment(one.endedAt, language) })}`}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
