import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import type { CaseBody } from '../decision-draft.ts';

type Task = CaseBody['tasks'][number];

/**
 * Opening the case settles what one was called to on it: whoever opens it sees the note. What comes while the page stands open is
 * a task like others, because nobody knows whether somebody sits before it. Answers the tasks that are left.
 */
export function useMentionsRead({ id, tasks }: Pick<CaseBody, 'id' | 'tasks'>): readonly Task[] {
  const queries = useQueryClient();
  const [opened] = useState(() => tasks.filter(({ kind }) => kind.code === 'mentioned').map((task) => task.id));
  useEffect(() => {
    if (opened.length === 0) return;
    const settle = (taskId: number) =>
      ask(api.POST('/api/tasks/{id}/done', { params: { path: { id: String(taskId) } } }));
    // One that does not get through stays in the list of tasks, where it can be settled by hand.
    void Promise.allSettled(opened.map(settle)).then(() => {
      for (const queryKey of [['tasks'], ['today']]) void queries.invalidateQueries({ queryKey });
    });
  }, [queries, id, opened]);
  return tasks.filter((task) => !opened.includes(task.id));
}
