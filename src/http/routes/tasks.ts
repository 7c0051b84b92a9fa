import { z } from 'zod';
import { OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { idParams, list } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';
import { presentTask, TASK } from '../task-schema.ts';

/** What waits for a person. */
export function taskRoutes(app: HttpApp, { listTasks, finishTask, names }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/tasks',
    config: { access: OFFICE },
    schema: {
      summary: 'Open tasks, oldest first',
      tags: ['tasks'],
      response: { 200: z.object({ tasks: list(TASK) }), ...problemResponses('read') },
    },
    handler: async (request) => {
      const tasks = await listTasks(viewerOf(request));
      return { tasks: tasks.map((task) => presentTask(task, names)) };
    },
  });

  app.route({
    method: 'POST',
    url: '/api/tasks/:id/done',
    config: { access: OFFICE },
    schema: {
      summary: 'A person has done it',
      tags: ['tasks'],
      params: idParams,
      response: { 204: z.undefined().describe('Done.'), ...problemResponses('write', 'not-found') },
    },
    handler: async (request, reply) => {
      if (!(await finishTask(viewerOf(request), request.params.id))) throw new Problem('not-found');
      return reply.code(204).send();
    },
  });
}
