import { sql } from 'kysely';
import type { ProposalView, VerdictView } from '../casework/views.ts';
import type { CaseVerdict } from '../domain/case-file.ts';
import type { Verdict } from '../rules/verdict.ts';
import type { Tx } from './database.ts';
import { person } from './person-json.ts';

/**
 * The verdict that the case stands on. Its fields are those of the case itself; who gave it and why comes from the last word
 * of a person once there is one, else of the rules.
 */
export async function readVerdict(tx: Tx, caseId: number): Promise<VerdictView | null> {
  const proposal = await readProposal(tx, caseId);
  type Row = Omit<VerdictView, 'target' | 'proposal' | 'accused'> & {
    targetLevel: VerdictView['target']['level'];
    targetName: string | null;
    accused: readonly string[] | null;
  };
  const { rows } = await sql<Row>`
    select v.source, v.at, ${person('u')} as by, v.reason, c.kind, c.category, c.secondary, c.lane, c.unit,
           c.target_level as "targetLevel", c.target_name as "targetName", c.urgent, c.review, c.confidence,
           case when c.confirmed then v.body -> 'accused' end as accused
    from cases c
    join verdicts v on v.case_id = c.id and v.source = case when c.confirmed then 'person' else 'rules' end
    join users u on u.id = v.by_user
    where c.id = ${caseId} and c.kind is not null and (v.item_id is null or v.item_id = ${proposal?.itemId ?? null})
    order by v.id desc limit 1`.execute(tx);
  const row = rows[0];
  if (row === undefined) return null;
  const { targetLevel, targetName, accused, ...fields } = row;
  return { ...fields, target: { level: targetLevel, name: targetName }, accused: accused ?? [], proposal };
}

type StoredProposal = Pick<Verdict, 'kind' | 'category' | 'unit' | 'lane'> & Partial<Verdict & CaseVerdict>;

/** Only of the item that founded the case: a later call about it is read by the rules too, and changes nothing. */
async function readProposal(tx: Tx, caseId: number): Promise<ProposalView | null> {
  const { rows } = await sql<{ itemId: number | null; at: Date; rulesVersion: string | null; body: StoredProposal }>`
    select v.item_id as "itemId", v.at, v.rules_version as "rulesVersion", v.body
    from verdicts v left join intake_items i on i.id = v.item_id
    where v.case_id = ${caseId} and v.source = 'rules' and (i.id is null or i.disposition in ('case', 'quarantined'))
    order by v.id desc limit 1`.execute(tx);
  const row = rows[0];
  if (row === undefined) return null;
  const { body, ...rest } = row;
  return {
    ...rest,
    kind: body.kind,
    category: body.category,
    unit: body.unit,
    lane: body.lane,
    accused: body.accused ?? [],
    deny: body.deny ?? [],
    evidence: body.evidence ?? [],
    ignored: body.ignored ?? [],
    scores: body.scores ?? [],
    split: body.split ?? [],
  };
}
