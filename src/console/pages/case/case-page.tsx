import { Skeleton } from 'antd';
import { useParams } from 'react-router';
import { ApiProblem } from '../../api/client.ts';
import { NotFound } from '../../shell/not-found.tsx';
import { NotLoaded } from '../../shell/not-loaded.tsx';
import { useTexts } from '../../texts/texts.ts';
import './case.css';
import { CaseView } from './case-view.tsx';
import { useCase } from './use-case.ts';

/** One case. Each has a state of its own: going from one to the next carries nothing over. */
export function CasePage() {
  const { id = '' } = useParams();
  return /^[1-9]\d{0,15}$/u.test(id) ? <OneCase key={id} caseId={Number(id)} /> : <NotFound />;
}

function OneCase({ caseId }: { readonly caseId: number }) {
  const t = useTexts('case');
  const { data, error, refetch, isFetching } = useCase(caseId);
  if (data !== undefined) return <CaseView body={data} />;
  if (error instanceof ApiProblem && error.status === 404) return <NotFound />;
  if (error === null) return <Skeleton active className="case-waiting" title paragraph={{ rows: 8 }} />;
  return (
    <NotLoaded className="case-waiting" title={t('notLoaded')} isAsking={isFetching} onAgain={() => void refetch()} />
  );
}
