import { sql } from 'kysely';
import type { CaseLinksView, CaseLinkKind, OtherCase, SuggestionView } from '../casework/case-links.ts';
import type { FoundSuggestion } from '../casework/settle-suggestion.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db, Tx } from './database.ts';

const MOST_ROWS = 50;

/** null: no such case for this viewer. Cases that he may not see are left out everywhere, and are not counted. */
export async function readCaseLinks(db: Db, viewer: Viewer, caseId: number): Promise<CaseLinksView | null> {
  const { rows } = await sql<{ clusterSize: number }>`
    select greatest(1, (
      select count(distinct m.case_id) from clusters own
      join clusters m on m.cluster_id = own.cluster_id
      join visible_cases seen on seen.case_id = m.case_id and seen.viewer_id = ${viewer.userId}
      where own.case_id = ${caseId}))::int as "clusterSize"
    from visible_cases v where v.case_id = ${caseId} and v.viewer_id = ${viewer.userId}`.execute(db);
  const row = rows[0];
  if (row === undefined) return null;
  const [suggestions, links] = [await readSuggestions(db, viewer, caseId), await readLinks(db, viewer, caseId)];
  return { suggestions, links, clusterSize: row.clusterSize };
}

const OTHER = sql`json_build_object('id', c.id, 'number', c.number, 'receivedAt', c.received_at, 'state', c.state, 'subject',
  coalesce((select case when t.subject = '' then left(t.body, 40) else t.subject end
            from intake_items i join item_texts t on t.item_id = i.id
            where i.case_id = c.id and i.disposition = 'case' order by i.id limit 1), ''))`;

/** JSON has no dates. */
type StoredOther = Omit<OtherCase, 'receivedAt'> & { readonly receivedAt: string };
const opened = (other: StoredOther): OtherCase => ({ ...other, receivedAt: new Date(other.receivedAt) });

async function readSuggestions(db: Db, viewer: Viewer, caseId: number): Promise<SuggestionView[]> {
  const { rows } = await sql<Omit<SuggestionView, 'other'> & { other: StoredOther }>`
    select s.id, s.kind, s.likeness, s.why, s.state, s.reason, ${OTHER} as other
    from case_suggestions s
    join cases c on c.id = case when s.case_id = ${caseId} then s.other_id else s.case_id end and c.folded_as is null
    join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    where s.case_id = ${caseId} or s.other_id = ${caseId}
    order by s.state <> 'open', s.kind <> 'same-person', s.likeness desc, s.id desc limit ${MOST_ROWS}`.execute(db);
  return rows.map((row) => ({ ...row, other: opened(row.other) }));
}

async function readLinks(db: Db, viewer: Viewer, caseId: number): Promise<{ kind: CaseLinkKind; other: OtherCase }[]> {
  const { rows } = await sql<{ kind: CaseLinkKind; other: StoredOther }>`
    select l.kind, ${OTHER} as other
    from case_links l
    join cases c on c.id = case when l.case_id = ${caseId} then l.other_id else l.case_id end
    join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
    where l.case_id = ${caseId} or l.other_id = ${caseId}
    order by l.at, c.id limit ${MOST_ROWS}`.execute(db);
  return rows.map(({ kind, other }) => ({ kind, other: opened(other) }));
}

/** Locks it. null: unknown, not of this case, or one of its two cases is hidden from the viewer. */
export async function findSuggestion(
  tx: Tx,
  viewer: Viewer,
  caseId: number,
  suggestionId: number,
): Promise<FoundSuggestion | null> {
  const { rows } = await sql<FoundSuggestion>`
    select s.id, s.case_id as "caseId", s.other_id as "otherId", s.kind, s.state
    from case_suggestions s
    join visible_cases a on a.case_id = s.case_id and a.viewer_id = ${viewer.userId}
    join visible_cases b on b.case_id = s.other_id and b.viewer_id = ${viewer.userId}
    where s.id = ${suggestionId} and ${caseId} in (s.case_id, s.other_id)
    for update of s`.execute(tx);
  return rows[0] ?? null;
}

export async function closeSuggestion(
  tx: Tx,
  suggestionId: number,
  decided: { readonly state: 'accepted' | 'dismissed'; readonly reason: string; readonly byUser: number },
): Promise<void> {
  await sql`update case_suggestions set state = ${decided.state}, reason = ${decided.reason}, decided_by = ${decided.byUser},
            decided_at = now() where id = ${suggestionId}`.execute(tx);
}

export async function insertLink(
  tx: Tx,
  link: { readonly caseId: number; readonly otherId: number; readonly kind: CaseLinkKind; readonly byUser: number },
): Promise<void> {
  await sql`insert into case_links (case_id, other_id, kind, by_user)
            values (${link.caseId}, ${link.otherId}, ${link.kind}, ${link.byUser}) on conflict do nothing`.execute(tx);
}
