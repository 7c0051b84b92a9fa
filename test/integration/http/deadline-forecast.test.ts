import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

type Step = {
  readonly caseId: number;
  readonly numberShown: string | null;
  readonly clock: { readonly code: string; readonly name: string };
  readonly step: { readonly code: string; readonly name: string };
  readonly effect: { readonly code: string };
  readonly firesAt: string;
};
type Forecast = {
  readonly from: string;
  readonly until: string;
  readonly steps: readonly Step[];
  readonly more: boolean;
};

let desk: Desk;
let mail: ReceivedMail;
beforeAll(async () => {
  desk = await openDesk();
  mail = await desk.receiveMail({});
});
afterAll(() => desk.close());

const ask = (query: string) => desk.as('operator', { url: `/api/deadlines/forecast${query}` });

describe('GET /api/deadlines/forecast', () => {
  it('lists what the clocks of a case will do, soonest first, and changes nothing', async () => {
    const before = await desk.database.db.selectFrom('deadlines').selectAll().execute();
    const response = await ask('?days=30');
    expect(response.statusCode).toBe(200);
    const { steps, more } = response.json<Forecast>();
    expect(more).toBe(false);
    expect(steps.every(({ caseId }) => caseId === mail.caseId)).toBe(true);
    expect(steps.map(({ clock, step }) => `${clock.code} ${step.code}`)).toEqual(
      expect.arrayContaining(['TRIAGE urge', 'NOTICE15 warn', 'NOTICE15 urge']),
    );
    expect(steps.map(({ firesAt }) => firesAt)).toEqual(steps.map(({ firesAt }) => firesAt).toSorted());
    expect(steps[0]).toMatchObject({
      effect: { code: 'task' },
      numberShown: expect.stringMatching(/^\d{3} \d{3} \d{3}$/u),
    });
    expect(await desk.database.db.selectFrom('deadlines').selectAll().execute()).toEqual(before);
    expect(await desk.database.db.selectFrom('ladder_firings').selectAll().execute()).toEqual([]);
  });

  it('looks 14 days ahead unless told otherwise', async () => {
    const { from, until } = (await ask('')).json<Forecast>();
    expect(Date.parse(until) - Date.parse(from)).toBe(14 * 86_400_000);
  });

  it.each(['?days=0', '?days=91', '?days=1.5', '?days=', '?to=2', '?days=1&days=2'])('refuses %s', async (query) => {
    expect((await ask(query)).statusCode).toBe(400);
  });
});
