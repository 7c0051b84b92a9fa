import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useRegistry } from '../../api/registry.ts';
import { useSession } from '../../api/session.ts';
import { decidesCases } from '../../shell/roles.ts';
import { useTexts } from '../../texts/texts.ts';
import { BulkReport } from './bulk-report.tsx';
import { useBulkOrder, type BulkAction } from './use-bulk-order.ts';
import type { Chosen } from './use-chosen.ts';

type BulkBarProps = { readonly chosen: Chosen; readonly onKeep: (ids: ReadonlySet<number>) => void };
type Send = { readonly sending: boolean; readonly send: (action: BulkAction) => void };

const MARKS = { urgent: 'urgent', group: 'markGroup', repeat: 'markRepeat' } as const;

/** One order to all that is chosen, and what became of the last one. */
export function BulkBar({ chosen, onKeep }: BulkBarProps) {
  const t = useTexts('queue');
  const order = useBulkOrder(chosen, onKeep);
  const decides = decidesCases(useSession()?.user.role ?? '');
  if (chosen.size === 0 && order.report === null && order.fault === null) return null;
  return (
    <section className="queue-bulk" aria-label={t('bulk')}>
      {chosen.size > 0 && (
        <div className="queue-filters">
          <strong>{t('chosen', { count: String(chosen.size) })}</strong>
          <Button size="small" loading={order.sending} onClick={() => order.send({ type: 'claim' })}>
            {t('bulkClaim')}
          </Button>
          {decides && (
            <Button size="small" loading={order.sending} onClick={() => order.send({ type: 'confirm' })}>
              {t('bulkConfirm')}
            </Button>
          )}
          {decides && <BulkAssign {...order} />}
          <BulkMark {...order} />
          <BulkNote {...order} />
          <button type="button" className="queue-plain" onClick={() => onKeep(new Set())}>
            {t('chooseNone')}
          </button>
        </div>
      )}
      <BulkReport order={order} />
    </section>
  );
}

function BulkAssign({ sending, send }: Send) {
  const t = useTexts('queue');
  const units = useRegistry()?.units ?? [];
  const [unit, setUnit] = useState<string | null>(null);
  return (
    <>
      <Select<string>
        size="small"
        className="queue-filter queue-filter-unit"
        aria-label={t('bulkUnit')}
        placeholder={t('bulkUnit')}
        value={unit}
        options={units.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={setUnit}
        showSearch={{ optionFilterProp: 'label' }}
        popupMatchSelectWidth={false}
      />
      <Button
        size="small"
        loading={sending}
        disabled={unit === null}
        onClick={() => unit !== null && send({ type: 'assign', unit, userId: null })}
      >
        {t('bulkAssign')}
      </Button>
    </>
  );
}

function BulkMark({ send }: Send) {
  const t = useTexts('queue');
  return (
    <Select<keyof typeof MARKS>
      size="small"
      className="queue-filter"
      aria-label={t('bulkMark')}
      placeholder={t('bulkMark')}
      value={null}
      options={(Object.keys(MARKS) as (keyof typeof MARKS)[]).map((flag) => ({ value: flag, label: t(MARKS[flag]) }))}
      onChange={(flag) => send({ type: 'mark', flag })}
      popupMatchSelectWidth={false}
    />
  );
}

function BulkNote({ sending, send }: Send) {
  const t = useTexts('queue');
  const [text, setText] = useState('');
  const add = (): void => {
    if (text.trim() !== '') send({ type: 'note', text });
  };
  return (
    <>
      <Input
        size="small"
        className="queue-bulk-note"
        aria-label={t('bulkNote')}
        placeholder={t('bulkNote')}
        value={text}
        maxLength={20_000}
        onChange={({ target }) => setText(target.value)}
        onPressEnter={add}
      />
      <Button size="small" loading={sending} disabled={text.trim() === ''} onClick={add}>
        {t('bulkAddNote')}
      </Button>
    </>
  );
}
