import { z } from 'zod';
import { RULE_AUTHORS, RULE_JUDGES } from '../../casework/change-rules.ts';
import { ACTIVATION_KINDS, RULE_STATES, type RuleOutcome } from '../../casework/rule-records.ts';
import type { Role, Viewer } from '../../domain/vocabulary.ts';
import type { RuleProblem } from '../../rules/rule-problem.ts';
import { OVERSIGHT, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { line, list, prose, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';
import {
  doneOrRefused,
  ruleRefusal,
  TRIAL_MS,
  unknownVersion,
  versionHash as hash,
  wholeVersion,
} from '../rule-orders.ts';

/** All files of an office are a few hundred kB; each may have 256. */
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_FILES = 200;
const MOST_FIELDS = 100;

const versionParams = z.strictObject({ version: wholeVersion });
const person = z.object({ id: z.int(), name: z.string() });
const why = prose(2_000).refine((text) => text.trim() !== '', '请写明理由');
const WHY = z.strictObject({
  why: why.describe('Kept with the version, for everybody to read. No case and no person in it.'),
});
const FILES = z.array(z.strictObject({ path: line(200), text: prose(300_000) })).max(MOST_FILES);

const VERSION = z
  .object({
    version: hash,
    state: z.enum(RULE_STATES),
    proposedBy: person,
    proposedAt: when,
    why: z.string(),
    judgement: z.object({ by: person, at: when, why: z.string() }).nullable(),
  })
  .meta({ id: 'RuleVersion' });

const RULES = z
  .object({
    here: z
      .object({ version: hash, refused: hash.nullable() })
      .describe('What the answering process works by. `refused`: the version in force, should it not check there.'),
    history: list(
      z.object({
        version: hash,
        how: z.enum(ACTIVATION_KINDS),
        insteadOf: hash.nullable(),
        by: person,
        reason: z.string(),
        at: when,
      }),
    ).describe('The newest first: its first entry is in force.'),
    shadow: z.object({ version: hash, since: when }).nullable(),
    followers: z
      .object({ all: z.int(), refusing: z.int() })
      .describe('Processes that judge, and those that go on by an older version.'),
  })
  .meta({ id: 'Rules' });

const DONE = z.object({ version: hash });

/** The rules in force, proposals, and what a second person says about them. */
export function ruleRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  readRoutes(app, dependencies);
  proposeRoute(app, dependencies);
  const { approveRules, rejectRules, activateRules } = dependencies;
  orderRoute(app, { verb: 'approve', summary: 'A second person says yes', access: RULE_JUDGES, act: approveRules });
  orderRoute(app, {
    verb: 'reject',
    summary: 'Say no, or take back what one proposed',
    access: RULE_AUTHORS,
    act: rejectRules,
  });
  orderRoute(app, {
    verb: 'activate',
    summary: 'Put an approved version in force, everywhere',
    access: RULE_JUDGES,
    act: activateRules,
  });
  rollBackRoute(app, dependencies);
}

function readRoutes(app: HttpApp, { readRules, listRuleVersions, readRuleFiles }: HttpDependencies): void {
  app.route({
    method: 'GET',
    url: '/api/rules',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'Which rules are in force, and how that came about',
      tags: ['rules'],
      response: { 200: RULES, ...problemResponses('read') },
    },
    handler: async () => {
      const { history, ...rest } = await readRules();
      return { ...rest, history: history.map(({ by, byName, ...one }) => ({ ...one, by: { id: by, name: byName } })) };
    },
  });

  app.route({
    method: 'GET',
    url: '/api/rules/proposals',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'Versions of the rules and what people said about them, the newest first',
      tags: ['rules'],
      response: { 200: z.object({ versions: list(VERSION) }), ...problemResponses('read') },
    },
    handler: async () => ({
      versions: (await listRuleVersions()).map((one) => ({
        ...one,
        proposedBy: { id: one.proposedBy, name: one.proposedByName },
        judgement:
          one.judgedBy === null || one.judgedAt === null
            ? null
            : { by: { id: one.judgedBy, name: one.judgedByName ?? '' }, at: one.judgedAt, why: one.judgement ?? '' },
      })),
    }),
  });

  filesRoute(app, readRuleFiles);
}

function filesRoute(app: HttpApp, readRuleFiles: HttpDependencies['readRuleFiles']): void {
  app.route({
    method: 'GET',
    url: '/api/rules/proposals/:version',
    config: { access: OVERSIGHT },
    schema: {
      summary: 'The files of a version',
      tags: ['rules'],
      params: versionParams,
      response: {
        200: z.object({ files: list(z.object({ path: z.string(), text: z.string() })) }),
        ...problemResponses('read', 'not-found'),
      },
    },
    handler: async (request) => {
      const files = await readRuleFiles(request.params.version);
      if (files === null) throw unknownVersion();
      return { files };
    },
  });
}

function proposeRoute(app: HttpApp, { proposeRules }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/rules/proposals',
    config: { access: RULE_AUTHORS },
    bodyLimit: MOST_BYTES,
    handlerTimeout: TRIAL_MS,
    schema: {
      summary: 'Propose files as a version: they must check, and do as their own examples say',
      tags: ['rules'],
      body: z.strictObject({ files: FILES, why }),
      response: {
        200: z.object({ version: hash, state: z.enum(RULE_STATES) }).describe('It was here already.'),
        201: z.object({ version: hash, state: z.enum(RULE_STATES) }),
        ...problemResponses('write', 'input.invalid', 'refused'),
      },
    },
    handler: async (request, reply) => {
      const { files, why: reason } = request.body;
      const outcome = await proposeRules(viewerOf(request), files, reason);
      if (outcome.kind === 'invalid') throw new Problem('input.invalid', { fields: fieldsOf(outcome.problems) });
      if (outcome.kind === 'refused') throw ruleRefusal(outcome);
      if (outcome.kind === 'known') return { version: outcome.version, state: outcome.state };
      return reply.code(201).send({ version: outcome.version, state: 'proposed' });
    },
  });
}

type Order = {
  readonly verb: string;
  readonly summary: string;
  readonly access: readonly Role[];
  act(viewer: Viewer, version: string, why: string): Promise<RuleOutcome>;
};

function orderRoute(app: HttpApp, { verb, summary, access, act }: Order): void {
  app.route({
    method: 'POST',
    url: `/api/rules/proposals/:version/${verb}`,
    config: { access },
    handlerTimeout: TRIAL_MS,
    schema: {
      summary,
      tags: ['rules'],
      params: versionParams,
      body: WHY,
      response: { 200: DONE, ...problemResponses('write', 'not-found', 'refused') },
    },
    handler: async (request) => doneOrRefused(await act(viewerOf(request), request.params.version, request.body.why)),
  });
}

function rollBackRoute(app: HttpApp, { rollBackRules }: HttpDependencies): void {
  app.route({
    method: 'POST',
    url: '/api/rules/rollback',
    config: { access: RULE_JUDGES },
    handlerTimeout: TRIAL_MS,
    schema: {
      summary: 'Back to the version before',
      tags: ['rules'],
      body: WHY,
      response: { 200: DONE, ...problemResponses('write', 'refused') },
    },
    handler: async (request) => doneOrRefused(await rollBackRules(viewerOf(request), request.body.why)),
  });
}

/** `field` is the place in the files: "classification/charging.yaml:12:5". */
function fieldsOf(problems: readonly RuleProblem[]) {
  return problems.slice(0, MOST_FIELDS).map(({ file, line: row, column, message, hint }) => ({
    field: `${file}:${row}:${column}`,
    problem: hint === '' ? message : `${message} (${hint})`,
  }));
}
