import { sql } from 'kysely';
import { FEWEST_TERMS, LEAST_LIKENESS, likeness, termWeight, type TermShares } from '../casework/likeness.ts';
import { searchTerms } from '../casework/search-terms.ts';
import type { SimilarCase } from '../casework/similar.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

const MOST_ROWS = 5;
/** Of a long text the beginning tells what it is about. */
const MOST_TERMS = 2_000;
/** The rarest terms find the candidates; how alike they are is computed over all terms. */
const SEEKING_TERMS = 32;
const MOST_PER_TERM = 200;
const MOST_CANDIDATES = 40;
/** PostgreSQL keeps the shares of the commonest terms; one that is not among them is rarer than all of those. */
const SHARES_KEPT_MS = 60_000;

/** Cases that the viewer may see whose text is much like this one. Never more than a suggestion. */
export async function findSimilar(
  db: Db,
  viewer: Viewer,
  text: string,
  excludeCaseId: number | null,
): Promise<SimilarCase[]> {
  const terms = searchTerms(text, MOST_TERMS);
  if (terms.length < FEWEST_TERMS) return [];
  const shareOf = await termShares(db);
  const seeking = rarestTerms(terms, shareOf);
  const candidates = await findCandidates(db, viewer, seeking, shareOf, excludeCaseId);
  const rows = candidates
    .map(({ bigrams, ...row }) => ({ ...row, likeness: round(likeness(terms, bigrams, shareOf)) }))
    .filter((row) => row.likeness >= LEAST_LIKENESS)
    .toSorted((a, b) => b.likeness - a.likeness || b.id - a.id);
  return rows.filter((row, n) => rows.findIndex(({ id }) => id === row.id) === n).slice(0, MOST_ROWS);
}

/** Those that say most about a text: enough to find what is like it. */
function rarestTerms(terms: readonly number[], shareOf: TermShares): readonly number[] {
  return terms.toSorted((a, b) => shareOf(a) - shareOf(b)).slice(0, SEEKING_TERMS);
}

type Candidate = Omit<SimilarCase, 'likeness'> & { readonly bigrams: readonly number[] };

/** Each seeking term is looked up in the index by itself: the texts that hold the most weight of them come first. */
async function findCandidates(
  db: Db,
  viewer: Viewer,
  seeking: readonly number[],
  shareOf: TermShares,
  excludeCaseId: number | null,
): Promise<Candidate[]> {
  const weights = seeking.map((term) => termWeight(shareOf(term)));
  const { rows } = await sql<Candidate>`
    with found as materialized (
      select x.item_id, sum(t.weight) as weight
      from unnest(${[...seeking]}::int[], ${weights}::float8[]) as t(term, weight)
      cross join lateral (select item_id from item_texts where bigrams @> array[t.term] limit ${MOST_PER_TERM}) x
      group by x.item_id
    )
    select c.id, c.number, c.received_at as "receivedAt", c.state, x.subject, left(x.body, 120) as snippet,
           x.bigrams[1:${MOST_TERMS}] as bigrams
    from found f
    join intake_items i on i.id = f.item_id
    join cases c on c.id = i.case_id and not c.provisional and c.folded_as is null
    join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    join item_texts x on x.item_id = f.item_id
    where c.id is distinct from ${excludeCaseId}::bigint
    order by f.weight desc, c.id desc limit ${MOST_CANDIDATES}`.execute(db);
  return rows;
}

type KnownShares = { readonly until: number; readonly shareOf: TermShares };
const known = new WeakMap<Db, KnownShares>();

/**
 * From the statistics that PostgreSQL keeps of the column anyway. Without any yet, all terms count alike. `tx`: by which
 * transaction they are read when those of `db` are too old.
 */
export async function termShares(db: Db, tx: Db | Tx = db): Promise<TermShares> {
  const earlier = known.get(db);
  if (earlier !== undefined && earlier.until > performance.now()) return earlier.shareOf;
  const { rows } = await sql<{ terms: number[] | null; shares: number[] | null }>`
    select most_common_elems::text::int[] as terms, most_common_elem_freqs as shares
    from pg_stats where schemaname = current_schema() and tablename = 'item_texts' and attname = 'bigrams'`.execute(tx);
  const terms = rows[0]?.terms ?? [];
  const shares = rows[0]?.shares ?? [];
  const byTerm = new Map(terms.map((term, n) => [term, shares[n] ?? 1]));
  // Behind the shares of the terms stand the smallest and the largest of them.
  const rarest = shares.slice(0, terms.length).reduce((least, share) => Math.min(least, share), 0.01) / 2;
  const shareOf: TermShares = (term) => byTerm.get(term) ?? rarest;
  known.set(db, { until: performance.now() + SHARES_KEPT_MS, shareOf });
  return shareOf;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
