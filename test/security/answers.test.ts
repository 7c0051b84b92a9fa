import { randomUUID } from 'node:crypto';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Fault } from '../../src/platform/fault.ts';
import { openDesk, type Desk } from '../integration/http/desk.ts';

/** What libraries put into their errors. */
const SECRET = 'zhang-san-13900000000';
/** What we put into ours: for the log, not for the answer. */
const INNER = 'inner-words';
let desk: Desk;
let failing: Desk;
beforeAll(async () => {
  desk = await openDesk({ metricsToken: 'scrape-scrape-scrape' });
  const foreign = Object.assign(new Error(`duplicate key (email)=(${SECRET})`), {
    code: '23505',
    detail: SECRET,
    statusCode: 400,
  });
  failing = await openDesk({
    replace: {
      readCase: () => Promise.reject(foreign),
      listTasks: () => Promise.reject(new Fault('database.unreachable', INNER, { details: { host: INNER } })),
      listDrafts: () => Promise.reject(new Fault('key.mismatch', INNER)),
      // A row that the schema does not know: the serializer is the last wall.
      countQueue: () => Promise.resolve({ total: SECRET } as never),
      classify: () => Promise.reject(SECRET), // eslint-disable-line prefer-promise-reject-errors
      notReady: () => Promise.resolve([{ part: 'database', code: 'database.unreachable', stops: true }]),
    },
  });
});
afterAll(async () => {
  await desk.close();
  await failing.close();
});

