import { Alert, Button } from 'antd';
import { useTexts } from '../../texts/texts.ts';
import type { DecisionField, Difference } from './compare-versions.ts';
import type { HistoryLine } from './people-changes.ts';
import type { Decision } from './use-decision.ts';
import { useShownValue } from './use-shown-value.ts';
import type { Words } from './use-words.ts';

type Props = {
  readonly decision: Decision;
  readonly differences: readonly Difference[];
  readonly since: readonly HistoryLine[];
  readonly words: Words;
};

/** Somebody else was faster: field by field what he filled in and what it says now. Nothing typed is lost, nothing overwritten. */
export function ConflictNotice({ decision, differences, since, words }: Props) {
  const t = useTexts('case');
  const show = useShownValue(words);
  const who = [...new Set(since.map(({ by }) => by.name))].join('、');
  return (
    <Alert
      type="warning"
      showIcon
      role="alert"
      title={who === '' ? t('conflict') : t('conflictBy', { who })}
      description={
        <>
          <table className="case-conflict">
            <thead>
              <tr>
                <th scope="col">{t('field')}</th>
                <th scope="col">{t('yours')}</th>
                <th scope="col">{t('theirs')}</th>
              </tr>
            </thead>
            <tbody>
              {differences.map(({ field, yours, own, theirs }) => (
                <tr key={field}>
                  <th scope="row">{t(FIELD_TEXTS[field])}</th>
                  <td>
                    {show(field, yours)}
                    {!own && <span className="case-quiet"> {t('untouched')}</span>}
                  </td>
                  <td>{show(field, theirs)}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <div className="case-buttons">
            <Button type="primary" onClick={decision.takeTheirs}>
              {t('takeTheirs')}
            </Button>
            <Button onClick={decision.keepMine}>{t('keepMine')}</Button>
          </div>
          <p className="case-quiet">{t('conflictHint')}</p>
        </>
      }
    />
  );
}

const FIELD_TEXTS = {
  state: 'state',
  confirmed: 'confirmedField',
  kind: 'kind',
  category: 'category',
  secondary: 'secondary',
  lane: 'lane',
  unit: 'unit',
  level: 'level',
  place: 'place',
  urgent: 'urgency',
  accused: 'accused',
  assignedUnit: 'assignedUnit',
} as const satisfies Readonly<Record<DecisionField, string>>;
