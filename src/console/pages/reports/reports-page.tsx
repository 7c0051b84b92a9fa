import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { NotLoaded } from '../../shell/not-loaded.tsx';
import { Page, PageHead, Panel } from '../../shell/page.tsx';
import { decidesCases } from '../../shell/roles.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { MakeReport } from './make-report.tsx';
import type { ReportHead } from './report-types.ts';
import './reports.css';
import { useReportWords } from './use-report-words.ts';

/** 通报: the reports that were made, and a form for another. */
export function ReportsPage() {
  const t = useTexts('reports');
  const decides = decidesCases(useSession()?.user.role ?? '');
  return (
    <Page className="reports">
      <PageHead title={t('title')} hint={t('hint')} />
      {decides && <MakeReport />}
      <Panel id="report-list" title={t('kept')}>
        <KeptReports decides={decides} />
      </Panel>
    </Page>
  );
}

function KeptReports({ decides }: { readonly decides: boolean }) {
  const t = useTexts('reports');
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: ['reports'],
    queryFn: ({ signal }) => ask(api.GET('/api/reports', { signal })),
  });
  if (data === undefined && isError)
    return <NotLoaded title={t('notLoaded')} isAsking={isFetching} onAgain={() => void refetch()} />;
  if (data === undefined) return <Skeleton active paragraph={{ rows: 3 }} />;
  if (data.reports.length === 0) return <p className="reports-quiet">{t(decides ? 'none' : 'noneToRead')}</p>;
  return <ReportTable reports={data.reports} />;
}

function ReportTable({ reports }: { readonly reports: readonly ReportHead[] }) {
  const t = useTexts('reports');
  const language = useLanguage();
  const { periodName } = useReportWords();
  return (
    <div className="reports-scroll">
      <table className="reports-table">
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('period')}</th>
            <th scope="col">{t('madeAt')}</th>
            <th scope="col">{t('madeBy')}</th>
          </tr>
        </thead>
        <tbody>
          {reports.map((report) => (
            <tr key={report.id}>
              <td>{report.id}</td>
              <th scope="row">
                <Link to={`/reports/${String(report.id)}`}>{periodName(report)}</Link>
              </th>
              <td>{officialMoment(report.madeAt, language)}</td>
              <td>{report.madeBy.name}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
