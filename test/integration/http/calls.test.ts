import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const FORM = {
  anonymous: false,
  keepSecret: true,
  callerPhone: '13900000000',
  text: '学校收费不开票',
  outcome: 'case',
} as const;

function saveCall(payload: object, key: string | null = randomUUID(), persona: 'operator' | 'triage' = 'operator') {
  const headers = key === null ? {} : { 'idempotency-key': key };
  return desk.as(persona, { method: 'POST', url: '/api/calls', headers, payload });
}

async function countCases(): Promise<number> {
  const count = desk.database.db.selectFrom('cases').select((eb) => eb.fn.countAll<number>().as('n'));
  return (await count.executeTakeFirstOrThrow()).n;
}

describe('saving a call', () => {
  it('answers 201 with number and code once the case is in the database', async () => {
    const response = await saveCall(FORM);
    expect(response.statusCode).toBe(201);
    const saved = response.json<{ kind: string; caseId: number; number: string; code: string }>();
    expect(saved.number).toMatch(/^\d{3} \d{3} \d{3}$/u);
    expect(saved.code).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/u);
    const row = await desk.database.db
      .selectFrom('cases')
      .select(['number', 'channel', 'state'])
      .where('id', '=', saved.caseId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ number: saved.number.replaceAll(' ', ''), channel: 'phone', state: 'TRIAGE' });
  });

  it('sent again under the same key answers 200 with the same number and code, and makes no second case', async () => {
    const key = randomUUID();
    const first = await saveCall(FORM, key);
    const before = await countCases();
    const again = await saveCall(FORM, key);
    expect([first.statusCode, again.statusCode]).toEqual([201, 200]);
    expect(again.json()).toEqual(first.json());
    expect(await countCases()).toBe(before);
  });

  it('sent ten times at once makes one case', async () => {
    const key = randomUUID();
    const before = await countCases();
    const answers = await Promise.all(Array.from({ length: 10 }, () => saveCall(FORM, key)));
    expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
      ...Array<number>(9).fill(200),
      201,
    ]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await countCases()).toBe(before + 1);
  });

  it('with other content under a used key is refused and saves nothing', async () => {
    const key = randomUUID();
    await saveCall(FORM, key);
    const before = await countCases();
    const other = await saveCall({ ...FORM, text: '另一件事' }, key);
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ code: 'key-reused' });
    expect(await countCases()).toBe(before);
  });

  it('under a key that a colleague used is a call of its own', async () => {
    const key = randomUUID();
    const [one, other] = [await saveCall(FORM, key), await saveCall(FORM, key, 'triage')];
    expect([one.statusCode, other.statusCode]).toEqual([201, 201]);
    expect(one.json()).not.toEqual(other.json());
  });

  it.each([null, '', '1', 'not-a-uuid', `${randomUUID()}, ${randomUUID()}`])(
    'without a proper key (%j) is refused',
    async (key) => {
      const response = await saveCall(FORM, key);
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ fields: [{ field: 'idempotency-key' }] });
    },
  );

  it('without a word of what was said is refused by the field', async () => {
    const response = await saveCall({ ...FORM, text: ' \n ' });
    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ fields: [{ field: 'text' }] });
  });

  it('as an invalid call asks for the reason and makes no case', async () => {
    const before = await countCases();
    const form = { anonymous: true, keepSecret: false, text: '', outcome: 'invalid' };
    expect((await saveCall(form)).json()).toMatchObject({ fields: [{ field: 'invalidReason' }] });
    const response = await saveCall({ ...form, invalidReason: 'hang-up' });
    expect(response.statusCode).toBe(201);
    expect(response.json()).toEqual({ kind: 'invalid', itemId: expect.any(Number) });
    expect(await countCases()).toBe(before);
  });
});

