import { ApiProblem } from '../../api/client.ts';
import { useProblemWords } from '../../shell/use-problem-words.ts';
import { useCodeName, useTexts } from '../../texts/texts.ts';
import type { BulkOrder, BulkOutcome } from './use-bulk-order.ts';

/** What became of the last order, case by case where something was left. */
export function BulkReport({ order }: { readonly order: BulkOrder }) {
  const t = useTexts('queue');
  const words = useProblemWords('refusal');
  const leftWords = useLeftWords();
  const { report, fault, again, dismiss } = order;
  return (
    <div role="status" className="queue-bulk-report">
      {fault !== null && (
        <p>
          {(isAnswered(fault) ? words(fault) : null) ?? t('bulkLost')}{' '}
          <button type="button" className="queue-plain" onClick={again}>
            {t('retry')}
          </button>
        </p>
      )}
      {report !== null && (
        <>
          <p>
            {t(report.left.length === 0 ? 'bulkAllDone' : 'bulkSomeLeft', {
              done: String(report.done),
              left: String(report.left.length),
            })}{' '}
            <button type="button" className="queue-plain" onClick={dismiss}>
              {t('understood')}
            </button>
          </p>
          <ul>
            {report.left.map((one) => (
              <li key={one.caseId}>
                {one.number} {leftWords(one)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Why one case was left. */
function useLeftWords() {
  const name = useCodeName();
  return ({ outcome, reason, detail }: BulkOutcome['left'][number]): string =>
    reason === null
      ? name('bulk', { code: outcome, name: detail ?? '' })
      : name('refusal', { code: reason, name: detail ?? '' });
}

/** Else nobody knows whether it was done. */
function isAnswered(fault: unknown): boolean {
  return fault instanceof ApiProblem && fault.status > 0 && fault.status < 500;
}
