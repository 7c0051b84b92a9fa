import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { useKeys } from '../../../shell/key-commands.ts';
import { Panel } from '../../../shell/page.tsx';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import type { CaseBody } from '../decision-draft.ts';
import { ClosedOrders } from './closed-orders.tsx';
import type { Done } from './clock-changes.ts';
import type { Order } from './order-draft.ts';
import { OrderDone } from './order-done.tsx';
import { OrderForm } from './order-form.tsx';
import './orders.css';

type Props = { readonly body: CaseBody };

/** Beside the way from one state to the next. */
const ASIDE: readonly Order['type'][] = ['link', 'raise-flag', 'lower-flag', 'handle-clue', 'retract', 'ask-review'];

/** What can be done with the case now, by whom is looking. The service says which, and what each asks for. */
export function OrdersPanel({ body }: Props) {
  const t = useTexts('orders');
  const [chosen, setChosen] = useState<Order | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const { data, isError } = useQuery({
    queryKey: ['case', body.id, 'orders'],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/cases/{id}/orders', { params: { path: { id: String(body.id) } }, signal })),
  });
  useKeys({
    o: { label: t('keyOrders'), run: () => document.querySelector<HTMLElement>('.orders-open button')?.focus() },
  });
  const orders = data?.orders ?? [];
  const open = orders.filter(({ closed }) => closed === null);
  const choose = (order: Order): void => {
    setDone(null);
    setChosen((before) => (before?.type === order.type ? null : order));
  };
  // What was chosen may have closed since: what was typed stays until it is put away.
  const now = orders.find(({ type }) => type === chosen?.type) ?? chosen;
  return (
    <Panel id="case-orders" title={t('title')}>
      {data === undefined && isError && <p role="alert">{t('notLoaded')}</p>}
      {data !== undefined && <Standing orders={orders} />}
      <OrderButtons
        orders={open.filter(({ type }) => !ASIDE.includes(type))}
        chosen={chosen}
        label={t('title')}
        onChoose={choose}
      />
      <OrderButtons
        orders={open.filter(({ type }) => ASIDE.includes(type))}
        chosen={chosen}
        label={t('aside')}
        onChoose={choose}
      />
      {chosen !== null && now !== null && (
        <OrderForm
          key={chosen.type}
          body={body}
          order={{ ...now, fields: now.closed === null ? now.fields : chosen.fields }}
          onClose={() => setChosen(null)}
          onDone={() => {
            setDone({ order: chosen, clocks: body.clocks });
            setChosen(null);
          }}
        />
      )}
      {done !== null && <OrderDone done={done} clocks={body.clocks} />}
      <ClosedOrders orders={orders} />
    </Panel>
  );
}

/** That another has it in hand, and that nothing is left to do. */
function Standing({ orders }: { readonly orders: readonly Order[] }) {
  const t = useTexts('orders');
  const name = useCodeName();
  const held = orders.find(({ closed }) => closed?.code === 'claimed-by-other')?.closed ?? null;
  return (
    <>
      {held !== null && <p className="case-quiet">{name('refusal', held)}</p>}
      {orders.every(({ closed }) => closed !== null) && <p className="case-quiet">{t('nothingOpen')}</p>}
    </>
  );
}

type ButtonsProps = {
  readonly orders: readonly Order[];
  readonly chosen: Order | null;
  readonly label: string;
  onChoose(order: Order): void;
};

function OrderButtons({ orders, chosen, label, onChoose }: ButtonsProps) {
  const name = useCodeName();
  if (orders.length === 0) return null;
  return (
    <div role="group" aria-label={label} className="orders-open">
      {orders.map((order) => (
        <Button
          key={order.type}
          aria-expanded={chosen?.type === order.type}
          className={chosen?.type === order.type ? 'orders-chosen' : ''}
          onClick={() => onChoose(order)}
        >
          {name('order', { code: order.type, name: order.name })}
        </Button>
      ))}
    </div>
  );
}
