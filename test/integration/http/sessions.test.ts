import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function signIn(persona: 'operator' | 'triage' | 'auditor'): Promise<string> {
  const payload = { token: desk.token(persona) ?? '' };
  const answer = await desk.app.inject({ method: 'POST', url: '/api/session', payload });
  expect(answer.statusCode).toBe(200);
  return String(answer.headers['set-cookie']).split(';')[0] ?? '';
}

const asked = (cookie: string, more: Record<string, string> = {}) =>
  desk.app.inject({ url: '/api/session', headers: { cookie, ...more } });

describe('a session', () => {
  it('is a cookie that no script reads and no other site sends, and says who it is', async () => {
    const payload = { token: desk.token('triage') ?? '' };
    const answer = await desk.app.inject({ method: 'POST', url: '/api/session', payload });
    expect(String(answer.headers['set-cookie'])).toMatch(
      /^__Host-shouli_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/u,
    );
    expect(answer.json()).toMatchObject({ user: { name: '岗位 triage', role: 'triage' }, sandbox: false });
    expect(answer.body).not.toContain('shouli_');
  });

  it('keeps only a hash of its secret', async () => {
    const cookie = await signIn('triage');
    const secret = cookie.slice(cookie.indexOf('=') + 1);
    const { rows } = await sql<{ all: string }>`select string_agg(s::text, ' ') as all from sessions s`.execute(
      desk.database.db,
    );
    expect(rows[0]?.all).not.toContain(secret);
    expect(rows[0]?.all).not.toContain(Buffer.from(secret).toString('hex'));
  });

  it.each([
    ['idle for half an hour', sql`update sessions set seen_at = now() - interval '31 minutes'`],
    ['open since yesterday', sql`update sessions set created_at = now() - interval '13 hours'`],
    [
      'of a token that was revoked',
      sql`update api_tokens set revoked_at = now() where user_id in (select id from users where role = 'auditor')`,
    ],
  ])('ends when it is %s', async (_when, change) => {
    const cookie = await signIn('auditor');
    expect((await asked(cookie)).statusCode).toBe(200);
    await change.execute(desk.database.db);
    expect((await asked(cookie)).statusCode).toBe(401);
  });

  it('is kept open by its owner, and not by a desk that nobody touches', async () => {
    const cookie = await signIn('operator');
    const age = async (): Promise<number> => {
      const { rows } = await sql<{ s: number }>`
        select extract(epoch from now() - max(seen_at))::int as s from sessions s
        join api_tokens t on t.id = s.token_id join users u on u.id = t.user_id where u.role = 'operator'`.execute(
        desk.database.db,
      );
      return rows[0]?.s ?? -1;
    };
    await sql`update sessions set seen_at = now() - interval '20 minutes'`.execute(desk.database.db);
    await asked(cookie, { 'x-unattended': 'true' });
    expect(await age()).toBeGreaterThan(1_000);
    await asked(cookie);
    expect(await age()).toBeLessThan(60);
  });

  it('is not the one that a neighbour under our domain planted', async () => {
    const cookie = await signIn('operator');
    expect((await asked(cookie)).statusCode).toBe(200);
    expect((await asked(cookie.replace('__Host-', ''))).statusCode).toBe(401);
  });

  it('changes nothing for a page of somebody else', async () => {
    const cookie = await signIn('operator');
    const url = '/api/call-drafts/9a1f2a3e-1111-4222-8333-444455556666';
    const put = (headers: Record<string, string>) =>
      desk.app.inject({ method: 'PUT', url, payload: { version: 0, form: {} }, headers: { cookie, ...headers } });
    expect((await put({ 'sec-fetch-site': 'cross-site' })).statusCode).toBe(403);
    expect((await put({ 'sec-fetch-site': 'same-site' })).statusCode).toBe(403);
    expect((await put({ origin: 'https://evil.example' })).statusCode).toBe(403);
    expect((await put({})).statusCode).toBe(403);
    expect((await put({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
  });

  it('is over after signing out, with the cookie taken back', async () => {
    const cookie = await signIn('operator');
    const answer = await desk.app.inject({
      method: 'DELETE',
      url: '/api/session',
      headers: { cookie, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.statusCode).toBe(204);
    expect(String(answer.headers['set-cookie'])).toContain('Max-Age=0');
    expect((await asked(cookie)).statusCode).toBe(401);
  });
});

describe('a wrong token', () => {
  it('opens nothing, and too many of those are told to wait', async () => {
    const one = async () =>
      desk.app.inject({ method: 'POST', url: '/api/session', payload: { token: `shouli_${'x'.repeat(43)}` } });
    expect((await one()).statusCode).toBe(401);
    const answers = await Promise.all(Array.from({ length: 40 }, one));
    expect(answers.map(({ statusCode }) => statusCode)).toContain(429);
    expect((await asked(await signIn('triage'))).statusCode).toBe(200); // the right one always opens
  });
});
