import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { Link } from 'react-router';
import { api, ask } from '../../api/client.ts';
import type { components } from '../../api/schema.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';

type Task = components['schemas']['Task'];

/** More than this is not read on a start page; the oldest come first. */
const MOST_SHOWN = 12;

/** What waits for a person to do something outside the program, and to say that it is done. */
export function TaskList({ count }: { readonly count: number }) {
  const t = useTexts('today');
  const queries = useQueryClient();
  const { data, isError } = useQuery({
    queryKey: ['tasks'],
    queryFn: ({ signal }) => ask(api.GET('/api/tasks', { signal })),
  });
  const finish = useMutation({
    mutationFn: (id: number) => ask(api.POST('/api/tasks/{id}/done', { params: { path: { id: String(id) } } })),
    onSettled: async () => {
      await Promise.all([
        queries.invalidateQueries({ queryKey: ['tasks'] }),
        queries.invalidateQueries({ queryKey: ['today'] }),
      ]);
    },
  });
  const tasks = data?.tasks ?? [];
  return (
    <Panel id="tasks" title={t('tasks')} aside={<span className="today-quiet">{t('taskCount', { count })}</span>}>
      {finish.isError && (
        <p role="alert" className="today-problem">
          {t('taskNotDone')}
        </p>
      )}
      {data === undefined && isError && <p className="today-problem">{t('notLoaded')}</p>}
      {data !== undefined && tasks.length === 0 && <p className="today-quiet">{t('noTasks')}</p>}
      <ol className="today-rows">
        {tasks.slice(0, MOST_SHOWN).map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            busy={finish.isPending && finish.variables === task.id}
            onDone={() => finish.mutate(task.id)}
          />
        ))}
      </ol>
      {tasks.length > MOST_SHOWN && (
        <p className="today-quiet">{t('moreTasks', { count: tasks.length - MOST_SHOWN })}</p>
      )}
    </Panel>
  );
}

type RowProps = { readonly task: Task; readonly busy: boolean; readonly onDone: () => void };

function TaskRow({ task, busy, onDone }: RowProps) {
  const t = useTexts('today');
  const name = useCodeName();
  const language = useLanguage();
  const of = task.caseNumberShown ?? (task.itemId === null ? '' : t('item', { id: task.itemId }));
  return (
    <li>
      {task.caseId === null ? (
        <span className="today-row-name">{name('task', task.kind)}</span>
      ) : (
        <Link to={`/cases/${task.caseId}`} className="today-row-name">
          {name('task', task.kind)}
        </Link>
      )}
      <Button
        size="small"
        loading={busy}
        aria-label={t('finish', { task: name('task', task.kind), of })}
        onClick={onDone}
      >
        {t('done')}
      </Button>
      <p className="today-quiet">
        {[of, task.reason.name, officialMoment(task.openedAt, language)].filter((part) => part !== '').join(' · ')}
      </p>
    </li>
  );
}