describe('a draft', () => {
  const form = { callerName: '某家长', text: '还没', anonymous: false };

  function draft(
    method: 'GET' | 'PUT' | 'DELETE',
    id: string,
    payload?: object,
    persona: 'operator' | 'triage' = 'operator',
  ) {
    return desk.as(persona, { method, url: `/api/call-drafts/${id}`, ...(payload === undefined ? {} : { payload }) });
  }

  it('is saved again and again, each time on the version before', async () => {
    const id = randomUUID();
    expect((await draft('PUT', id, { version: 0, form })).json()).toEqual({ version: 1 });
    expect((await draft('PUT', id, { version: 1, form: { ...form, text: '还没说完' } })).json()).toEqual({
      version: 2,
    });
    expect((await draft('GET', id)).json()).toMatchObject({ id, version: 2, form: { text: '还没说完' } });
    const list = await desk.as('operator', { url: '/api/call-drafts' });
    expect(list.json<{ drafts: { id: string }[] }>().drafts.map((one) => one.id)).toContain(id);
  });

  it('written from an old tab is stale and changes nothing', async () => {
    const id = randomUUID();
    await draft('PUT', id, { version: 0, form });
    await draft('PUT', id, { version: 1, form });
    const stale = await draft('PUT', id, { version: 1, form: { text: 'old tab' } });
    expect(stale.statusCode).toBe(409);
    expect((await draft('GET', id)).json()).toMatchObject({ version: 2, form: { text: '还没' } });
  });

  it('of a colleague does not exist: not to read, not to write, not to delete', async () => {
    const id = randomUUID();
    await draft('PUT', id, { version: 0, form });
    const [read, write, remove] = [
      await draft('GET', id, undefined, 'triage'),
      await draft('PUT', id, { version: 1, form: {} }, 'triage'),
      await draft('DELETE', id, undefined, 'triage'),
    ];
    const absent = await draft('GET', randomUUID(), undefined, 'triage');
    for (const { statusCode, body } of [read, write, remove]) {
      expect({ statusCode, body }).toEqual({ statusCode: 404, body: absent.body });
    }
    expect((await draft('GET', id)).statusCode).toBe(200);
  });

  it('is gone after it was deleted', async () => {
    const id = randomUUID();
    await draft('PUT', id, { version: 0, form });
    expect((await draft('DELETE', id)).statusCode).toBe(204);
    expect((await draft('DELETE', id)).statusCode).toBe(404);
    expect((await draft('GET', id)).statusCode).toBe(404);
  });

  it('is sealed in the database', async () => {
    const id = randomUUID();
    await draft('PUT', id, { version: 0, form });
    const row = await desk.database.db
      .selectFrom('call_drafts')
      .select('sealed')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.sealed.includes(Buffer.from('某家长'))).toBe(false);
  });
});

describe('a transcript', () => {
  function hand(bytes: Buffer, name = '通话.json', type = 'application/octet-stream') {
    return desk.as('operator', {
      method: 'POST',
      url: '/api/transcripts',
      query: { name },
      headers: { 'content-type': type },
      payload: bytes,
    });
  }

  it('is taken as bytes, larger than any form, and becomes an item', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024, 0x20);
    const response = await hand(bytes);
    expect(response.statusCode).toBe(201);
    const { itemId } = response.json<{ itemId: number }>();
    const row = await desk.database.db
      .selectFrom('intake_items')
      .innerJoin('raw_messages', 'raw_messages.id', 'intake_items.raw_id')
      .select(['stored_bytes', 'name', 'channel'])
      .where('intake_items.id', '=', itemId)
      .executeTakeFirstOrThrow();
    expect(row).toEqual({ stored_bytes: bytes.length, name: '通话.json', channel: 'phone' });
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'a.txt', 'application/octet-stream', 400],
    ['no name', Buffer.from('x'), '', 'application/octet-stream', 400],
    ['a name of two lines', Buffer.from('x'), 'a\nb', 'application/octet-stream', 400],
    ['a form', Buffer.from('x'), 'a.txt', 'multipart/form-data; boundary=x', 415],
    ['plain text', Buffer.from('x'), 'a.txt', 'text/plain', 415],
  ])('is refused: %s', async (_what, bytes, name, type, status) => {
    expect((await hand(bytes, name, type)).statusCode).toBe(status);
  });

  it('larger than 50 MB is refused before it is read', async () => {
    const response = await desk.as('operator', {
      method: 'POST',
      url: '/api/transcripts?name=a',
      headers: { 'content-type': 'application/octet-stream', 'content-length': String(50 * 1024 * 1024 + 1) },
      payload: Buffer.from('x'),
    });
    expect(response.statusCode).toBe(413);
  });
});

describe('classifying while the operator types', () => {
  it('answers the verdict of the rules in force and stores nothing', async () => {
    const before = await countCases();
    const payload = { channel: 'phone', text: '财务处收费不开票' };
    const response = await desk.as('operator', { method: 'POST', url: '/api/classify', payload });
    expect(response.json()).toMatchObject({
      rulesVersion: 'test-1',
      verdict: { category: 7, accused: ['FIN'], deny: ['FIN'] },
    });
    expect(await countCases()).toBe(before);
  });
});
