import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

const TOLD = '榆中县第九中学高二年级寒假补课，每名学生收取六百元，不给收据，家长不敢不交，请你们查一查。';
const AGAIN = '我反映榆中县第九中学，寒假给高二年级补课，每名学生收取六百元，没有收据。';
const OTHER = '幼儿园食堂的饭菜不新鲜，孩子连着两天拉肚子，园长一直没有给家长解释，希望尽快处理。';
let desk: Desk;
let first: ReceivedMail;
let other: ReceivedMail;
beforeAll(async () => {
  desk = await openDesk();
  first = await desk.receiveMail({ subject: '反映补课收费', text: TOLD });
  other = await desk.receiveMail({ subject: '食堂', text: OTHER });
});
afterAll(() => desk.close());

type Row = { readonly id: number; readonly likeness: number };

async function similar(payload: object): Promise<readonly Row[]> {
  const response = await desk.as('triage', { method: 'POST', url: '/api/similar', payload });
  expect(response.statusCode).toBe(200);
  return response.json<{ rows: readonly Row[] }>().rows;
}

describe('cases that are alike', () => {
  it('are found by a text that tells the same in other words', async () => {
    const [row, ...rest] = await similar({ text: AGAIN });
    expect(row).toMatchObject({ id: first.caseId, subject: '反映补课收费', snippet: TOLD, state: { name: '待受理' } });
    expect(row?.likeness).toBeGreaterThan(0.6);
    expect(rest).toEqual([]);
  });

  it('are not what is told in the same manner about something else', async () => {
    expect(await similar({ text: '小学门口的红绿灯坏了，过马路的孩子很多，希望尽快处理，给家长一个解释。' })).toEqual(
      [],
    );
  });

  it('leave out the case that is looked at itself', async () => {
    expect((await similar({ text: OTHER })).map(({ id }) => id)).toEqual([other.caseId]);
    expect(await similar({ text: OTHER, excludeCaseId: other.caseId })).toEqual([]);
  });

  it('are none for a few words, for no words, and for marks only', async () => {
    for (const text of ['', '您好', '。。。。，，，，！！！！', ' \n'.repeat(1_000)])
      expect(await similar({ text })).toEqual([]);
  });

  it('are at most five, the likest first, each case once', async () => {
    for (let n = 0; n < 7; n += 1)
      await desk.receiveMail({ subject: `第${String(n)}次`, text: `${TOLD}第${String(n)}次来信。` });
    const rows = await similar({ text: TOLD });
    expect(rows.length).toBe(5);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(5);
    expect(rows.map((row) => row.likeness)).toEqual(rows.map((row) => row.likeness).toSorted((a, b) => b - a));
  });

  it('are never those that the viewer may not see, however alike', async () => {
    await sql`create or replace view visible_cases as
      select u.id as viewer_id, c.id as case_id from users u cross join cases c
      where u.disabled_at is null and (u.id <> ${sql.lit(desk.viewer('triage').userId)} or c.id = ${sql.lit(other.caseId)})`.execute(
      desk.database.db,
    );
    expect(await similar({ text: TOLD })).toEqual([]);
    expect((await similar({ text: OTHER })).map(({ id }) => id)).toEqual([other.caseId]);
  });
});
