import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { ApiProblem } from '../../../api/client.ts';
import { useCodeName, useTexts } from '../../../texts/texts.ts';
import type { CaseBody } from '../decision-draft.ts';
import { ProblemWords } from '../problem-words.tsx';
import { useRefresh } from '../use-refresh.ts';
import { bodyOf, freshInput, gapsOf, shownFields, type Order, type OrderInput } from './order-draft.ts';
import { OrderFieldRow } from './order-field-row.tsx';
import { sendOrder } from './send-order.ts';

type Props = {
  readonly body: CaseBody;
  readonly order: Order;
  onClose(): void;
  onDone(): void;
};

/** One order with what it asks for. Whatever happens, what was typed stays until the order is carried out or put away. */
export function OrderForm({ body, order, onClose, onDone }: Props) {
  const t = useTexts('orders');
  const name = useCodeName();
  const refresh = useRefresh(body.id);
  const form = useRef<HTMLElement>(null);
  const [input, setInput] = useState<OrderInput>(() => freshInput(order.fields));
  const [pressed, setPressed] = useState(false);
  const gaps = gapsOf(order.fields, input);
  const send = useMutation({
    mutationFn: () => sendOrder(body.id, body.version, order.type, bodyOf(order.fields, input)),
    onSuccess: async () => {
      await refresh();
      onDone();
    },
    onError: async (fault) => {
      if (fault instanceof ApiProblem && fault.status === 409) await refresh();
    },
  });
  useEffect(() => firstField(form.current)?.focus(), []);
  const submit = (): void => {
    if (order.closed !== null || send.isPending) return;
    setPressed(true);
    const [gap] = gaps;
    if (gap === undefined) send.mutate();
    else form.current?.querySelector<HTMLElement>(`[data-path="${gap.path}"] :is(input, textarea)`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault(); // puts the form away and not the case
    onClose();
    document.querySelector<HTMLElement>('.orders-open [aria-expanded="true"]')?.focus();
  };
  const title = name('order', { code: order.type, name: order.name });
  return (
    <section ref={form} className="orders-form" aria-label={title} onKeyDown={onKeyDown}>
      {order.fields.length === 0 && <p className="case-quiet">{t('nothingAsked')}</p>}
      {shownFields(order.fields, input).map((field) => (
        <OrderFieldRow
          key={field.path}
          body={body}
          field={field}
          value={input[field.path]}
          missing={pressed && gaps.includes(field)}
          onChange={(value) => setInput((before) => ({ ...before, [field.path]: value }))}
        />
      ))}
      {order.closed !== null && <p role="alert">{t('closedSince', { why: name('refusal', order.closed) })}</p>}
      <ProblemWords fault={send.error} />
      <div className="case-buttons">
        <Button type="primary" loading={send.isPending} disabled={order.closed !== null} onClick={submit}>
          {t('send', { order: title })}
        </Button>
        <Button onClick={onClose}>{t('putAway')}</Button>
      </div>
    </section>
  );
}

function firstField(form: HTMLElement | null): HTMLElement | null {
  return form?.querySelector<HTMLElement>('input, textarea') ?? form?.querySelector<HTMLElement>('button') ?? null;
}
