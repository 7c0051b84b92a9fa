import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
let caseId: number;
beforeAll(async () => {
  desk = await openDesk();
  ({ caseId } = await desk.receiveMail({}));
});
afterAll(() => desk.close());

type Persona = 'triage' | 'operator' | 'supervisor';
type Order = { type: string; closed: { code: string; name: string } | null; fields: { path: string }[] };

async function ordersFor(persona: Persona) {
  const answer = await desk.as(persona, { url: `/api/cases/${String(caseId)}/orders` });
  expect(answer.statusCode, answer.body).toBe(200);
  const { version, orders } = answer.json<{ version: number; orders: Order[] }>();
  return { version, of: (type: string) => orders.find((one) => one.type === type), count: orders.length };
}

const send = (persona: Persona, url: string, payload: object) => desk.as(persona, { method: 'POST', url, payload });

describe('the orders of a case', () => {
  it('are all there, each open or closed with a sentence, and follow what is done', async () => {
    const before = await ordersFor('triage');
    expect(before.count).toBe(33);
    expect(before.of('accept')).toMatchObject({ name: '受理', closed: { code: 'not-confirmed' }, fields: [] });
    expect(before.of('accept')?.closed?.name).toMatch(/请先确认/u);
    const url = `/api/cases/${String(caseId)}`;
    await send('triage', `${url}/confirm`, { version: before.version, accusedUnits: [] });
    const confirmed = await ordersFor('triage');
    expect(confirmed.of('accept')?.closed).toBeNull();
    expect(confirmed.of('refuse')?.fields.map(({ path }) => path)).toEqual(['because', 'body', 'reason']);
    expect((await ordersFor('operator')).of('accept')?.closed?.code).toBe('role-not-allowed');

    expect((await send('triage', `${url}/accept`, { version: confirmed.version })).statusCode).toBe(200);
    const accepted = await ordersFor('supervisor');
    expect(accepted.of('dispatch')?.closed).toBeNull();
    expect(accepted.of('accept')?.closed?.code).toBe('wrong-state');
  });

  it('that wait for whoever has the case in hand are closed to others, and say so', async () => {
    const url = `/api/cases/${String(caseId)}`;
    expect((await desk.as('triage', { method: 'POST', url: `${url}/claim` })).statusCode).toBe(200);
    const theirs = await ordersFor('supervisor');
    expect(theirs.of('dispatch')).toMatchObject({ closed: { code: 'claimed-by-other' }, fields: [] });
    expect(theirs.of('link')?.closed).toBeNull();
    expect((await ordersFor('triage')).of('dispatch')?.closed).toBeNull();
    expect((await send('supervisor', `${url}/take`, { version: theirs.version })).json()).toMatchObject({
      reason: 'claimed-by-other',
    });
    await desk.as('triage', { method: 'POST', url: `${url}/release` });
    expect((await ordersFor('supervisor')).of('dispatch')?.closed).toBeNull();
  });

  it('of an unknown case are not found', async () => {
    expect((await desk.as('triage', { url: '/api/cases/999999/orders' })).statusCode).toBe(404);
  });
});

describe('the documents of a case', () => {
  const list = async () =>
    (await desk.as('triage', { url: `/api/cases/${String(caseId)}/documents` })).json<{
      owed: { kind: { code: string; name: string } }[];
      documents: { id: number; acts: { act: string; closed: { code: string } | null }[] }[];
    }>();

  it('are proposed where the law asks for one, tried before they are stored, and wait for whose turn it is', async () => {
    expect((await list()).owed.map(({ kind }) => kind)).toEqual([{ code: 'acceptance', name: '受理告知书' }]);
    const tryOut = async (fields: object) =>
      (await send('triage', `/api/cases/${String(caseId)}/documents/try`, { kind: 'acceptance', fields })).json<{
        known: Record<string, string>;
        problems: { field: string; reason: string }[];
        text: string | null;
      }>();
    const empty = await tryOut({});
    expect(empty.known).toHaveProperty('caseNumber');
    expect(empty.problems).toContainEqual(expect.objectContaining({ field: 'subject', reason: 'missing' }));
    const fields = {
      subject: '资料费收取',
      acceptedOn: empty.known['acceptedOn'] ?? '',
      dueOn: empty.known['dueOn'] ?? '',
    };
    const full = await tryOut(fields);
    expect(full.problems).toEqual([]);
    expect(full.text).toContain('资料费收取');
    expect((await list()).documents).toEqual([]);

    await send('triage', `/api/cases/${String(caseId)}/documents`, { kind: 'acceptance', fields });
    const { owed, documents } = await list();
    expect(owed).toEqual([]);
    expect(documents[0]?.acts.find(({ act }) => act === 'approve')?.closed?.code).toBe('same-person');
    const waitingFor = async (persona: Persona) =>
      (await desk.as(persona, { url: '/api/documents/waiting' })).json<{ documents: { act: string }[] }>().documents;
    expect(await waitingFor('triage')).toEqual([]);
    expect((await waitingFor('supervisor')).map(({ act }) => act)).toEqual(['approve']);
    const id = documents[0]?.id ?? 0;
    await send('supervisor', `/api/documents/${String(id)}/approve`, { version: 1 });
    expect((await waitingFor('supervisor')).map(({ act }) => act)).toEqual(['sign']);
    await send('supervisor', `/api/documents/${String(id)}/sign`, { version: 2 });
    expect((await waitingFor('triage')).map(({ act }) => act)).toEqual(['deliver']);
    const shown = await desk.as('triage', { url: `/api/documents/${String(id)}/pdf?show=true` });
    expect(shown.headers['content-disposition']).toBe('inline');
  });
});
