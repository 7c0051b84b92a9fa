import { useTexts } from '../../texts/texts.ts';
import { FLAGS, hasFlag, withFilter, withoutFlags, type Flag, type QueueFilter } from './queue-filter.ts';
import { shownCount } from './shown-count.ts';
import { useQueueCounts } from './use-queue-rows.ts';

type FlagChipsProps = { readonly filter: QueueFilter; readonly onFilter: (filter: QueueFilter) => void };

const CHIPS = [
  { flag: 'urgent', count: 'urgent', label: 'urgent' },
  { flag: 'confirmed', count: 'unconfirmed', label: 'unconfirmed' },
  { flag: 'overdue', count: 'overdue', label: 'overdue' },
] as const satisfies readonly { readonly flag: Flag; readonly count: string; readonly label: string }[];

/** How much is urgent, unconfirmed and overdue among what is otherwise filtered; each narrows the list to it. */
export function FlagChips({ filter, onFilter }: FlagChipsProps) {
  const t = useTexts('queue');
  const others = withoutFlags(filter);
  const { data: counts, isPlaceholderData } = useQueueCounts(others);
  const isWhole = CHIPS.every(({ flag }) => filter[flag] === undefined);
  return (
    <div role="group" aria-label={t('flags')} aria-busy={isPlaceholderData} className="queue-chips">
      <button type="button" className="queue-chip" aria-pressed={isWhole} onClick={() => onFilter(others)}>
        {t('all')} <strong>{shownCount(counts, 'total')}</strong>
      </button>
      {CHIPS.map(({ flag, count, label }) => (
        <button
          key={flag}
          type="button"
          className={`queue-chip queue-chip-${label}${counts?.[count] === 0 ? ' queue-chip-none' : ''}`}
          aria-pressed={hasFlag(filter, flag)}
          onClick={() => onFilter(withFilter(filter, flag, hasFlag(filter, flag) ? null : FLAGS[flag]))}
        >
          {t(label)} <strong>{shownCount(counts, count)}</strong>
        </button>
      ))}
    </div>
  );
}
