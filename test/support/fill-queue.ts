import { sql, type RawBuilder } from 'kysely';
import { searchTerms } from '../../src/casework/search-terms.ts';
import type { Db } from '../../src/store/database.ts';

/** Rows a statement: each stays far below the limit of time that a statement has. */
const CHUNK = 20_000;
const PARAGRAPH_SENTENCES = 3;

/**
 * Cases 1 to `cases` with items, texts and notes by SQL alone, spread as an office has them after years: nearly all are closed,
 * some wait, few are urgent; a tenth have a second mail, a seventh a note. Texts are made of the sentences, the first of them most
 * often, and name one of many schools. Cases have no history: nothing that reads the journal may be asked about them.
 */
export async function fillQueue(
  db: Db,
  cases: number,
  sentences: readonly string[],
  onProgress: (filled: number) => void = () => undefined,
): Promise<void> {
  await createWords(db, sentences, Math.min(20_000, cases));
  for (let from = 1; from <= cases; from += CHUNK) {
    const to = Math.min(cases, from + CHUNK - 1);
    await fillCases(db, from, to);
    await fillItems(db, from, to, cases);
    await fillNotes(db, from, to);
    onProgress(to);
  }
  await sql`drop table fill_words`.execute(db);
  for (const table of ['cases', 'intake_items', 'notes'])
    await sql`select setval(pg_get_serial_sequence(${table}, 'id'), ${cases * 2 + 1})`.execute(db);
  for (const table of ['cases', 'intake_items', 'item_texts', 'notes'])
    await sql`analyze ${sql.table(table)}`.execute(db);
}

/** What texts are made of, with the pairs that the index of texts has of them. */
async function createWords(db: Db, sentences: readonly string[], schools: number): Promise<void> {
  await sql`create table fill_words (kind text, n int, text text, pairs int[], primary key (kind, n))`.execute(db);
  const paragraphs = sentences.map((_, n) =>
    Array.from({ length: PARAGRAPH_SENTENCES }, (__, k) => sentences[(n * (k * k + 1) + k) % sentences.length]).join(
      '\n',
    ),
  );
  const names = Array.from({ length: schools }, (_, n) => `${rareSign(n)}${rareSign(n * 7 + 3)}中学`);
  for (const [kind, texts] of Object.entries({ subject: sentences, paragraph: paragraphs, school: names })) {
    for (let from = 0; from < texts.length; from += 500) {
      const rows = texts.slice(from, from + 500).map((text, k) => ({ n: from + k, text, pairs: searchTerms(text) }));
      await sql`insert into fill_words select ${kind}, n, text, pairs
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(n int, text text, pairs int[])`.execute(db);
    }
  }
}

function rareSign(n: number): string {
  return String.fromCodePoint(0x4e00 + ((n * 7_919 + 13) % 20_000));
}

/** From 0 to below 1, the same for a row every time. */
const dice = (row: string, salt: number): RawBuilder<unknown> =>
  sql`((hashint8(${sql.ref(row)} * 64 + ${sql.lit(salt)}) & 2147483647) / 2147483648.0)`;
const oneOf = (words: readonly string[], row: string, salt: number): RawBuilder<unknown> =>
  sql`(array[${sql.join(words.map((word) => sql.lit(word)))}])[1 + floor(${dice(row, salt)} ^ 2 * ${sql.lit(words.length)})::int]`;

const UNITS = [
  'BASIC',
  'FIN',
  'TEACHER',
  'EXAM',
  'VOC',
  'HIGHER',
  'STUDENT',
  'AID',
  'PE',
  'SAFETY',
  'LANG',
  'HR',
  'DISC',
  'LAW',
];
const OPEN = ['TRIAGE', 'IN_PROGRESS', 'DISPATCHED', 'ACCEPTED', 'NEED_INFO', 'TO_REPLY'];
const CLOSED = ['ARCHIVED', 'CLOSED', 'TRANSFERRED', 'REJECTED'];
const LANES = ['request', 'non-petition', 'accusation', 'sealed'];
const KINDS = ['complaint', 'consultation', 'accusation', 'suggestion', 'other'];
/** A hundredth waits, and of a small office the first few hundred. */
const WAITS = sql`(${dice('k', 1)} < 0.01 or k <= 400)`;

