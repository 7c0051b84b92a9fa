import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from '../integration/http/desk.ts';

const LIMIT = 5;
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk({ limits: { failedTokensPerMinute: LIMIT } });
});
afterAll(() => desk.close());

function knock(authorization: string | null, remoteAddress: string) {
  return desk.app.inject({
    url: '/api/tasks',
    remoteAddress,
    headers: authorization === null ? {} : { authorization },
  });
}

const guess = () => `Bearer shouli_${randomBytes(32).toString('base64url')}`;

describe('a token', () => {
  it('that is wrong too often from one place is slowed down, and the right one beside it is not', async () => {
    const statuses = [];
    for (let n = 0; n < LIMIT + 3; n += 1) statuses.push((await knock(guess(), '192.0.2.1')).statusCode);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect((await knock(guess(), '192.0.2.1')).headers['retry-after']).toBe('60');
    expect((await knock(`Bearer ${desk.token('triage') ?? ''}`, '192.0.2.1')).statusCode).toBe(200);
    expect((await knock(guess(), '192.0.2.2')).statusCode).toBe(401);
  });

  it('is not believed from a header that says where it comes from', async () => {
    for (let n = 0; n <= LIMIT; n += 1) await knock(guess(), '192.0.2.3');
    const headers = { authorization: guess(), 'x-forwarded-for': '198.51.100.9', forwarded: 'for=198.51.100.9' };
    const response = await desk.app.inject({ url: '/api/tasks', remoteAddress: '192.0.2.3', headers });
    expect(response.statusCode).toBe(429);
  });

  it.each([
    ['missing', null],
    ['empty', 'Bearer '],
    ['under another scheme', 'Basic c2hvdWxpOng='],
    ['without a scheme', 'shouli_x'],
    ['in two parts', 'Bearer shouli_a b'],
    ['very long', `Bearer shouli_${'x'.repeat(8_000)}`],
    ['with SQL in it', "Bearer shouli_' or 1=1--"],
  ])('%s opens nothing', async (what, authorization) => {
    expect((await knock(authorization, `198.51.100.${String(what.length)}`)).statusCode).toBe(401);
  });

  it('is taken whatever the case of the scheme, and only from the header', async () => {
    const token = desk.token('triage') ?? '';
    expect((await knock(`bearer ${token}`, '203.0.113.1')).statusCode).toBe(200);
    const elsewhere = await desk.app.inject({
      url: `/api/tasks?token=${token}&access_token=${token}`,
      headers: { cookie: `token=${token}` },
      remoteAddress: '203.0.113.2',
    });
    expect(elsewhere.statusCode).toBe(401);
  });

  it('that was revoked, or whose user was disabled, is wrong from the next request on', async () => {
    const token = `Bearer ${desk.token('operator') ?? ''}`;
    expect((await knock(token, '203.0.113.3')).statusCode).toBe(200);
    const { userId } = desk.viewer('operator');
    const { db } = desk.database;
    await db.updateTable('users').set({ disabled_at: new Date() }).where('id', '=', userId).execute();
    expect((await knock(token, '203.0.113.3')).statusCode).toBe(401);
    await db.updateTable('users').set({ disabled_at: null }).where('id', '=', userId).execute();
    expect((await knock(token, '203.0.113.3')).statusCode).toBe(200);
    await db.updateTable('api_tokens').set({ revoked_at: new Date() }).where('user_id', '=', userId).execute();
    expect((await knock(token, '203.0.113.3')).statusCode).toBe(401);
  });
});
