import { useCodeName, useTexts } from '../../../texts/texts.ts';
import type { Order } from './order-draft.ts';

/** What cannot be done now, under the reason that it has; reasons that say more than "not in this state" come first. */
export function ClosedOrders({ orders }: { readonly orders: readonly Order[] }) {
  const t = useTexts('orders');
  const name = useCodeName();
  const reasons = new Map<string, { readonly sentence: string; readonly names: string[] }>();
  for (const { type, name: said, closed } of orders) {
    if (closed === null) continue;
    const reason = reasons.get(closed.code) ?? { sentence: name('refusal', closed), names: [] };
    reason.names.push(name('order', { code: type, name: said }));
    reasons.set(closed.code, reason);
  }
  if (reasons.size === 0) return null;
  const count = orders.filter(({ closed }) => closed !== null).length;
  const rows = [...reasons].toSorted(([a], [b]) => Number(LAST.includes(a)) - Number(LAST.includes(b)));
  return (
    <details className="orders-closed">
      <summary>{t('closed', { count })}</summary>
      <dl>
        {rows.map(([code, { sentence, names }]) => (
          <div key={code}>
            <dt>{names.join(t('comma'))}</dt>
            <dd>{sentence}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

const LAST: readonly string[] = ['wrong-state', 'role-not-allowed'];