async function fillCases(db: Db, from: number, to: number): Promise<void> {
  await sql`
    insert into cases (id, number, state, provisional, profile, channel, received_at, kind, category, secondary, lane, unit,
      target_level, target_name, urgent, confidence, review, confirmed, assigned_unit, version, owner, links_sought_at, next_due_at)
    select k, lpad(k::text, 9, '0'), case when waits then ${oneOf(OPEN, 'k', 2)} else ${oneOf(CLOSED, 'k', 2)} end, false, '2022',
      case when ${dice('k', 3)} < 0.6 then 'email' else 'phone' end, now() - make_interval(mins => (k / 2)::int),
      ${oneOf(KINDS, 'k', 4)}, 1 + floor(${dice('k', 5)} * 8), null, ${oneOf(LANES, 'k', 6)}, unit, 'county', '榆中县教育局',
      ${dice('k', 8)} < 0.03, 0.7, ${dice('k', 9)} < 0.3, confirmed, case when confirmed then unit end, 3, 'office', now(),
      case when waits then date_trunc('second', now()) + make_interval(hours => (${dice('k', 10)} * 1000 - 25)::int, mins => 30) end
    from (select k, ${WAITS} as waits, ${oneOf(UNITS, 'k', 7)} as unit, not ${WAITS} or ${dice('k', 11)} < 0.6 as confirmed
          from generate_series(${from}::bigint, ${to}::bigint) k) g`.execute(db);
}

/** The founding item of case n has the id n, the later mail of a tenth of them `cases` + n. */
async function fillItems(db: Db, from: number, to: number, cases: number): Promise<void> {
  const items = sql`(select k, k as id, 'case' as disposition from generate_series(${from}::bigint, ${to}::bigint) k
    union all select k, k + ${cases}::bigint, 'follow-up' from generate_series(${from}::bigint, ${to}::bigint) k where ${dice('k', 20)} < 0.1)`;
  await sql`insert into intake_items (id, channel, state, disposition, case_id, received_at, settled_at)
    select id, 'email', 'settled', disposition, k, now() - make_interval(mins => (k / 2)::int), now() from ${items} i`.execute(
    db,
  );
  const size = (kind: string) => sql`(select count(*)::int from fill_words where kind = ${kind})`;
  await sql`
    insert into item_texts (item_id, subject, body, bigrams)
    select i.id, s.text, n.text || E'\n' || a.text || E'\n' || b.text,
           array(select distinct unnest(s.pairs || n.pairs || a.pairs || b.pairs))
    from (select id, floor(${dice('id', 21)} ^ 3 * s.size)::int as s, floor(${dice('id', 22)} ^ 3 * a.size)::int as a,
                 floor(${dice('id', 23)} ^ 3 * a.size)::int as b, floor(${dice('id', 24)} * n.size)::int as n
          from ${items} i, (select ${size('subject')} as size) s, (select ${size('paragraph')} as size) a,
               (select ${size('school')} as size) n) i
    join fill_words s on s.kind = 'subject' and s.n = i.s
    join fill_words a on a.kind = 'paragraph' and a.n = i.a
    join fill_words b on b.kind = 'paragraph' and b.n = i.b
    join fill_words n on n.kind = 'school' and n.n = i.n`.execute(db);
}

async function fillNotes(db: Db, from: number, to: number): Promise<void> {
  await sql`insert into notes (case_id, by_user, text)
    select k, 2, '已电话联系来信人，转告承办处室核实。' || w.text
    from generate_series(${from}::bigint, ${to}::bigint) k
    join fill_words w on w.kind = 'subject' and w.n = floor(${dice('k', 30)} * (select count(*) from fill_words where kind = 'subject'))::int
    where ${dice('k', 31)} < 0.15`.execute(db);
}
