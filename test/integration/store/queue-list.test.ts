import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { fold } from '../../../src/casework/search-terms.ts';
import { readSearch } from '../../../src/casework/queue-search.ts';
import type { QueueFilter, QueueRow } from '../../../src/casework/views.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import { openDatabase, type OpenDatabase } from '../../../src/store/database.ts';
import { countQueue, listQueue } from '../../../src/store/queue-list.ts';
import { findPage } from '../../../src/store/queue-search.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fillQueue } from '../../support/fill-queue.ts';

const SENTENCES = [
  '学校收取补课费，不给收据。',
  '食堂饭菜价格高，质量差。',
  '教师职称评审结果没有公示。',
  '校车经常晚点，电话没有人接。',
  '转学手续办了三个月，窗口让我们来回跑。',
  '助学贷款的材料退回三次，每次理由都不一样。',
];
const WORDS = [
  '收费',
  '补课',
  '补课费',
  '职称',
  '公示',
  '电话',
  '已电话联系',
  '没有',
  '三个月 窗口',
  '收据 食堂',
  '处室',
  '校车',
  '无此字',
  '教育考试院',
];
const ENDS = { soon: new Date(0) };
const OFFICE: Viewer = { userId: 2, role: 'triage' };
const knowledge = {
  sealer: createSealer(Buffer.alloc(32, 7)),
  unitsNamed: (name: string) => (name === '教育考试院' ? ['EXAM'] : []),
};

let test: TestDatabase;
let database: OpenDatabase;
afterAll(async () => {
  await database.close();
  await test.drop();
});

async function fill(cases: number): Promise<void> {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 1, applicationName: 'shouli-test' }); // one session, whose counters are read below
  await fillQueue(database.db, cases, SENTENCES);
}

type Told = QueueRow & { readonly texts: readonly string[] };

/** Everything, read as plainly as can be. */
async function readAll(): Promise<readonly Told[]> {
  const { rows } = await sql<Told>`
    select c.id, c.number, c.state, c.category, c.lane, c.unit, c.urgent, c.confirmed, c.assigned_unit as "assignedUnit",
           c.next_due_at as "nextDueAt", coalesce(c.next_due_at <= now(), false) as overdue,
           array(select x.subject || E'\\n' || x.body from intake_items i join item_texts x on x.item_id = i.id where i.case_id = c.id
                 union all select n.text from notes n where n.case_id = c.id) as texts
    from cases c`.execute(database.db);
  return rows;
}

function order({ urgent, nextDueAt, id }: Told): readonly number[] {
  return [urgent && nextDueAt !== null ? 0 : 1, nextDueAt?.getTime() ?? Number.MAX_SAFE_INTEGER, id];
}

function model(all: readonly Told[], filter: QueueFilter): readonly Told[] {
  const { search, ...equal } = filter;
  const words = fold(search ?? '').split(' ');
  const found = (row: Told): boolean =>
    search === undefined ||
    row.number === search ||
    row.texts.some((text) => words.every((word) => fold(text).includes(word))) ||
    knowledge.unitsNamed(search).some((unit) => unit === row.unit || unit === row.assignedUnit);
  return all
    .filter((row) => found(row) && Object.entries(equal).every(([name, value]) => row[name as keyof Told] === value))
    .toSorted((a, b) => {
      const [x, y] = [order(a), order(b)];
      const n = x.findIndex((value, k) => value !== y[k]);
      return (x[n] ?? 0) - (y[n] ?? 0);
    });
}

const maybe = <T>(...values: readonly T[]) => fc.option(fc.constantFrom(...values), { nil: undefined, freq: 1 });
const anyFilter = fc
  .record({
    search: fc.option(fc.constantFrom(...WORDS, '000000007'), { nil: undefined, freq: 3 }),
    category: maybe<QueueFilter['category']>(1, 4, 8),
    unit: maybe('BASIC', 'EXAM'),
    lane: maybe<QueueFilter['lane']>('request', 'sealed'),
    state: maybe<QueueFilter['state']>('TRIAGE', 'ARCHIVED'),
    urgent: maybe(true, false),
    confirmed: maybe(true, false),
    overdue: maybe(true, false),
  })
  .map(
    (filter) => Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as QueueFilter,
  );

describe('the queue of a few hundred cases', () => {
  beforeAll(() => fill(500));

  it('lists, pages and counts as a plain look at every case does, whatever is searched and filtered', async () => {
    const all = await readAll();
    const seen = { rows: 0, walked: 0 };
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        fc.integer({ min: 1, max: 40 }),
        fc.nat({ max: 60 }),
        async (filter, limit, offset) => {
          const expected = model(all, filter);
          const ids = expected.slice(offset, offset + limit).map(({ id }) => id);
          const search = filter.search === undefined ? null : readSearch(knowledge, filter.search);
          const rows = await listQueue(database.db, OFFICE, filter, { limit, offset, after: null, ...ENDS }, search);
          expect(rows.map(({ id }) => id)).toEqual(ids);
          seen.rows += rows.length;
          const last = expected[offset];
          if (last !== undefined) {
            const after = { urgent: last.urgent, dueAt: last.nextDueAt?.toISOString() ?? null, id: last.id };
            const next = await listQueue(database.db, OFFICE, filter, { limit, after, ...ENDS }, search);
            expect(next.map(({ id }) => id)).toEqual(
              expected.slice(offset + 1, offset + 1 + limit).map(({ id }) => id),
            );
          }
          expect(await countQueue(database.db, OFFICE, filter, ENDS, search)).toEqual({
            total: expected.length,
            urgent: expected.filter(({ urgent }) => urgent).length,
            unconfirmed: expected.filter(({ confirmed }) => !confirmed).length,
            overdue: expected.filter(({ overdue }) => overdue).length,
            more: { total: false, urgent: false, unconfirmed: false, overdue: false },
          });
          if (search === null) return;
          // Common words are met by walking the queue: it comes to the same, wherever the walk gives up.
          for (const walked of [25, 1_000]) {
            const page = { limit, offset, after: null, ...ENDS };
            expect(await findPage(database.db, OFFICE, filter, page, search, { common: 0, walked })).toEqual(ids);
            seen.walked += ids.length;
          }
        },
      ),
      { numRuns: 150 },
    );
    expect(seen.rows).toBeGreaterThan(100);
    expect(seen.walked).toBeGreaterThan(100);
  });
});
