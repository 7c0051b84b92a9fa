import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, STAFF, type Desk, type Persona } from '../integration/http/desk.ts';
import { DECIDERS, OFFICE, LIFE_ROWS } from './life-order-rows.ts';

const ANYBODY = 'anybody';
const SIGNERS: readonly Persona[] = ['supervisor', 'discipline'];
const OVERSIGHT: readonly Persona[] = [...OFFICE, 'auditor', 'admin'];
const RULE_JUDGES: readonly Persona[] = ['supervisor', 'discipline', 'admin'];
const RULE_AUTHORS: readonly Persona[] = ['triage', ...RULE_JUDGES];
const KEY = { 'idempotency-key': randomUUID() };
const CLAIM_MANY = { action: { type: 'claim' }, items: [{ caseId: 9_999, version: 1 }] };
const KEPT = { name: '紧急', filter: { urgent: 'true' }, shared: false };
const BYTES = {
  query: { name: 'a.txt' },
  headers: { 'content-type': 'application/octet-stream' },
  payload: Buffer.from('x'),
};
const WHY = { payload: { why: '理由' } };
const PERSONAS: readonly Persona[] = [...STAFF, 'disabled', 'bad-token', 'nobody'];

type Row = {
  readonly for: readonly Persona[] | typeof ANYBODY;
  readonly send?: Partial<InjectOptions>;
  readonly id?: string;
};

const LIFE: Readonly<Record<string, Row>> = Object.fromEntries(
  LIFE_ROWS.map(([order, who, payload]) => [
    `POST /api/cases/:id/${order}`,
    { for: who, send: { payload: { version: 1, ...payload } } },
  ]),
);

