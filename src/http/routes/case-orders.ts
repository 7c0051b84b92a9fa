import { z } from 'zod';
import type { CaseOrder } from '../../casework/change-case.ts';
import { DECIDERS, viewerOf } from '../access.ts';
import { answer, requireUnits, response } from '../case-order-answer.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { category, idParams, kind, lane, level, line, prose, unitId, version } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';

const accusedUnits = z
  .array(unitId)
  .max(50)
  .describe('The whole list of accused units as you confirm it; it replaces that of the rules. [] says: none.');

const CONFIRM = z.strictObject({ version, accusedUnits });
const CORRECT = z.strictObject({
  version,
  accusedUnits,
  category: category.nullable().exactOptional(),
  secondary: category.nullable().exactOptional(),
  unit: unitId.exactOptional(),
  lane: lane.exactOptional(),
  kind: kind.exactOptional(),
  urgent: z.boolean().exactOptional(),
  target: z.strictObject({ level, name: line(100).nullable() }).exactOptional(),
  reason: prose(2_000).describe('Why; it is kept with the case.'),
});
const ASSIGN = z.strictObject({ version, unit: unitId, userId: z.int().positive().exactOptional() });

/** What officers order. The case decides; a version that is no longer the newest changes nothing. */
export function caseOrderRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  confirmRoute(app, dependencies);
  correctRoute(app, dependencies);
  assignRoute(app, dependencies);
}

function confirmRoute(app: HttpApp, { changeCase, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/confirm',
    config: { access: DECIDERS },
    schema: {
      summary: 'Confirm the verdict and the accused',
      tags: ['cases'],
      params: idParams,
      body: CONFIRM,
      response,
    },
    handler: async (request) => {
      const { version: seen, accusedUnits: accused } = request.body;
      requireUnits(names, 'accusedUnits', accused);
      const order: CaseOrder = { type: 'confirm', accusedUnits: accused };
      return answer(await changeCase(viewerOf(request), request.params.id, seen, order), {});
    },
  });
}

function correctRoute(app: HttpApp, { changeCase, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/correct',
    config: { access: DECIDERS },
    schema: { summary: 'Correct fields of the verdict', tags: ['cases'], params: idParams, body: CORRECT, response },
    handler: async (request) => {
      const { version: seen, accusedUnits: accused, reason, ...changes } = request.body;
      requireUnits(names, 'accusedUnits', accused);
      requireUnits(names, 'unit', changes.unit === undefined ? [] : [changes.unit]);
      const order: CaseOrder = { type: 'correct', changes, accusedUnits: accused, reason };
      const { target, ...plain } = changes;
      const wanted = target === undefined ? plain : { ...plain, targetLevel: target.level, targetName: target.name };
      return answer(await changeCase(viewerOf(request), request.params.id, seen, order), wanted);
    },
  });
}

function assignRoute(app: HttpApp, { changeCase, names }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/cases/:id/assign',
    config: { access: DECIDERS },
    schema: { summary: 'Hand the case to a unit', tags: ['cases'], params: idParams, body: ASSIGN, response },
    handler: async (request) => {
      const { version: seen, unit, userId = null } = request.body;
      requireUnits(names, 'unit', [unit]);
      const order: CaseOrder = { type: 'assign', unit, userId };
      const wanted = { assignedUnit: unit, assignedUser: userId };
      return answer(await changeCase(viewerOf(request), request.params.id, seen, order), wanted);
    },
  });
}