describe('every answer', () => {
  const REQUESTS: readonly [string, InjectOptions, number][] = [
    ['a list', { url: '/api/cases' }, 200],
    ['a problem', { url: '/api/cases/999999999' }, 404],
    ['an unknown path', { url: '/nowhere' }, 404],
    ['a wrong method', { method: 'PATCH', url: '/api/cases' }, 405],
    ['a broken address', { url: '/api/cases/%' }, 404],
    [
      'a broken body',
      { method: 'POST', url: '/api/classify', headers: { 'content-type': 'application/json' }, payload: '{' },
      400,
    ],
    ['a refused token', { url: '/api/cases', headers: { authorization: 'Bearer x' } }, 401],
    ['a foreign host', { url: '/api/cases', headers: { host: 'evil.example' } }, 421],
    ['the document', { url: '/api/openapi.json' }, 200],
    ['health', { url: '/healthz' }, 200],
  ];

  it.each(REQUESTS)(
    '(%s) is kept by nobody, sniffed by nobody, framed by nobody, and loads nothing',
    async (_what, request, status) => {
      const response = await desk.as('triage', request);
      expect(response.statusCode).toBe(status);
      expect(response.headers).toMatchObject({
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'x-request-id': expect.stringMatching(/^[\da-f-]{36}$/u),
      });
      for (const name of ['x-powered-by', 'server', 'access-control-allow-origin', 'set-cookie', 'etag']) {
        expect(response.headers).not.toHaveProperty(name);
      }
    },
  );

  it('to a page of another origin allows nothing', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    const response = await desk.as('nobody', { method: 'OPTIONS', url: '/api/calls', headers });
    expect(response.statusCode).toBe(405);
    expect(Object.keys(response.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('takes its request id from us, not from the request', async () => {
    const response = await desk.as('triage', {
      url: '/healthz',
      headers: { 'x-request-id': 'mine', 'request-id': 'mine' },
    });
    expect(response.headers['x-request-id']).not.toBe('mine');
  });
});

describe('what went wrong inside', () => {
  it.each([
    ['an error of the driver', { url: '/api/cases/1' }, 500, 'internal'],
    ['an unreachable database', { url: '/api/tasks' }, 503, 'unavailable'],
    ['a wrong key', { url: '/api/call-drafts' }, 500, 'internal'],
    ['an answer that its schema does not know', { url: '/api/cases/counts' }, 500, 'internal'],
    [
      'something thrown that is no error',
      { method: 'POST', url: '/api/classify', payload: { channel: 'phone', text: 'x' } },
      500,
      'internal',
    ],
  ] as const)('stays inside: %s', async (_what, request, status, code) => {
    const response = await failing.as('triage', request);
    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(Object.keys(response.json<object>()).toSorted()).toEqual(['code', 'status', 'title']);
    expect(response.json()).toMatchObject({ code, status });
    expect(response.body + JSON.stringify(response.headers)).not.toMatch(/zhang|inner/u);
    expect(response.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
  });

  it('is logged once, as an error, without the words', () => {
    const errors = failing.log
      .map((line) => JSON.parse(line) as { level: string; msg: string })
      .filter(({ level }) => level === 'error');
    expect(errors.map(({ msg }) => msg)).toEqual(Array.from({ length: 5 }, () => 'request failed'));
    expect(failing.log.join('')).not.toContain('zhang');
  });

  it('is a cause when the service is not ready', async () => {
    const response = await failing.as('nobody', { url: '/readyz' });
    expect(response.statusCode).toBe(503);
    expect(response.json()).toEqual({
      ready: false,
      causes: [{ part: 'database', code: 'database.unreachable', stops: true }],
    });
    expect((await desk.as('nobody', { url: '/readyz' })).json()).toEqual({ ready: true, causes: [] });
  });
});

describe('the log', () => {
  it('of everything that can be asked, at its most talkative, holds no word of a citizen, no token and no query', async () => {
    const canary = (n: number) => `CANARY${String(n)}X`;
    const token = desk.token('triage') ?? '';
    const { caseId, itemId } = await desk.receiveMail({
      subject: canary(1),
      text: `${canary(2)} 财务处`,
      fromShown: canary(3),
      headers: `From: ${canary(4)}`,
      attachments: [{ name: canary(5), bytes: 1, type: 'x/y', sha256: '00' }],
    });
    const form = {
      callerName: canary(6),
      callerPhone: canary(7),
      place: canary(8),
      text: canary(9),
      anonymous: false,
      keepSecret: true,
      outcome: 'case',
    };
    const json = { 'content-type': 'application/json' };
    const requests: InjectOptions[] = [
      { url: `/api/cases/${String(caseId)}` },
      { url: `/api/cases/${String(caseId)}/identity` },
      { url: `/api/items/${String(itemId)}/raw` },
      { url: `/api/items/${String(itemId)}/attachments/0` },
      { url: `/api/cases?search=${canary(10)}` },
      { url: `/api/cases?${canary(11)}=1` },
      { url: `/${canary(12)}?${canary(12)}` },
      { url: `/api/cases/${canary(13)}` },
      { url: `/api/cases/%${canary(14)}` },
      { method: 'POST', url: '/api/calls', headers: { 'idempotency-key': randomUUID() }, payload: form },
      { method: 'POST', url: '/api/calls', headers: { 'idempotency-key': canary(15) }, payload: form },
      { method: 'PUT', url: `/api/call-drafts/${randomUUID()}`, payload: { version: 0, form } },
      { method: 'POST', url: '/api/classify', headers: json, payload: `{"${canary(16)}": ` },
      { method: 'POST', url: '/api/classify', payload: { channel: 'phone', text: canary(17), [canary(18)]: 1 } },
      { method: 'POST', url: `/api/cases/${String(caseId)}/notes`, payload: { text: canary(19) } },
      { method: 'POST', url: '/api/classify', headers: { 'content-type': canary(20) }, payload: canary(20) },
      { url: '/api/tasks', headers: { authorization: `Bearer ${canary(21)}` } },
      {
        url: '/api/tasks',
        headers: {
          host: `${canary(22)}.example`,
          cookie: canary(23),
          'user-agent': canary(24),
          'x-forwarded-for': canary(25),
        },
      },
      {
        method: 'POST',
        url: `/api/transcripts?name=${canary(26)}`,
        headers: { 'content-type': 'application/octet-stream' },
        payload: Buffer.from(canary(27)),
      },
    ];
    const logged = desk.log.length;
    for (const request of requests) await desk.as('triage', request);
    const log = desk.log.slice(logged).join('');
    expect(desk.log.length - logged).toBeGreaterThanOrEqual(requests.length);
    expect(log).not.toContain('CANARY');
    expect(log).not.toContain(token.slice('shouli_'.length));
    expect(log).toContain('"route":"/api/cases/:id"');
    expect(log).toContain(`"id":${String(caseId)}`);
  });

  it('has one line for each request, with who asked', async () => {
    const logged = desk.log.length;
    await desk.as('operator', { url: '/api/cases?limit=1' });
    const lines = desk.log.slice(logged).map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([
      expect.objectContaining({
        level: 'info',
        msg: 'request',
        route: '/api/cases',
        method: 'GET',
        status: 200,
        userId: desk.viewer('operator').userId,
        reqId: expect.stringMatching(/^[\da-f-]{36}$/u),
      }),
    ]);
  });
});

describe('the metrics', () => {
  const far = (headers: Readonly<Record<string, string>>, remoteAddress = '192.0.2.7') =>
    desk.as('nobody', { url: '/metrics', remoteAddress, headers: { ...headers } });

  it('are open to this machine, and label requests by route', async () => {
    await desk.as('triage', { url: '/api/cases?search=机密文字' });
    const response = await desk.as('nobody', { url: '/metrics' });
    expect(response.headers['content-type']).toMatch(/^text\/plain/u);
    expect(response.body).toMatch(
      /shouli_request_seconds_count\{route="\/api\/cases",method="GET",status="200"\} \d+/u,
    );
    expect(response.body).not.toContain('机密');
  });

  it('are open to others with their token and with nothing else', async () => {
    expect((await far({ authorization: 'Bearer scrape-scrape-scrape', host: '10.0.0.1' })).statusCode).toBe(200);
    for (const authorization of [
      '',
      'Bearer ',
      'Bearer scrape-scrape-scrap',
      'scrape-scrape-scrape',
      `Bearer ${desk.token('admin') ?? ''}`,
    ]) {
      expect((await far({ authorization })).statusCode).toBe(401);
    }
  });

  it('are closed to a page whose name was made to point to this machine', async () => {
    expect((await far({ host: 'evil.example' }, '127.0.0.1')).statusCode).toBe(401);
  });

  it('without a configured token are for this machine only', async () => {
    const response = await failing.as('nobody', {
      url: '/metrics',
      remoteAddress: '192.0.2.7',
      headers: { authorization: 'Bearer null' },
    });
    expect(response.statusCode).toBe(401);
  });
});