/** Who may use what. A route that is not in here, or no longer exists, fails. */
const MATRIX: Readonly<Record<string, Row>> = {
  'GET /healthz': { for: ANYBODY },
  'GET /readyz': { for: ANYBODY },
  'GET /metrics': { for: ANYBODY }, // from this machine; from others only with a token, see metrics.test.ts
  'GET /api/openapi.json': { for: ANYBODY },
  ...Object.fromEntries(
    ['/', '/queue', '/cases/:id', '/call', '/sandbox', '/sign-in', '/assets/:name'].map((url) => [
      `GET ${url}`,
      { for: ANYBODY },
    ]),
  ),
  'POST /api/session': { for: ANYBODY, send: { payload: {} } }, // a token that opens nothing: sessions.test.ts
  'GET /api/session': { for: OVERSIGHT },
  'DELETE /api/session': { for: OVERSIGHT },
  'GET /api/events': { for: OFFICE },
  'POST /api/sandbox/mails': {
    for: OFFICE,
    send: { payload: { from: 'a@citizen.example', subject: '主题', text: '来信' } },
  },
  'GET /api/sandbox/answers': { for: OFFICE },
  'GET /api/sandbox/answers/:uid': { for: OFFICE },
  'GET /api/deadlines/forecast': { for: OFFICE },
  'GET /api/today': { for: OFFICE },
  'GET /api/registry': { for: OFFICE },
  'POST /api/similar': { for: OFFICE, send: { payload: { text: '来电' } } },
  'GET /api/items/:id/html': { for: DECIDERS },
  'GET /api/folders': { for: OVERSIGHT },
  'GET /api/doctor': { for: OVERSIGHT },
  'GET /api/rules': { for: OVERSIGHT },
  'GET /api/rules/proposals': { for: OVERSIGHT },
  'GET /api/rules/proposals/:version': { for: OVERSIGHT },
  'POST /api/rules/proposals': { for: RULE_AUTHORS, send: { payload: { files: [], why: '理由' } } },
  'POST /api/rules/proposals/:version/approve': { for: RULE_JUDGES, send: WHY },
  'POST /api/rules/proposals/:version/reject': { for: RULE_AUTHORS, send: WHY },
  'POST /api/rules/proposals/:version/activate': { for: RULE_JUDGES, send: WHY },
  'GET /api/rules/shadow': { for: OVERSIGHT },
  'POST /api/rules/shadow': { for: RULE_JUDGES, send: { payload: { version: null } } },
  'POST /api/rules/rollback': { for: RULE_JUDGES, send: WHY },
  'GET /api/saved-filters': { for: OFFICE },
  'POST /api/saved-filters': { for: OFFICE, send: { payload: KEPT } },
  'DELETE /api/saved-filters/:id': { for: OFFICE },
  'GET /api/cases': { for: OFFICE },
  'GET /api/cases/counts': { for: OFFICE },
  'GET /api/cases/:id': { for: OFFICE },
  'GET /api/cases/:id/orders': { for: OFFICE },
  'GET /api/cases/:id/identity': { for: DECIDERS },
  'POST /api/cases/:id/confirm': { for: DECIDERS, send: { payload: { version: 1, accusedUnits: [] } } },
  'POST /api/cases/:id/correct': { for: DECIDERS, send: { payload: { version: 1, accusedUnits: [], reason: '理由' } } },
  'POST /api/cases/:id/split': {
    for: DECIDERS,
    send: {
      payload: {
        version: 1,
        stays: { kind: 'accusation', lane: 'accusation', category: 2, unit: 'DISC' },
        accusedUnits: [],
        leaves: { category: 7, unit: 'BASIC', urgent: false, target: { level: 'unknown', name: null } },
        leavesAccusedUnits: [],
        summary: '摘要',
        reason: '理由',
      },
    },
  },
  'GET /api/cases/:id/suggestions': { for: OFFICE },
  'POST /api/cases/:id/suggestions/:suggestionId/accept': { for: DECIDERS, send: { payload: { reason: '理由' } } },
  'POST /api/cases/:id/suggestions/:suggestionId/dismiss': { for: DECIDERS, send: { payload: { reason: '理由' } } },
  'POST /api/cases/:id/assign': { for: DECIDERS, send: { payload: { version: 1, unit: 'BASIC' } } },
  ...LIFE,
  'POST /api/cases/:id/start-clock': { for: OFFICE, send: { payload: { version: 1, kind: 'TEACH30', since: null } } },
  'POST /api/cases/:id/meet-clock': { for: OFFICE, send: { payload: { version: 1, kind: 'TEACH30' } } },
  'POST /api/cases/:id/notes': { for: OFFICE, send: { payload: { text: '记录' } } },
  'GET /api/cases/:id/colleagues': { for: OFFICE },
  'GET /api/cases/:id/note-files': { for: OFFICE },
  'GET /api/cases/:id/note-files/:fileId': { for: OFFICE },
  'POST /api/cases/:id/notes/:noteId/files': { for: OFFICE, send: BYTES },
  'POST /api/cases/:id/claim': { for: OFFICE },
  'POST /api/cases/:id/release': { for: OFFICE },
  'POST /api/cases/:id/take-over': { for: ['supervisor'], send: { payload: { reason: '理由' } } },
  'POST /api/bulk-orders': { for: OFFICE, send: { headers: KEY, payload: CLAIM_MANY } },
  'GET /api/document-kinds': { for: DECIDERS },
  'GET /api/cases/:id/documents': { for: DECIDERS },
  'POST /api/cases/:id/documents': { for: DECIDERS, send: { payload: { kind: 'acceptance', fields: {} } } },
  'POST /api/cases/:id/documents/try': { for: DECIDERS, send: { payload: { kind: 'acceptance', fields: {} } } },
  'GET /api/documents/waiting': { for: DECIDERS },
  'GET /api/documents/:id': { for: DECIDERS },
  'PUT /api/documents/:id': { for: DECIDERS, send: { payload: { version: 1, fields: {} } } },
  'POST /api/documents/:id/approve': { for: DECIDERS, send: { payload: { version: 1 } } },
  'POST /api/documents/:id/sign': { for: SIGNERS, send: { payload: { version: 1 } } },
  'POST /api/documents/:id/deliver': { for: DECIDERS, send: { payload: { version: 1, way: 'mail' } } },
  'GET /api/documents/:id/pdf': { for: DECIDERS },
  'GET /api/documents/:id/docx': { for: DECIDERS },
  'GET /api/items/:id/raw': { for: DECIDERS },
  'GET /api/items/:id/attachments/:n': { for: DECIDERS },
  'POST /api/reports': { for: DECIDERS, send: { payload: { from: '2014-07', to: '2014-09' } } },
  'GET /api/reports': { for: OFFICE },
  'GET /api/reports/:id': { for: OFFICE },
  'GET /api/reports/:id/csv': { for: OFFICE },
  'GET /api/reports/:id/cases': { for: DECIDERS, send: { query: { measure: 'intake' } } },
  'POST /api/reports/:id/recompute': { for: DECIDERS },
  'GET /api/tasks': { for: OFFICE },
  'POST /api/tasks/:id/done': { for: OFFICE },
  'GET /api/call-drafts': { for: OFFICE },
  'GET /api/call-drafts/:uuid': { for: OFFICE },
  'PUT /api/call-drafts/:uuid': { for: OFFICE, send: { payload: { version: 0, form: {} } } },
  'DELETE /api/call-drafts/:uuid': { for: OFFICE },
  'POST /api/calls': {
    for: OFFICE,
    send: {
      headers: KEY,
      payload: { anonymous: true, keepSecret: false, text: '来电', outcome: 'case' },
    },
  },
  'POST /api/transcripts': { for: OFFICE, send: BYTES },
  'POST /api/classify': { for: OFFICE, send: { payload: { channel: 'phone', text: '来电' } } },
};

