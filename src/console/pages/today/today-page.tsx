import { Skeleton } from 'antd';
import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../api/client.ts';
import type { components } from '../../api/schema.ts';
import { officialDate } from '../../dates/official-date.ts';
import { NotLoaded } from '../../shell/not-loaded.tsx';
import { Page, PageHead } from '../../shell/page.tsx';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import { DueList } from './due-list.tsx';
import { Figures } from './figures.tsx';
import { FirstSteps } from './first-steps.tsx';
import { HealthLines } from './health-lines.tsx';
import { IntakePanel } from './intake-panel.tsx';
import { LettersLine } from './letters-line.tsx';
import { SignatureList } from './signature-list.tsx';
import { TaskList } from './task-list.tsx';
import './today.css';

export type Today = components['schemas']['Today'];

/** The start page: what waits, what is due, what is overdue, what came in, and whether everything runs. */
export function TodayPage() {
  const t = useTexts('today');
  const language = useLanguage();
  const { data, isError, isFetching, refetch } = useQuery({
    queryKey: ['today'],
    queryFn: ({ signal }) => ask(api.GET('/api/today', { signal })),
    refetchInterval: 60_000, // days go by even when nothing comes in
  });
  return (
    <Page className="today">
      <PageHead title={t('title')} hint={officialDate(new Date(), language)}>
        {data !== undefined && <HealthLines health={data.health} />}
      </PageHead>
      {data !== undefined && <TodayBody today={data} />}
      {data === undefined && !isError && <Skeleton active paragraph={{ rows: 8 }} />}
      {data === undefined && isError && (
        <NotLoaded title={t('notLoaded')} isAsking={isFetching} onAgain={() => void refetch()} />
      )}
    </Page>
  );
}

function TodayBody({ today }: { readonly today: Today }) {
  const { waiting, due, intake, letters } = today;
  if (isFresh(today)) return <FirstSteps />;
  return (
    <>
      <Figures waiting={waiting} />
      <div className="today-columns">
        <DueList due={due} />
        <IntakePanel intake={intake}>
          <LettersLine letters={letters} />
        </IntakePanel>
        <SignatureList />
        <TaskList count={waiting.openTasks} />
      </div>
    </>
  );
}

/** Nothing came in for two weeks and nothing waits: most likely nothing ever did. */
function isFresh({ waiting, due, intake }: Today): boolean {
  return (
    due.length === 0 &&
    Object.values(waiting).every((count) => count === 0) &&
    intake.days.every(({ email, phone }) => email + phone === 0)
  );
}
