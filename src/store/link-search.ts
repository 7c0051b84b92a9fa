import { sql } from 'kysely';
import type { CaseKey, LinkCandidate, NewSuggestion, UnsoughtCase } from '../casework/case-links.ts';
import { termWeight, type TermShares } from '../casework/likeness.ts';
import type { Tx } from './database.ts';

/** Any number that is ours. */
const LINK_SEARCH_LOCK = 7_414_022_004;
const MOST_PER_KEY = 40;
/** By so many of its terms a case finds others and is found. */
const TELLING_TERMS = 32;
/** Of the cases that a term tells of, so many: the newest. */
const MOST_PER_TERM = 200;
const MOST_CANDIDATES = 60;
const MOST_TEXT = 20_000;
const MOST_TERMS = 2_000;
/** Longer ago it was another matter, or another person with the number. */
const REACH_DAYS = 730;

export async function lockLinkSearch(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${LINK_SEARCH_LOCK}) as mine`.execute(
    tx,
  );
  return rows[0]?.mine === true;
}

/** The oldest first, each with the item that founded it. */
export async function unsoughtCases(tx: Tx, limit: number): Promise<UnsoughtCase[]> {
  const { rows } = await sql<UnsoughtCase>`
    select c.id as "caseId", f.id as "itemId", coalesce(left(t.subject || e'\n' || t.body, ${MOST_TEXT}), '') as text,
           c.category, c.target_name as "targetName", d.sealed as "sealedIdentity"
    from (select id, category, target_name from cases
          where links_sought_at is null and not provisional and folded_as is null order by id limit ${limit}) c
    left join lateral (select i.id from intake_items i where i.case_id = c.id and i.disposition in ('case', 'quarantined')
                       order by i.id limit 1) f on true
    left join item_texts t on t.item_id = f.id
    left join item_identities d on d.item_id = f.id
    order by c.id`.execute(tx);
  return rows;
}

export async function insertCaseKeys(tx: Tx, caseId: number, keys: readonly CaseKey[]): Promise<void> {
  for (const { kind, key } of keys)
    await sql`insert into case_keys (case_id, kind, key) values (${caseId}, ${kind}, ${key}) on conflict do nothing`.execute(
      tx,
    );
}

/**
 * Those that say most about a text. Most terms are equally rare as far as the statistics know: among them the hash chooses, the
 * same ones in every text, so that two texts that are alike keep the same.
 */
function tellingTerms(terms: readonly number[], shareOf: TermShares): readonly number[] {
  const hash = (term: number): number => Math.imul(term, 2_654_435_761) >>> 0;
  return terms.toSorted((a, b) => shareOf(a) - shareOf(b) || hash(a) - hash(b)).slice(0, TELLING_TERMS);
}

/** Makes the case findable by the rarest of its terms. */
export async function insertCaseTerms(
  tx: Tx,
  caseId: number,
  terms: readonly number[],
  shareOf: TermShares,
): Promise<void> {
  await sql`insert into case_terms (term, case_id)
    select term, ${caseId}::bigint from unnest(${[...tellingTerms(terms, shareOf)]}::int[]) as t(term)
    on conflict do nothing`.execute(tx);
}

/** Every key and every telling term is looked up in its index by itself, and each gives a limited number of cases. */
export async function linkCandidates(
  tx: Tx,
  caseId: number,
  terms: readonly number[],
  shareOf: TermShares,
): Promise<LinkCandidate[]> {
  const telling = tellingTerms(terms, shareOf);
  const weights = telling.map((term) => termWeight(shareOf(term)));
  const { rows } = await sql<LinkCandidate>`
    with by_key as (
      select distinct o.case_id
      from case_keys k
      cross join lateral (select case_id from case_keys o where o.key = k.key and o.case_id <> k.case_id
                          order by o.case_id desc limit ${MOST_PER_KEY}) o
      where k.case_id = ${caseId}
    ), by_text as materialized (
      select h.case_id, sum(t.weight) as weight
      from unnest(${[...telling]}::int[], ${weights}::float8[]) as t(term, weight)
      cross join lateral (select case_id from case_terms o where o.term = t.term and o.case_id <> ${caseId}
                          order by o.case_id desc limit ${MOST_PER_TERM}) h
      group by h.case_id order by weight desc, h.case_id desc limit ${MOST_CANDIDATES}
    )
    select c.id as "caseId", c.category, c.target_name as "targetName", coalesce(k.shared, '{}') as shared,
           exists (select 1 from case_keys s where s.case_id = c.id and s.kind = 'school') as "namesSchool",
           coalesce(x.terms, '{}') as terms,
           (select min(s.cluster_id) from case_suggestions s where s.case_id = c.id and s.state <> 'dismissed') as "clusterId"
    from (select case_id from by_key union select case_id from by_text) f
    join cases c on c.id = f.case_id and not c.provisional and c.folded_as is null and c.links_sought_at is not null
                and c.received_at > now() - make_interval(days => ${REACH_DAYS})
    -- All that they share, also where many newer cases share it: who is found by his words alone may name the same school.
    left join lateral (select array_agg(distinct o.kind) as shared from case_keys o join case_keys own on own.key = o.key
                       where o.case_id = c.id and own.case_id = ${caseId}) k on true
    left join lateral (select t.bigrams[1:${MOST_TERMS}] as terms from intake_items i join item_texts t on t.item_id = i.id
                       where i.case_id = c.id and i.disposition = 'case' order by i.id limit 1) x on true`.execute(tx);
  return rows;
}

export async function insertSuggestions(tx: Tx, suggestions: readonly NewSuggestion[]): Promise<void> {
  for (const { caseId, otherId, kind, likeness, why, clusterId } of suggestions)
    await sql`insert into case_suggestions (case_id, other_id, kind, likeness, why, cluster_id)
              values (${caseId}, ${otherId}, ${kind}, ${likeness}, ${JSON.stringify(why)}::jsonb, ${clusterId})
              on conflict do nothing`.execute(tx);
}

export async function markSought(tx: Tx, caseId: number): Promise<void> {
  await sql`update cases set links_sought_at = now() where id = ${caseId}`.execute(tx);
}
