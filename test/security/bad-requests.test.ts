import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from '../integration/http/desk.ts';
import type { ReceivedMail } from '../integration/http/receive-mail.ts';

type Problem = { readonly code: string; readonly fields?: readonly { readonly field: string }[] };

let desk: Desk;
let mail: ReceivedMail;
beforeAll(async () => {
  desk = await openDesk();
  mail = await desk.receiveMail({});
});
afterAll(() => desk.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const CLASSIFY = { channel: 'phone', text: '来电' };

function post(url: string, payload: string | Buffer | object, headers: Readonly<Record<string, string>> = JSON_TYPE) {
  return desk.as('triage', { method: 'POST', url, payload, headers: { ...headers } });
}

const get = (url: string) => desk.as('triage', { url });

function expectProblem(
  response: LightMyRequestResponse,
  status: number,
  code: string,
  ...fields: readonly string[]
): void {
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  const problem = response.json<Problem>();
  expect({ status: response.statusCode, code: problem.code }).toEqual({ status, code });
  if (fields.length > 0) expect(problem.fields?.map(({ field }) => field)).toEqual(fields);
}

describe('a body', () => {
  it('of 2 MB is too large', async () => {
    const response = await post('/api/classify', JSON.stringify({ ...CLASSIFY, text: 'x'.repeat(2_000_000) }));
    expectProblem(response, 413, 'too-large');
  });

  it.each([
    ['nested 200,000 deep', `{"channel":"phone","text":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'body.too-deep'],
    ['cut in the middle', '{"channel":"phone","te', 'body.not-json'],
    ['empty', '', 'body.not-json'],
    ['with a key twice', '{"channel":"phone","text":"a","text":"b"}', 'body.duplicate-key'],
    ['of invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d]), 'body.not-utf8'],
  ])('%s is refused without an echo of it', async (_what, payload, code) => {
    const response = await post('/api/classify', payload);
    expectProblem(response, 400, code);
    expect(response.body).not.toContain('channel');
  });

  it.each([
    ['a number for a text', { ...CLASSIFY, text: 13_900_000_000 }, 'text'],
    ['a list for a text', { ...CLASSIFY, text: ['1'] }, 'text'],
    ['null for a text', { ...CLASSIFY, text: null }, 'text'],
    ['nothing for a text', { channel: 'phone' }, 'text'],
    ['an unknown word of a closed set', { ...CLASSIFY, channel: 'fax' }, 'channel'],
    ['an unknown property', { ...CLASSIFY, role: 'admin' }, 'role'],
    ['a property of the prototype', { ...CLASSIFY, constructor: { prototype: { admin: true } } }, 'constructor'],
    ['NUL', { ...CLASSIFY, text: 'a\0b' }, 'text'],
    ['half a surrogate pair', { ...CLASSIFY, text: '\ud83d' }, 'text'],
    ['too much text', { ...CLASSIFY, text: 'x'.repeat(200_001) }, 'text'],
  ])('with %s is refused by the name of the field', async (_what, payload, field) => {
    expectProblem(await post('/api/classify', payload), 400, 'input.invalid', field);
  });

  it('that reaches for the prototype is refused', async () => {
    expectProblem(
      await post('/api/classify', '{"channel":"phone","text":"a","__proto__":{"admin":true}}'),
      400,
      'input.invalid',
      '__proto__',
    );
  });

  it('that is no object is refused as a whole', async () => {
    for (const payload of ['[]', '1', '"x"', 'null', 'true']) {
      expectProblem(await post('/api/classify', payload), 400, 'input.invalid', 'body');
    }
  });

  it('with the integer written as text is not understood', async () => {
    const response = await post(`/api/cases/${String(mail.caseId)}/confirm`, { version: '5', accusedUnits: [] });
    expectProblem(response, 400, 'input.invalid', 'version');
  });

  it.each([
    'state',
    'status',
    'unit_id',
    'deadline',
    'dueAt',
    'createdBy',
    'accused',
    'deny',
    'confidence',
    'review',
    'assignedUnit',
  ])('cannot set %s of a case', async (field) => {
    const payload = { version: 1, accusedUnits: [], reason: '理由', [field]: 'x' };
    expectProblem(await post(`/api/cases/${String(mail.caseId)}/correct`, payload), 400, 'input.invalid', field);
  });

  it.each(['customerId', 'userId', 'caseId', 'createdBy', 'number', 'code'])(
    'of a call cannot name somebody else by %s',
    async (field) => {
      const response = await desk.as('operator', {
        method: 'POST',
        url: '/api/calls',
        headers: { 'idempotency-key': '8f9b1c3e-5a73-4f0b-9d61-0c6c0e0a1b2c' },
        payload: { anonymous: true, keepSecret: false, text: '来电', outcome: 'case', [field]: 1 },
      });
      expectProblem(response, 400, 'input.invalid', field);
    },
  );

  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/octet-stream',
    'application/jsonx',
    'nonsense',
    'text/plain;application/json',
  ])('of type %s is not read', async (type) => {
    expectProblem(
      await post('/api/classify', JSON.stringify(CLASSIFY), { 'content-type': type }),
      415,
      'unsupported-media-type',
    );
  });

  it('without a type is not read', async () => {
    const response = await desk.as('triage', {
      method: 'POST',
      url: '/api/classify',
      payload: JSON.stringify(CLASSIFY),
      headers: {},
    });
    expectProblem(response, 415, 'unsupported-media-type');
  });
});

describe('a path', () => {
  it.each([
    'NaN',
    '1e309',
    '-0',
    '-1',
    '0',
    '01',
    '1.0',
    '9223372036854775808',
    '9007199254740993',
    '0x10',
    '%00',
    '1%00',
    '１',
    '1 or 1=1',
  ])('with %s for an id is refused', async (id) => {
    expectProblem(await get(`/api/cases/${encodeURI(id)}`), 400, 'input.invalid', 'id');
  });

  it.each([
    '/c/..%2f..%2fetc/passwd',
    '/api/cases/..%2f..%2fetc%2fpasswd',
    '/%2e%2e/etc/passwd',
    '/api/cases/%c0%ae%c0%ae',
    '/api/cases/%',
    '/api/cases/%zz',
    '//api/cases',
    '/api/cases/',
    '/API/CASES',
  ])('%s leads nowhere', async (url) => {
    const response = await get(url);
    expect([400, 404]).toContain(response.statusCode);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.body).not.toContain('passwd');
  });

  it('longer than any id of ours is refused', async () => {
    expectProblem(await get(`/api/cases/${'1'.repeat(15_000)}`), 400, 'input.invalid', 'id');
  });

  it('of settings, sessions or exports does not exist', async () => {
    for (const path of ['settings', 'config', 'users', 'tokens', 'export', 'admin']) {
      expectProblem(await get(`/api/${path}`), 404, 'not-found');
    }
  });
});

describe('a query', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=201', 'limit'],
    ['limit=1000000000', 'limit'],
    ['limit=1e2', 'limit'],
    ['limit=', 'limit'],
    ['category=9', 'category'],
    ['category=07', 'category'],
    ['urgent=1', 'urgent'],
    ['urgent=TRUE', 'urgent'],
    ['state=triage', 'state'],
    ['unit=FIN&unit=BASIC', 'unit'],
    ['search=a&search=b', 'search'],
    ['__proto__=x', '__proto__'],
    ['constructor=x', 'constructor'],
    ['sort=(select%201)', 'sort'],
    ['fields=identity', 'fields'],
    ['page=-1', 'page'],
    ['search=x', 'search'],
    ['search=%20%20x%20', 'search'],
    [`search=${'x'.repeat(100_000)}`, 'search'],
    ['search=a%00b', 'search'],
    ['search=a%0Ab', 'search'],
    ['unit=%00', 'unit'],
  ])('%s is refused by the name of the field', async (query, field) => {
    expectProblem(await get(`/api/cases?${query}`), 400, 'input.invalid', field);
  });

  it('of a route that takes none is refused too', async () => {
    expectProblem(await get('/api/tasks?x=1'), 400, 'input.invalid', 'x');
  });

  it('of wildcards alone finds nothing and costs nothing', async () => {
    for (const search of ['%%%%', '____', '\\\\\\\\', '**', '.*', "''"]) {
      const response = await get(`/api/cases?search=${encodeURIComponent(search)}`);
      expect(response.json()).toEqual({ rows: [], next: null });
    }
  });
});

describe('a method', () => {
  it.each([
    ['TRACE', '/api/cases', 'GET'],
    ['PATCH', '/api/cases/1', 'GET'],
    ['HEAD', '/api/cases', 'GET'],
    ['DELETE', '/api/cases/1', 'GET'],
    ['OPTIONS', '/api/calls', 'POST'],
    ['PUT', '/api/call-drafts', 'GET'],
    ['GET', '/api/calls', 'POST'],
  ] as const)('%s %s is not allowed, and the answer says what is', async (method, url, allow) => {
    const response = await desk.as('triage', { method, url });
    expect(response.statusCode).toBe(405);
    expect(response.headers['allow']).toBe(allow);
  });

  it('in a header or query does not override the real one', async () => {
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const response = await post(`/api/tasks/1/done`, '{}', { ...JSON_TYPE, [name]: 'GET' });
      expect(response.statusCode).not.toBe(200);
    }
    expectProblem(await get('/api/cases?_method=DELETE'), 400, 'input.invalid', '_method');
  });
});

describe('a Host', () => {
  const probe = (headers: Readonly<Record<string, string>>, more: InjectOptions = {}) =>
    desk.as('triage', { url: '/api/cases', ...more, headers: { ...headers } });

  it.each(['evil.example', 'xiaoneng.example.evil.example', '10.0.0.1', 'evil.example:80'])(
    'of %s is not ours',
    async (host) => {
      expectProblem(await probe({ host }), 421, 'misdirected');
      expectProblem(await probe({ host }, { url: '/nowhere' }), 421, 'misdirected');
    },
  );

  it('of the public address is ours, and no forwarding header changes what it is', async () => {
    expect((await probe({ host: 'xiaoneng.example' })).statusCode).toBe(200);
    const forged = { 'x-forwarded-host': 'localhost', forwarded: 'host=localhost' };
    expectProblem(await probe({ host: 'evil.example', ...forged }), 421, 'misdirected');
    const harmless = await probe({ host: 'localhost', 'x-forwarded-host': 'evil.example' });
    expect(harmless.statusCode).toBe(200);
    expect(JSON.stringify([harmless.headers, harmless.body])).not.toContain('evil.example');
  });

  it('does not matter to a probe, which calls by address', async () => {
    expect((await probe({ host: '10.0.0.1' }, { url: '/healthz' })).statusCode).toBe(200);
    expect((await probe({ host: '10.0.0.1' }, { url: '/readyz' })).statusCode).toBe(200);
  });
});
