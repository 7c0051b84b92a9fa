import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChangeListener } from '../../../src/http/dependencies.ts';
import { createChangeHub } from '../../../src/roles/change-hub.ts';
import { openDesk, type Desk } from './desk.ts';

/** Every answer but a stream is cut off far sooner than these tests listen. */
const LIMITS = { handlerMs: 200, heartbeatMs: 50 };

let desk: Desk;
let base: string;
beforeAll(async () => {
  desk = await openDesk({ limits: LIMITS });
  base = await listenOn(desk);
});
afterEach(() => desk.hub.close());
afterAll(() => desk.close());

async function listenOn({ app }: Desk): Promise<string> {
  await app.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${String((app.server.address() as AddressInfo).port)}`;
}

async function signIn(persona: 'operator' | 'triage'): Promise<string> {
  const payload = { token: desk.token(persona) ?? '' };
  const answer = await desk.app.inject({ method: 'POST', url: '/api/session', payload });
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

/** Reads a stream of events until it ends. */
async function listen(headers: Record<string, string>) {
  const response = await fetch(`${base}/api/events`, { headers });
  const chunks: string[] = [];
  const ended = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) chunks.push(decoder.decode(chunk as Uint8Array));
  })();
  const heard = (): string => chunks.join('');
  const hears = async (what: string): Promise<void> => {
    await expect.poll(heard, { timeout: 10_000 }).toContain(what);
  };
  return { response, heard, hears, ended };
}

const beats = (heard: string): number => heard.split(': still here').length - 1;
const change = (caseId: number | null): string => `event: change\ndata: {"caseId":${String(caseId)}}\n\n`;
const run = (statement: ReturnType<typeof sql>) => statement.execute(desk.database.db);

describe('what others change', () => {
  it('is told to everybody at a desk, by the id of the case and nothing else', async () => {
    const listeners = [
      await listen({ cookie: await signIn('operator') }),
      await listen({ cookie: await signIn('triage') }),
    ];
    for (const { response } of listeners) {
      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
    const { caseId } = await desk.receiveMail({ subject: '绝不能出现在事件里' });
    for (const { hears, heard } of listeners) {
      await hears(change(caseId));
      expect(heard()).not.toContain('绝不');
    }
  });

  it('is told to nobody who may not see the case, from the moment on that he may not', async () => {
    const cookie = await signIn('operator');
    const [blind, witness] = [await listen({ cookie }), await listen({ cookie: await signIn('triage') })];
    await run(sql`update users set role = 'custodian' where name = '岗位 operator'`);
    const { caseId } = await desk.receiveMail({});
    await witness.hears(change(caseId));
    expect(blind.heard()).not.toContain(String(caseId));
    await blind.ended; // with the next heartbeat
    await run(sql`update users set role = 'operator' where name = '岗位 operator'`);
  });

  it('is a task that somebody has done, too, with a case or without', async () => {
    const { caseId } = await desk.receiveMail({});
    const { rows } = await sql<{ id: number }>`
      insert into tasks (kind, reason, case_id) values ('link-suggested', 'test', ${caseId}), ('check-mailbox', 'test', null)
      returning id`.execute(desk.database.db);
    const { hears } = await listen({ cookie: await signIn('operator') });
    for (const { id } of rows) await desk.as('triage', { method: 'POST', url: `/api/tasks/${String(id)}/done` });
    await hears(change(null));
    const { history } = (await desk.as('triage', { url: `/api/cases/${String(caseId)}` })).json<{
      history: { sentence: string }[];
    }>();
    expect(JSON.stringify(history)).toContain('完成一项待办');
  });

  it('is not that somebody looked', async () => {
    const { caseId } = await desk.receiveMail({});
    const { heard, hears } = await listen({ cookie: await signIn('operator') });
    await desk.as('triage', { url: `/api/cases/${String(caseId)}` });
    const later = await desk.receiveMail({});
    await hears(change(later.caseId));
    expect(heard()).not.toContain(change(caseId));
  });

  it('is said to be anything when the connection to the database was lost, and is heard again', async () => {
    const { hears } = await listen({ cookie: await signIn('operator') });
    const { rows } = await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and query in ('listen shouli_changes', 'select 1')`.execute(desk.database.db);
    expect(rows).toHaveLength(1);
    await hears(change(null));
    const { caseId } = await desk.receiveMail({});
    await hears(change(caseId));
  });
});

