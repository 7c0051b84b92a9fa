import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useProblemWords } from '../../shell/use-problem-words.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { Recomputed } from './report-types.ts';
import { useReportWords } from './use-report-words.ts';

/** Whether the report still holds: its own list counted again, and the cases of today as of its moment. */
export function RecomputePanel({ reportId }: { readonly reportId: number }) {
  const t = useTexts('reports');
  const words = useProblemWords('refusal');
  const again = useMutation({
    mutationFn: () => ask(api.POST('/api/reports/{id}/recompute', { params: { path: { id: String(reportId) } } })),
  });
  return (
    <Panel
      id="report-recompute"
      title={t('recompute')}
      aside={
        <Button loading={again.isPending} onClick={() => again.mutate()}>
          {t('recomputeNow')}
        </Button>
      }
    >
      <div role="status">
        {again.data === undefined && !again.isError && <p className="reports-quiet">{t('recomputeHint')}</p>}
        {again.isError && <p className="reports-problem">{words(again.error) ?? t('notRecomputed')}</p>}
        {again.data !== undefined && <Outcome outcome={again.data} />}
      </div>
    </Panel>
  );
}

function Outcome({ outcome }: { readonly outcome: Recomputed }) {
  const t = useTexts('reports');
  const language = useLanguage();
  const { holds, differing, differences, at } = outcome;
  return (
    <>
      <p className={holds ? 'reports-holds' : 'reports-problem'}>{t(holds ? 'holds' : 'holdsNot')}</p>
      <p>{t(differing === 0 ? 'equal' : 'differs', { count: differing, when: officialMoment(at, language) })}</p>
      <MovedLines outcome={outcome} />
      <ul className="reports-differences">
        {differences.map((one, n) => (
          <DifferenceLine key={`${String(one.caseId)} ${String(n)}`} difference={one} />
        ))}
      </ul>
      {differing > differences.length && (
        <p className="reports-quiet">{t('moreDiffer', { count: differences.length })}</p>
      )}
    </>
  );
}

/** How the wholes moved: what was reported, and what it would be. */
function MovedLines({ outcome: { moved } }: { readonly outcome: Recomputed }) {
  const t = useTexts('reports');
  const { seriesName } = useReportWords();
  const counts = useCountWords();
  return moved
    .filter(({ by }) => by === 'all')
    .map((one) => (
      <p key={seriesName(one)}>
        {t('moved', { series: seriesName(one), before: counts(one.before), now: counts(one.now) })}
      </p>
    ));
}

function useCountWords() {
  const t = useTexts('reports');
  const name = useCodeName();
  return (counts: Recomputed['moved'][number]['before']): string =>
    counts === null || counts.length === 0
      ? t('nothing')
      : counts
          .map(({ counted, name: said, count }) => `${name('counted', { code: counted, name: said })} ${String(count)}`)
          .join(t('comma'));
}

/** One case that is counted otherwise, in words: how it was, how it is, and why. */
function DifferenceLine({ difference }: { readonly difference: Recomputed['differences'][number] }) {
  const t = useTexts('reports');
  const name = useCodeName();
  const { caseId, numberShown, before, now, reasons } = difference;
  const side = (one: typeof before): string =>
    one === null
      ? t('notCounted')
      : [one.clock === null ? null : name('clock', one.clock), name('counted', one.counted)]
          .filter((part) => part !== null)
          .join(' ');
  const why = reasons.map((reason) => name('difference', reason)).join(t('semicolon'));
  return (
    <li>
      <Link to={`/cases/${String(caseId)}`}>{numberShown}</Link>{' '}
      {t('changed', { before: side(before), now: side(now), why })}
    </li>
  );
}