let desk: Desk;
let ids: Readonly<Record<string, string>>;
beforeAll(async () => {
  desk = await openDesk({
    limits: { failedTokensPerMinute: 10_000 },
    replace: {
      sandbox: {
        answers: () => Promise.resolve([]),
        letter: () => Promise.resolve(null),
        send: () => Promise.resolve('sent' as const),
      },
    },
  });
  const { caseId, itemId } = await desk.receiveMail({});
  ids = { '/api/cases/:id': String(caseId), '/api/items/:id': String(itemId), '/api/tasks/:id': '1' };
});
afterAll(() => desk.close());

function pathOf(route: string): string {
  const url = route.slice(route.indexOf(' ') + 1);
  const id = Object.entries(ids).find(([prefix]) => url.startsWith(prefix))?.[1] ?? '1';
  return url
    .replace(':id', id)
    .replace(':suggestionId', '1')
    .replace(':n', '0')
    .replace(':uid', '1')
    .replace(':noteId', '1')
    .replace(':fileId', '1')
    .replace(':uuid', randomUUID())
    .replace(':version', '0'.repeat(64));
}

async function send(persona: Persona, route: string) {
  const method = route.slice(0, route.indexOf(' ')) as 'GET';
  // A stream has no end: only its head is looked at.
  const endless = route === 'GET /api/events' && OFFICE.includes(persona) ? { payloadAsStream: true as const } : {};
  const answer = await desk.as(persona, { ...MATRIX[route]?.send, ...endless, method, url: pathOf(route) });
  if (route === 'GET /api/events' && answer.statusCode === 200) answer.stream().destroy();
  return answer;
}

describe('every route', () => {
  it('is in the matrix, and nothing else is', () => {
    const routes = desk.routes.entries.map(({ method, url }) => `${method} ${url}`);
    expect(routes.toSorted()).toEqual(Object.keys(MATRIX).toSorted());
  });

  it('that changes something is not a GET, and a GET changes nothing but the journal', async () => {
    const rows = async () => {
      const tables = ['cases', 'verdicts', 'notes', 'assignments', 'tasks', 'call_drafts', 'intake_items'] as const;
      return Promise.all(tables.map((table) => desk.database.db.selectFrom(table).selectAll().execute()));
    };
    const before = await rows();
    for (const route of Object.keys(MATRIX).filter((one) => one.startsWith('GET '))) {
      for (const persona of PERSONAS) await send(persona, route);
    }
    expect(await rows()).toEqual(before);
  });
});

describe.each(Object.keys(MATRIX))('%s', (route) => {
  it.each(PERSONAS)('for %s', async (persona) => {
    const allowed = MATRIX[route]?.for ?? [];
    const response = await send(persona, route);
    if (allowed === ANYBODY || allowed.includes(persona)) {
      expect([401, 403]).not.toContain(response.statusCode);
      expect(response.statusCode).toBeLessThan(500);
    } else if (['disabled', 'bad-token', 'nobody'].includes(persona)) {
      expect(response.statusCode).toBe(401);
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(response.json()).toEqual({ status: 401, code: 'unauthenticated', title: '请出示有效的访问令牌' });
    } else {
      expect(response.statusCode).toBe(403);
      expect(response.json()).toEqual({ status: 403, code: 'forbidden', title: '您的岗位不能执行此操作' });
    }
  });
});

describe('a page of somebody else, in a browser that is signed in', () => {
  let cookie: string;
  beforeAll(async () => {
    const payload = { token: desk.token('triage') ?? '' };
    const answer = await desk.app.inject({ method: 'POST', url: '/api/session', payload });
    cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  });

  const changing = Object.keys(MATRIX).filter((route) => !route.startsWith('GET ') && MATRIX[route]?.for !== ANYBODY);
  it.each(changing)('cannot use %s', async (route) => {
    const method = route.slice(0, route.indexOf(' ')) as 'POST';
    const request = { ...MATRIX[route]?.send, method, url: pathOf(route) };
    for (const headers of [
      {},
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'http://xiaoneng.example.evil.example' },
      { referer: 'https://xiaoneng.example/queue' },
    ]) {
      const all = { ...request.headers, cookie, ...headers };
      const { statusCode } = await desk.app.inject({ ...request, headers: all });
      expect([headers, statusCode]).toEqual([headers, 403]);
    }
  });
});
