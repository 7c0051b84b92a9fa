import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDesk, type Desk } from './desk.ts';
import type { ReceivedMail } from './receive-mail.ts';

type Row = { id: number; number: string; urgent: boolean; nextDueAt: string | null; subject: string; snippet: string };
type Page = { rows: Row[]; next: string | null };

let desk: Desk;
let mails: ReceivedMail[];
const CASES = 25;
beforeAll(async () => {
  desk = await openDesk();
  mails = [];
  for (let n = 0; n < CASES; n += 1) {
    mails.push(
      await desk.receiveMail(
        { subject: `来件 ${String(n)}`, text: n % 5 === 0 ? '食堂饭菜变质，学生腹泻' : '百分之50%_\\ 退费无人理睬' },
        { verdict: { urgent: n % 5 === 0, category: n % 2 === 0 ? 4 : 5 } },
      ),
    );
  }
});
afterAll(() => desk.close());

async function page(query: Readonly<Record<string, string>>): Promise<Page> {
  const response = await desk.as('operator', { url: '/api/cases', query });
  expect(response.statusCode).toBe(200);
  return response.json<Page>();
}

async function allPages(query: Readonly<Record<string, string>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | null = ''; after !== null;) {
    const { rows: more, next }: Page = await page(after === '' ? query : { ...query, after });
    rows.push(...more);
    after = next;
  }
  return rows;
}

describe('the queue', () => {
  it('comes page by page without leaving a case out or showing one twice, at every page size', async () => {
    const whole = (await page({ limit: '200' })).rows.map(({ id }) => id);
    expect(whole.toSorted((a, b) => a - b)).toEqual(mails.map(({ caseId }) => caseId));
    for (const limit of ['1', '4', '5', '24', '25']) {
      expect((await allPages({ limit })).map(({ id }) => id)).toEqual(whole);
    }
  });

  it('opens anywhere: passing rows over gives what paging would have come to', async () => {
    const whole = (await page({ limit: '200' })).rows.map(({ id }) => id);
    for (const offset of [0, 1, 5, 24, 25, 9_999_999]) {
      const { rows } = await page({ limit: '4', offset: String(offset) });
      expect(rows.map(({ id }) => id)).toEqual(whole.slice(offset, offset + 4));
    }
  });

  it.each(['-1', '1.5', '', '10000000', 'x'])('refuses %j as a number of rows to pass over', async (offset) => {
    const response = await desk.as('operator', { url: '/api/cases', query: { offset } });
    expect(response.json()).toMatchObject({ code: 'input.invalid', fields: [{ field: 'offset' }] });
  });

  it('says the working days left on every row that has a deadline', async () => {
    const { rows } = await page({ limit: '200' });
    const { clocks } = (await desk.as('triage', { url: `/api/cases/${String(rows[0]?.id)}` })).json<{
      clocks: { dueAt: string; state: { code: string }; workingDaysLeft: number }[];
    }>();
    const next = clocks.find(({ dueAt, state }) => state.code === 'armed' && dueAt === rows[0]?.nextDueAt);
    expect(rows[0]).toMatchObject({ workingDaysLeft: next?.workingDaysLeft ?? 'a clock is armed' });
  });

  it('begins with what is urgent, then goes by the earliest running deadline', async () => {
    const { rows } = await page({ limit: '200' });
    const keys = rows.map(({ urgent, nextDueAt, id }) => [urgent ? 0 : 1, nextDueAt ?? '9', id] as const);
    expect(keys).toEqual(keys.toSorted((a, b) => a[0] - b[0] || a[1].localeCompare(b[1]) || a[2] - b[2]));
    expect(rows.filter(({ urgent }) => urgent)).toHaveLength(5);
  });

  it.each([
    [{ urgent: 'true' }, 5],
    [{ urgent: 'false' }, 20],
    [{ category: '4' }, 13],
    [{ category: '5', urgent: 'false' }, 10],
    [{ channel: 'phone' }, 0],
    [{ state: 'TRIAGE', confirmed: 'false', review: 'true' }, 25],
    [{ overdue: 'true' }, 0],
    [{ unit: 'BASIC', lane: 'request', kind: 'complaint' }, 25],
    [{ assignedUnit: 'BASIC' }, 0],
  ])('filtered by %j has %i rows, and its counts say the same', async (query, count) => {
    expect(await allPages({ ...query, limit: '7' })).toHaveLength(count);
    const counts = await desk.as('operator', { url: '/api/cases/counts', query });
    expect(counts.json()).toMatchObject({ total: count });
  });

  it('finds two Chinese characters in subject and text', async () => {
    expect(await allPages({ search: '腹泻' })).toHaveLength(5);
    expect(await allPages({ search: '来件 24' })).toHaveLength(1);
    expect(await allPages({ search: '不存在' })).toHaveLength(0);
  });

  it('takes wildcards and quotes of SQL literally', async () => {
    expect(await allPages({ search: '50%_\\' })).toHaveLength(20);
    for (const search of ['5%0', '%%', '__', "' or 1=1--", '\\\\', "50%'); drop table cases;--"]) {
      expect(await allPages({ search })).toHaveLength(0);
    }
  });

  it('finds a case by its number, however the digits are grouped', async () => {
    const [first] = (await page({ limit: '1' })).rows;
    const number = first?.number ?? '';
    const grouped = number.replaceAll(/(\d{3})(?=\d)/gu, '$1 ');
    expect((await allPages({ search: number })).map(({ id }) => id)).toEqual([first?.id]);
    expect((await allPages({ search: grouped })).map(({ id }) => id)).toEqual([first?.id]);
  });

  it('shows the words that an officer needs to choose', async () => {
    const { rows } = await page({ limit: '1' });
    expect(rows[0]).toMatchObject({
      state: { code: 'TRIAGE', name: '待受理' },
      channel: { code: 'email', name: '来信' },
      kind: { code: 'complaint', name: '申诉求决' },
      unit: { code: 'BASIC', name: '基础教育处' },
      snippet: '食堂饭菜变质，学生腹泻',
      overdue: false,
    });
  });

  it.each(['', 'abc', 'bnVsbA', 'WzEsMiwzXQ', Buffer.from('[true,null,-1]').toString('base64url')])(
    'refuses %j as a place in the queue',
    async (after) => {
      const response = await desk.as('operator', { url: '/api/cases', query: { after } });
      expect(response.statusCode).toBe(400);
      expect(response.json()).toMatchObject({ code: 'input.invalid', fields: [{ field: 'after' }] });
    },
  );
});
