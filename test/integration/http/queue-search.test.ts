import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recipientKeys } from '../../../src/casework/acknowledge.ts';
import { searchTerms } from '../../../src/casework/search-terms.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import { openDesk, type Desk } from './desk.ts';

type Mark = { readonly start: number; readonly end: number };
type Row = {
  readonly id: number;
  readonly number: string;
  readonly subject: string;
  readonly snippet: string;
  readonly marks: { readonly subject: readonly Mark[]; readonly snippet: readonly Mark[] };
};

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

async function search(text: string, query: Readonly<Record<string, string>> = {}): Promise<readonly Row[]> {
  const response = await desk.as('triage', { url: '/api/cases', query: { search: text, limit: '200', ...query } });
  expect(response.statusCode).toBe(200);
  return response.json<{ rows: Row[] }>().rows;
}

/** In the order of their ids. */
const idsOf = async (text: string): Promise<readonly number[]> =>
  (await search(text)).map(({ id }) => id).toSorted((a, b) => a - b);

describe('a search of the queue', () => {
  it('marks the words in subject and text, whatever width and case they were written in', async () => {
    const text = `${'前面的话很长，'.repeat(40)}学校要求全班购买ＡＰＰ会员，不买就不能交作业。`;
    const { caseId } = await desk.receiveMail({ subject: '强制购买App会员', text });
    const [row] = await search('app会员');
    expect(row?.id).toBe(caseId);
    const marked = (of: 'subject' | 'snippet') => row?.marks[of].map(({ start, end }) => row[of].slice(start, end));
    expect(marked('subject')).toEqual(['App会员']);
    expect(marked('snippet')).toEqual(['ＡＰＰ会员']);
    expect(row?.snippet).toMatch(/^….*前面的话很长，学校要求全班购买ＡＰＰ会员，不买就不能交作业。$/u);
  });

  it('needs every word, in one text, in any order', async () => {
    const { caseId } = await desk.receiveMail({ subject: '琉璃河中学', text: '食堂涨价以后没有公示。' });
    await desk.receiveMail({ subject: '琉璃河小学', text: '校车晚点。' });
    expect(await idsOf('涨价 琉璃')).toEqual([caseId]);
    expect(await idsOf('琉璃 校车 涨价')).toEqual([]);
    expect(await idsOf('琉璃河中')).toEqual([caseId]);
    expect(await idsOf('琉璃中学')).toEqual([]);
  });

  it('looks into notes as well, and shows the stretch of the note', async () => {
    const { caseId } = await desk.receiveMail({ subject: '无题', text: '请回电。' });
    const noted = await desk.as('triage', {
      method: 'POST',
      url: `/api/cases/${caseId}/notes`,
      payload: { text: '已与来信人核实：所说的是鸢尾班的伙食费。' },
    });
    expect(noted.statusCode).toBe(200);
    const [row, ...rest] = await search('鸢尾');
    expect(rest).toEqual([]);
    expect(row).toMatchObject({ id: caseId, snippet: '已与来信人核实：所说的是鸢尾班的伙食费。' });
    expect(row?.marks.snippet).toEqual([{ start: 12, end: 14 }]);
  });

  it('finds cases by the name of their unit', async () => {
    const { caseId } = await desk.receiveMail({ text: '成绩复核没有答复。' }, { verdict: { unit: 'EXAM' } });
    expect(await idsOf('教育考试院')).toEqual([caseId]);
  });

  it("finds what a person sent by the mail address that was looked through for links, and by nobody else's", async () => {
    const { caseId } = await desk.receiveMail({ text: '我的毕业证丢了。' });
    const { rows } = await sql<{ key: Buffer }>`
      insert into case_keys (case_id, kind, key)
      select ${caseId}, 'sender', ${recipientKeys(createSealer(Buffer.alloc(32, 7)), 'li@example.org').recipientKey}
      returning key`.execute(desk.database.db);
    expect(rows).toHaveLength(1);
    expect(await idsOf('Li@example.org')).toEqual([caseId]);
    expect(await idsOf('liu@example.org')).toEqual([]);
  });

  it('knows the pairs of any text as the index of texts does', async () => {
    const text = fc.string({
      unit: fc.constantFrom('收', '费', '𬭎', '😀', 'a', 'Ｂ', ' ', '\n', '㎡', '1', '，'),
      maxLength: 40,
    });
    await fc.assert(
      fc.asyncProperty(text, async (words) => {
        const { rows } = await sql<{ pairs: number[] }>`select search_pairs(${words}) as pairs`.execute(
          desk.database.db,
        );
        expect(new Set(rows[0]?.pairs)).toEqual(new Set(searchTerms(words)));
      }),
      { numRuns: 200 },
    );
  });
});
