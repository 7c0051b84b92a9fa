import { ApiProblem } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import type { BulkOrder } from './use-bulk-order.ts';

/** What became of the last order, case by case where something was left. */
export function BulkReport({ order }: { readonly order: BulkOrder }) {
  const t = useTexts('queue');
  const { report, fault, again, dismiss } = order;
  return (
    <div role="status" className="queue-bulk-report">
      {fault !== null && (
        <p>
          {wordsOf(fault) ?? t('bulkLost')}{' '}
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
            {report.left.map(({ caseId, number, detail }) => (
              <li key={caseId}>
                {number} {detail}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** The service's own words; null: nobody knows whether it was done. */
function wordsOf(fault: unknown): string | null {
  if (!(fault instanceof ApiProblem) || fault.status === 0 || fault.status >= 500) return null;
  return fault.problem?.detail ?? fault.problem?.title ?? null;
}