describe('a stream', () => {
  it('outlives what limits every other answer, and keeps no session open', async () => {
    const cookie = await signIn('operator');
    await run(sql`update sessions set seen_at = now() - interval '20 minutes'`);
    const { heard } = await listen({ cookie });
    await expect.poll(() => beats(heard()), { timeout: 10_000 }).toBeGreaterThan(10);
    const { rows } = await sql<{ seen: Date }>`
      select 1 from sessions where seen_at > now() - interval '19 minutes'`.execute(desk.database.db);
    expect(rows).toEqual([]);
  });

  it('W48: ends with its session, and tells nothing more', async () => {
    const cookie = await signIn('triage');
    const { heard, ended } = await listen({ cookie });
    const headers = { cookie, 'sec-fetch-site': 'same-origin' };
    await desk.app.inject({ method: 'DELETE', url: '/api/session', headers });
    await expect(ended).resolves.toBeUndefined();
    expect(heard()).not.toContain('event: change');
  });

  it.each([
    ['whose session has run out', sql`update sessions set seen_at = now() - interval '31 minutes'`],
    ['of a day ago', sql`update sessions set created_at = now() - interval '13 hours'`],
  ])('%s ends by itself', async (_which, statement) => {
    const { ended } = await listen({ cookie: await signIn('triage') });
    await run(statement);
    await expect(ended).resolves.toBeUndefined();
  });

  it('of a token ends when the token is revoked', async () => {
    const { ended, heard } = await listen({ authorization: `Bearer ${desk.token('discipline') ?? ''}` });
    await expect.poll(() => beats(heard()), { timeout: 10_000 }).toBeGreaterThan(0);
    await run(sql`update api_tokens set revoked_at = now() where user_id = ${desk.viewer('discipline').userId}`);
    await expect(ended).resolves.toBeUndefined();
  });

  it('whose reader takes nothing is let go, and does not hold up whoever ends it', async () => {
    const listeners: ChangeListener[] = [];
    const subscribe = (listener: ChangeListener) => {
      listeners.push(listener);
      return () => void listeners.splice(listeners.indexOf(listener), 1);
    };
    const other = await openDesk({ replace: { subscribe } });
    const { port } = new URL(await listenOn(other));
    const socket = connect(Number(port), '127.0.0.1').pause();
    const authorization = `Bearer ${other.token('triage') ?? ''}`;
    socket.write(`GET /api/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: ${authorization}\r\n\r\n`);
    await expect.poll(() => listeners.length).toBe(1);
    const [listener] = listeners;
    for (let n = 0; n < 20_000; n += 1) listener?.tell({ caseId: n });
    await expect.poll(() => listeners.length).toBe(0);
    listener?.end();
    listener?.tell({ caseId: 1 });
    await other.close();
    socket.resume();
    if (!socket.closed) await once(socket, 'close');
  });
});

describe('those who listen', () => {
  it('are told to read everything again when nobody can say who may know of what', async () => {
    const told: (number | null)[] = [];
    const failed: unknown[] = [];
    const hub = createChangeHub(
      () => Promise.reject(new Error('away')),
      (error) => failed.push(error),
    );
    const tell = ({ caseId }: { caseId: number | null }): void => void told.push(caseId);
    hub.subscribe({ viewer: { userId: 2, role: 'triage' }, session: null, tell, end: () => undefined });
    hub.hear({ caseId: 7 });
    await expect.poll(() => told).toEqual([null]);
    expect(failed).toHaveLength(1);
  });
});
