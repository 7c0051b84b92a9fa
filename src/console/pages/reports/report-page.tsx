import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useNavigate, useParams } from 'react-router';
import { api, ask, ApiProblem } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { useKeys } from '../../shell/key-commands.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { NotLoaded } from '../../shell/not-loaded.tsx';
import { Page, PageHead } from '../../shell/page.tsx';
import { decidesCases } from '../../shell/roles.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import { RecomputePanel } from './recompute-panel.tsx';
import { ReportFigures } from './report-figures.tsx';
import type { Report } from './report-types.ts';
import './reports.css';
import { useReportWords } from './use-report-words.ts';

/** One report as it was frozen. */
export function ReportPage() {
  const t = useTexts('reports');
  const navigate = useNavigate();
  const id = useParams()['id'] ?? '';
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['report', id],
    queryFn: ({ signal }) => ask(api.GET('/api/reports/{id}', { params: { path: { id } }, signal })),
    staleTime: Number.POSITIVE_INFINITY, // it is frozen
  });
  const back = (): void => void navigate('/reports');
  useKeys({ u: { label: t('back'), run: back }, Escape: { label: t('back'), run: back } });
  if (data !== undefined) return <ReportView report={data} onBack={back} />;
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 400)) return <NotFound />;
  return (
    <Page className="reports">
      {error === null ? (
        <Skeleton active paragraph={{ rows: 8 }} />
      ) : (
        <NotLoaded title={t('notLoaded')} isAsking={isFetching} onAgain={() => void refetch()} />
      )}
    </Page>
  );
}

function ReportView({ report, onBack }: { readonly report: Report; onBack(): void }) {
  const t = useTexts('reports');
  const language = useLanguage();
  const name = useCodeName();
  const { periodName } = useReportWords();
  const decides = decidesCases(useSession()?.user.role ?? '');
  const { id, madeAt, madeBy, entries, note, units } = report;
  const made = t('madeLine', { number: id, when: officialMoment(madeAt, language), who: madeBy.name, entries });
  return (
    <Page className="reports">
      <PageHead title={t('reportTitle', { period: periodName(report) })} hint={made}>
        <Button onClick={onBack}>{t('back')}</Button>
        <Button href={`/api/reports/${String(id)}/csv`} download>
          {t('csv')}
        </Button>
      </PageHead>
      {note !== null && (
        <p className="reports-note">{t('note', { note: name('units', { code: units, name: note }) })}</p>
      )}
      {decides && <RecomputePanel reportId={id} />}
      <ReportFigures report={report} decides={decides} />
    </Page>
  );
}
