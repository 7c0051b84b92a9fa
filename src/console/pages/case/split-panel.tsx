import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { accusedOf, type CaseBody, type VerdictBody } from './decision-draft.ts';
import { ProblemWords } from './problem-words.tsx';
import { useRefresh } from './use-refresh.ts';

type Part = NonNullable<VerdictBody['proposal']>['split'][number];
/** How a letter with several matters could be taken apart: each part with its own sentences, and a request ready to leave. */
export function SplitPanel({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const item = body.items.find(({ id }) => id === body.verdict?.proposal?.itemId);
  const parts = body.verdict?.proposal?.split ?? [];
  if (item === undefined || parts.length === 0) return null;
  const text = item.subject === '' ? item.text : `${item.subject}\n${item.text}`;
  const stays = parts.find(({ role }) => role === 'accusation') ?? parts[0];
  return (
    <Panel id="case-split" title={t('split')}>
      <p className="case-quiet">{t('splitHint')}</p>
      {parts.map((part, n) => (
        <section key={part.sentences[0]?.start ?? n} className="case-split-part">
          <h3>
            {t(part.role === 'accusation' ? 'splitAccusation' : 'splitRequest', { unit: part.unit.name })}
            {part.category !== null && ` · ${part.category.name}`}
          </h3>
          {part.sentences.map(({ start, end }) => (
            <mark key={start}>{text.slice(start, end)}</mark>
          ))}
          {part !== stays && stays !== undefined && <Leaving body={body} part={part} stays={stays} />}
        </section>
      ))}
    </Panel>
  );
}

type LeavingProps = { readonly body: CaseBody; readonly part: Part; readonly stays: Part };

function Leaving({ body, part, stays }: LeavingProps) {
  const t = useTexts('case');
  const refresh = useRefresh(body.id);
  const [summary, setSummary] = useState(part.summary ?? '');
  const accusing = stays.role === 'accusation';
  const split = useMutation({
    mutationFn: async () => {
      const { version } = body;
      const kind = accusing ? ('accusation' as const) : ('complaint' as const);
      const lane = accusing ? ('accusation' as const) : ('request' as const);
      const category = stays.category?.code ?? body.verdict?.category?.code ?? null;
      const target = { level: part.target.level.code as 'unknown', name: part.target.name }; // of the service's own closed list
      const order = {
        version,
        stays: { kind, lane, category, unit: stays.unit.code },
        accusedUnits: [...accusedOf(body)],
        leaves: { category: part.category?.code ?? 8, unit: part.unit.code, urgent: part.urgent, target },
        leavesAccusedUnits: part.deny.map(({ code }) => code),
        summary,
        reason: t('splitReason'),
      };
      return ask(api.POST('/api/cases/{id}/split', { params: { path: { id: String(body.id) } }, body: order }));
    },
    onSuccess: refresh,
  });
  return (
    <div className="case-split-leaving">
      {body.denials.some(({ unit }) => unit.code === part.unit.code) && <p role="alert">{t('splitToAccused')}</p>}
      <Input.TextArea
        aria-label={t('splitSummary', { unit: part.unit.name })}
        rows={4}
        maxLength={2_000}
        value={summary}
        onChange={({ target }) => setSummary(target.value)}
      />
      <Button disabled={summary.trim() === '' || split.isPending} onClick={() => split.mutate()}>
        {t('splitSend', { unit: part.unit.name })}
      </Button>
      <ProblemWords fault={split.error} />
    </div>
  );
}
