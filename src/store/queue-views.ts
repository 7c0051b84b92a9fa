import { sql, type RawBuilder } from 'kysely';
import type { QueueView } from '../casework/queue-views.ts';
import type { Viewer } from '../domain/vocabulary.ts';

/** What a view of the queue narrows the cases `c` to. `soon`: the instant at which the last of the next working days ends. */
export function viewCondition(view: QueueView, { userId }: Viewer, soon: Date): RawBuilder<unknown> {
  switch (view) {
    case 'mine':
      return sql`c.owner <> 'nobody' and (c.assigned_user = ${userId} or (c.owner = 'officer' and ${takenBy(userId)})
        or exists (select 1 from case_claims x where x.case_id = c.id and x.user_id = ${userId} and x.expires_at > now()))`;
    case 'unit':
      return sql`c.owner <> 'nobody' and exists (
        select 1 from users me where me.id = ${userId} and me.unit is not null
          and (me.unit = c.assigned_unit or me.unit = any(c.helper_units))
          and not exists (select 1 from case_denials d where d.case_id = c.id and d.unit = me.unit))`;
    case 'due-soon':
      return sql`c.next_due_at > now() and c.next_due_at <= ${soon}`;
    case 'waiting':
      // An extension that was asked for waits for the office, although the unit has the case.
      return sql`(c.state = 'NEED_INFO' or (c.owner = 'unit' and c.state <> 'EXT_REQUESTED'))`;
  }
}

/** 自办: only the history knows by whom, and the last who took it counts. */
const takenBy = (userId: number): RawBuilder<unknown> => sql`(
  select j.actor from journal j where j.case_id = c.id and j.kind = 'case-taken' order by j.n desc limit 1) = ${userId}`;
