import { useQueryClient } from '@tanstack/react-query';
import { Button, Empty } from 'antd';
import { Link } from 'react-router';
import { ApiProblem } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import { useTexts } from '../../texts/texts.ts';
import type { QueueFilter } from './queue-filter.ts';

type NoRowsProps = {
  readonly isLoading: boolean;
  readonly error: Error | null;
  readonly filter: QueueFilter;
  readonly onFilter: (filter: QueueFilter) => void;
};

/** Why there is no list, and what one can do about it. */
export function NoRows({ isLoading, error, filter, onFilter }: NoRowsProps) {
  const t = useTexts('queue');
  if (isLoading) return <div className="queue-none" aria-busy="true" />;
  const isRefused = error instanceof ApiProblem && error.status === 400;
  const isFiltered = Object.keys(filter).length > 0;
  if (error !== null && !isRefused) return <ServiceAway />;
  if (!isFiltered) return <Nothing />;
  return (
    <div className="queue-none">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t(isRefused ? 'filterRefused' : 'noneFound')}>
        <Button type="primary" onClick={() => onFilter({})}>
          {t('clear')}
        </Button>
      </Empty>
    </div>
  );
}

function Nothing() {
  const t = useTexts('queue');
  const session = useSession();
  return (
    <div className="queue-none">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('nothing')}>
        <p className="queue-ways">
          <Link to="/call">{t('nothingCall')}</Link>
          {session?.sandbox === true && <Link to="/sandbox">{t('nothingMail')}</Link>}
        </p>
      </Empty>
    </div>
  );
}

function ServiceAway() {
  const t = useTexts('queue');
  const queries = useQueryClient();
  return (
    <div className="queue-none" role="alert">
      <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('away')}>
        <Button onClick={() => void queries.refetchQueries({ type: 'active' })}>{t('retry')}</Button>
      </Empty>
    </div>
  );
}
