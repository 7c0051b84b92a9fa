import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { api, ask } from '../../api/client.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';
import { ProblemWords } from './problem-words.tsx';
import { useRefresh } from './use-refresh.ts';

/** What waits for a person because of this case. Not there at all when nothing does. */
export function TaskCards({ caseId, tasks }: { readonly caseId: number; readonly tasks: Readonly<CaseBody['tasks']> }) {
  const t = useTexts('case');
  const name = useCodeName();
  const language = useLanguage();
  const refresh = useRefresh(caseId);
  const finish = useMutation({
    mutationFn: async (taskId: number) =>
      ask(api.POST('/api/tasks/{id}/done', { params: { path: { id: String(taskId) } } })),
    onSettled: refresh,
  });
  if (tasks.length === 0) return null;
  return (
    <Panel id="case-tasks" title={t('tasks')}>
      <ul>
        {tasks.map((task) => (
          <li key={task.id}>
            <div>
              <strong>{name('task', task.kind)}</strong>
              <p className="case-quiet">
                {task.reason.name} · {officialMoment(task.openedAt, language)}
              </p>
            </div>
            <Button
              loading={finish.isPending && finish.variables === task.id}
              aria-label={t('finishTask', { task: name('task', task.kind) })}
              onClick={() => finish.mutate(task.id)}
            >
              {t('done')}
            </Button>
          </li>
        ))}
      </ul>
      <ProblemWords fault={finish.error} />
    </Panel>
  );
}
