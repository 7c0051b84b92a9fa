import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk, type Persona } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

type Saved = { id: number; name: string; filter: Record<string, string>; shared: boolean; by: { id: number } };

const keep = (who: Persona, payload: object) => desk.as(who, { method: 'POST', url: '/api/saved-filters', payload });
const listed = async (who: Persona): Promise<Saved[]> =>
  (await desk.as(who, { url: '/api/saved-filters' })).json<{ filters: Saved[] }>().filters;
const drop = (who: Persona, id: number) => desk.as(who, { method: 'DELETE', url: `/api/saved-filters/${String(id)}` });

describe('a saved filter', () => {
  it('comes back as the address of the queue has it, to its owner alone', async () => {
    const filter = { category: '4', urgent: 'true', view: 'mine', unit: 'FIN' };
    expect((await keep('triage', { name: '我的紧急件', filter, shared: false })).statusCode).toBe(200);
    expect(await listed('triage')).toMatchObject([{ name: '我的紧急件', filter, shared: false }]);
    expect(await listed('operator')).toEqual([]);
    const { statusCode } = await desk.as('triage', { url: '/api/cases', query: filter });
    expect(statusCode).toBe(200);
  });

  it('of the same name is replaced', async () => {
    await keep('discipline', { name: '检举', filter: { lane: 'accusation' }, shared: false });
    await keep('discipline', { name: ' 检举 ', filter: { lane: 'sealed' }, shared: false });
    expect(await listed('discipline')).toMatchObject([{ name: '检举', filter: { lane: 'sealed' } }]);
  });

  it('is shared by a supervisor and by nobody else, and only its owner throws it away', async () => {
    const shared = { name: '超期', filter: { overdue: 'true' }, shared: true };
    const refused = await keep('triage', shared);
    expect([refused.statusCode, refused.json()]).toMatchObject([422, { reason: 'sharing-is-for-supervisors' }]);
    const { id } = (await keep('supervisor', shared)).json<{ id: number }>();
    expect((await listed('operator')).map((one) => one.id)).toEqual([id]);
    expect((await drop('operator', id)).statusCode).toBe(404);
    expect((await drop('supervisor', id)).statusCode).toBe(204);
    expect(await listed('operator')).toEqual([]);
  });

  it.each([
    ['what was searched', { search: '张某' }],
    ['what the queue does not know', { colour: 'red' }],
    ['a value that the queue refuses', { category: '9' }],
    ['nothing', {}],
  ])('holds no filter with %s', async (_, filter) => {
    const answer = await keep('triage', { name: '不行', filter, shared: false });
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { code: 'input.invalid' }]);
  });

  it('is one of fifty at most, and replacing one needs no room', async () => {
    const name = (n: number) => `第${String(n)}个`;
    const filter = { urgent: 'true' };
    for (let n = 0; n < 50; n += 1) await keep('operator', { name: name(n), filter, shared: false });
    expect((await keep('operator', { name: name(50), filter, shared: false })).json()).toMatchObject({
      reason: 'too-many-filters',
    });
    expect((await keep('operator', { name: name(7), filter, shared: false })).statusCode).toBe(200);
    expect(await listed('operator')).toHaveLength(50);
  });
});
