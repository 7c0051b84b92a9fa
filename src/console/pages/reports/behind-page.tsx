import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { api, ask, ApiProblem } from '../../api/client.ts';
import { useRegistry } from '../../api/registry.ts';
import { lastMoment } from '../../dates/due-day.ts';
import { officialDate, officialMoment } from '../../dates/official-date.ts';
import { useKeys } from '../../shell/key-commands.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { NotLoaded } from '../../shell/not-loaded.tsx';
import { Page, PageHead, Panel } from '../../shell/page.tsx';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import { readEntryQuery, type Entry } from './entry-query.ts';
import { seriesCode, type EntryQuery } from './report-types.ts';
import './reports.css';
import { useReportWords } from './use-report-words.ts';

/** The frozen list behind one figure of a report. Every reading of it is written into the journal. */
export function BehindPage() {
  const t = useTexts('reports');
  const navigate = useNavigate();
  const id = useParams()['id'] ?? '';
  const [search] = useSearchParams();
  const query = readEntryQuery(search);
  const entries = useEntries(id, query);
  const what = useFigureWords(query);
  const { by = 'all' } = query;
  const back = (): void => void navigate(`/reports/${id}${by === 'all' ? '' : `?by=${by}`}`);
  useKeys({ u: { label: t('back'), run: back }, Escape: { label: t('back'), run: back } });
  if (entries.error instanceof ApiProblem && NO_SUCH.includes(entries.error.status)) return <NotFound />;
  return (
    <Page className="reports">
      <PageHead title={t('behindTitle', { what })} hint={t('behindHint', { number: id })}>
        <Button onClick={back}>{t('back')}</Button>
      </PageHead>
      <Lines entries={entries} />
    </Page>
  );
}

/** An address that somebody has typed, and one of a report that is not there. */
const NO_SUCH: readonly number[] = [400, 404];

function useEntries(id: string, query: EntryQuery) {
  return useInfiniteQuery({
    queryKey: ['report-cases', id, query],
    queryFn: ({ signal, pageParam }) => {
      const params = { path: { id }, query: { ...query, offset: String(pageParam) } };
      return ask(api.GET('/api/reports/{id}/cases', { params, signal }));
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

function Lines({ entries }: { readonly entries: ReturnType<typeof useEntries> }) {
  const t = useTexts('reports');
  const { data, isError, isFetching, hasNextPage, fetchNextPage, refetch } = entries;
  if (data === undefined && isError)
    return <NotLoaded title={t('notLoaded')} isAsking={isFetching} onAgain={() => void refetch()} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 6 }} />;
  const lines = data.pages.flatMap((page) => page.entries);
  return (
    <Panel id="report-behind" title={t('lines', { count: hasNextPage ? `${String(lines.length)}+` : lines.length })}>
      {lines.length === 0 ? <p className="reports-quiet">{t('noLines')}</p> : <EntryTable entries={lines} />}
      {hasNextPage && (
        <Button loading={isFetching} onClick={() => void fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </Panel>
  );
}

/** Which figure of the report it is. */
function useFigureWords({ measure, stage, legal, by = 'all', key = '', counted }: EntryQuery): string {
  const t = useTexts('reports');
  const name = useCodeName();
  const { seriesName, rowName } = useReportWords();
  const unit = useRegistry()?.units.find(({ id }) => id === key);
  const series = seriesName({ measure, stage: stage ?? null, legal: legal === undefined ? null : legal === 'true' });
  const row = rowName({ by, key: { code: key, ...(unit === undefined ? {} : { name: unit.name }) } });
  const what = by === 'all' ? series : t('ofRow', { what: series, by: t(by), row });
  return counted === undefined ? what : t('ofCounted', { what, counted: name('counted', { code: counted }) });
}

function EntryTable({ entries }: { readonly entries: readonly Entry[] }) {
  const t = useTexts('reports');
  return (
    <div className="reports-scroll">
      <table className="reports-table">
        <thead>
          <tr>
            {(['case', 'item', 'due', 'done', 'countedAs', 'category', 'unit', 'channel'] as const).map((column) => (
              <th key={column} scope="col">
                {t(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <EntryRow
              key={`${String(entry.caseId)} ${entry.clock?.code ?? ''} ${String(entry.cycle)} ${entry.doneAt ?? ''}`}
              entry={entry}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function EntryRow({ entry }: { readonly entry: Entry }) {
  const t = useTexts('reports');
  const language = useLanguage();
  const name = useCodeName();
  const { caseId, numberShown, clock, dueAt, doneAt, counted, category, unit, channel } = entry;
  return (
    <tr>
      <th scope="row">
        <Link to={`/cases/${String(caseId)}`}>{numberShown}</Link>
      </th>
      <td>{clock === null ? name('series', { code: seriesCode(entry) }) : name('clock', clock)}</td>
      <td>{dueAt === null ? '/' : officialDate(lastMoment(dueAt).at, language)}</td>
      <td>{doneAt === null ? '/' : officialMoment(doneAt, language)}</td>
      <td>{name('counted', counted)}</td>
      <td>{category === null ? t('noCategory') : name('category', category)}</td>
      <td>{unit === null ? t('noUnit') : unit.name}</td>
      <td>{name('channel', channel)}</td>
    </tr>
  );
}
