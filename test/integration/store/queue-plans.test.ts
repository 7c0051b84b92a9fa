import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSearch } from '../../../src/casework/queue-search.ts';
import type { QueueFilter } from '../../../src/casework/views.ts';
import type { Viewer } from '../../../src/domain/vocabulary.ts';
import { createSealer } from '../../../src/platform/sealing.ts';
import { readCase } from '../../../src/store/case-view.ts';
import { openDatabase, type OpenDatabase } from '../../../src/store/database.ts';
import { countQueue, listQueue } from '../../../src/store/queue-list.ts';
import { findPage } from '../../../src/store/queue-search.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { fillQueue } from '../../support/fill-queue.ts';

const CASES = 20_000;
const SENTENCES = Array.from(
  { length: 200 },
  (_, n) => `第${String(n)}件事：学校收取补课费${String(n * 37)}元，没有公示，电话没有人接。`,
);
const ENDS = { soon: new Date(0) };
const OFFICE: Viewer = { userId: 2, role: 'triage' };
const knowledge = { sealer: createSealer(Buffer.alloc(32, 7)), unitsNamed: () => ['EXAM'] };

let test: TestDatabase;
let database: OpenDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  database = openDatabase(test.url, { max: 1, applicationName: 'shouli-test' }); // one session, whose counters are read
  await fillQueue(database.db, CASES, SENTENCES);
});
afterAll(async () => {
  await database.close();
  await test.drop();
});

/** Rows of `cases` that were read from one end of the table to the other so far. */
async function readThrough(): Promise<number> {
  await sql`select pg_stat_force_next_flush()`.execute(database.db);
  const { rows } = await sql<{ read: number }>`
    select seq_tup_read::int as read from pg_stat_user_tables where relname = 'cases'`.execute(database.db);
  return rows[0]?.read ?? -1;
}

async function rowsReadBy(work: () => Promise<unknown>): Promise<number> {
  const before = await readThrough();
  await work();
  return (await readThrough()) - before;
}

describe('with twenty thousand cases', () => {
  it('a count of all reads the table, so that the cases below can fail', async () => {
    expect(await rowsReadBy(() => sql`select count(*) from cases where version > 0`.execute(database.db))).toBe(CASES);
  });

  it.each<QueueFilter>([
    {},
    { urgent: true },
    { overdue: true },
    { confirmed: false },
    { unit: 'EXAM' },
    { assignedUnit: 'EXAM' },
    { state: 'TRIAGE' },
    { unit: 'EXAM', overdue: true },
    { search: '补课' },
    { search: '第199件' },
    { search: '没有公示 补课', unit: 'EXAM' },
    { search: '000000042' },
    { search: 'li@example.org', confirmed: false },
  ])('the queue filtered by %j is listed and counted without reading all cases', async (filter) => {
    const search = filter.search === undefined ? null : readSearch(knowledge, filter.search);
    const page = { limit: 50, after: null, ...ENDS };
    expect(await rowsReadBy(() => listQueue(database.db, OFFICE, filter, page, search))).toBe(0);
    expect(await rowsReadBy(() => countQueue(database.db, OFFICE, filter, ENDS, search))).toBe(0);
    if (search === null) return;
    const limits = { common: 0, walked: 15_000 };
    expect(await rowsReadBy(() => findPage(database.db, OFFICE, filter, page, search, limits))).toBe(0);
  });

  // Counting an eighth of a table as small as this, PostgreSQL rightly reads it; a page of it is another matter.
  it.each<QueueFilter>([{ category: 3 }, { lane: 'sealed' }, { lane: 'sealed', category: 3 }])(
    'a page of what %j leaves is read without reading all cases',
    async (filter) => {
      const page = { limit: 50, after: null, ...ENDS };
      expect(await rowsReadBy(() => listQueue(database.db, OFFICE, filter, page, null))).toBe(0);
    },
  );

  it('one case is read without reading all', async () => {
    expect(await rowsReadBy(() => readCase(database.db, OFFICE, 4_242))).toBe(0);
  });
});
