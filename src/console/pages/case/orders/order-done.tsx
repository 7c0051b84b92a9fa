import { DueDate } from '../../../dates/due-date.tsx';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import { clockChanges, type Clock, type Done } from './clock-changes.ts';

/** What was done, and what it did to the clocks; how each day was counted stands beneath, with the clocks themselves. */
export function OrderDone({ done, clocks }: { readonly done: Done; readonly clocks: readonly Clock[] }) {
  const t = useTexts('orders');
  const name = useCodeName();
  const { started, ended } = clockChanges(done.clocks, clocks);
  const { type, name: said } = done.order;
  return (
    <div role="status" className="orders-done">
      <p>
        <strong>{t('done', { order: name('order', { code: type, name: said }) })}</strong>
      </p>
      {started.map((clock) => (
        <p key={clock.id}>
          {t('started', { clock: name('clock', clock.kind) })}{' '}
          <DueDate dueAt={clock.dueAt} workingDaysLeft={clock.workingDaysLeft} overdue={clock.overdue} />
        </p>
      ))}
      {ended.length > 0 && (
        <p className="case-quiet">
          {t('ended', { clocks: ended.map(({ kind }) => name('clock', kind)).join(t('comma')) })}
        </p>
      )}
    </div>
  );
}
