import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Today } from '../../../src/casework/today.ts';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

let desk: Desk;
let mails: ReceivedMail[];
beforeAll(async () => {
  desk = await openDesk();
  mails = [];
  for (let n = 0; n < 4; n += 1) {
    mails.push(await desk.receiveMail({ subject: `第${String(n)}封` }, { verdict: { urgent: n === 0 } }));
  }
});
afterAll(() => desk.close());

type Shown = Omit<Today, 'due'> & { readonly due: readonly { readonly caseId: number; readonly dueAt: string }[] };

async function today(persona: 'triage' | 'operator' = 'triage'): Promise<Shown> {
  const response = await desk.as(persona, { url: '/api/today' });
  expect(response.statusCode).toBe(200);
  return response.json<Shown>();
}

/** As if the first clock of a case ended then. */
async function dueIn(caseId: number | undefined, interval: string): Promise<void> {
  const at = sql`now() + ${interval}::interval`;
  await sql`update deadlines set due_at = ${at} where case_id = ${caseId} and kind = 'TRIAGE'`.execute(
    desk.database.db,
  );
  await sql`update cases set next_due_at = ${at} where id = ${caseId}`.execute(desk.database.db);
}

describe('the start page', () => {
  it('counts what waits for the viewer, and his own drafts only', async () => {
    await desk.as('operator', {
      method: 'PUT',
      url: '/api/call-drafts/0b6f6a52-6f0e-4d5c-8f5e-1f9a3f0d2c11',
      payload: { version: 0, form: { text: '正在说' } },
    });
    expect((await today('operator')).waiting).toMatchObject({ unconfirmed: 4, urgent: 1, drafts: 1 });
    expect((await today('triage')).waiting).toMatchObject({ unconfirmed: 4, urgent: 1, drafts: 0 });
  });

  it('tells what is overdue from what is due soon, and lists the clocks that end first', async () => {
    const before = (await today()).waiting;
    await dueIn(mails[0]?.caseId, '-3 days');
    await dueIn(mails[1]?.caseId, '10 minutes');
    const { waiting, due } = await today();
    expect(waiting.overdue).toBe(before.overdue + 1);
    expect(waiting.dueSoon).toBeGreaterThanOrEqual(1);
    expect(due.length).toBeLessThanOrEqual(10);
    expect(due[0]).toMatchObject({
      caseId: mails[0]?.caseId,
      subject: '第0封',
      clock: { code: 'TRIAGE', name: '分拣确认' },
      overdue: true,
      legal: false,
    });
    expect(due[1]).toMatchObject({ caseId: mails[1]?.caseId, overdue: false });
    expect(due.map(({ dueAt }) => dueAt)).toEqual(due.map(({ dueAt }) => dueAt).toSorted());
  });

  it('counts what came in by hour and by day', async () => {
    const { hours, days } = (await today()).intake;
    expect([hours.length, days.length]).toEqual([24, 14]);
    for (const bars of [hours, days]) expect(bars.reduce((sum, { email }) => sum + email, 0)).toBe(4);
  });

  it('counts letters that wait, and those that a person has to look after', async () => {
    const { letters } = await today();
    expect(letters.waiting).toBeGreaterThan(0);
    await sql`insert into tasks (kind, reason, case_id) values ('delivery-failed', 'bounced', ${mails[2]?.caseId})`.execute(
      desk.database.db,
    );
    const after = await today();
    expect(after.letters.problems).toBe(letters.problems + 1);
    expect(after.health).toContainEqual(
      expect.objectContaining({ part: 'letters', state: 'warning', code: 'letters.problems' }),
    );
  });

  it('says what is wrong with the mailbox and what to do', async () => {
    await sql`insert into mail_folders (mailbox, path, last_polled_at, last_error)
      values ('imap.example', 'INBOX', now(), 'imap.refused-login')`.execute(desk.database.db);
    expect((await today()).health[0]).toMatchObject({ part: 'mailbox', state: 'failing', code: 'imap.refused-login' });
  });

  it('leaves out what the viewer may not see, in every count', async () => {
    await sql`create or replace view visible_cases as
      select u.id as viewer_id, c.id as case_id from users u cross join cases c
      where u.disabled_at is null and u.id <> ${sql.lit(desk.viewer('triage').userId)}`.execute(desk.database.db);
    const { waiting, due, intake, letters } = await today();
    expect(waiting).toEqual({
      unconfirmed: 0,
      urgent: 0,
      dueToday: 0,
      dueSoon: 0,
      overdue: 0,
      openTasks: 0,
      drafts: 0,
    });
    expect(due).toEqual([]);
    expect(intake.days.reduce((sum, { email, phone }) => sum + email + phone, 0)).toBe(0);
    expect(letters).toEqual({ sentToday: 0, waiting: 0, problems: 0 });
  });
});
