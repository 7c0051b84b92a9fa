import { sql, type RawBuilder } from 'kysely';
import type { ForecastClock, RanClock } from '../casework/forecast-deadlines.ts';
import type { LadderStep } from '../domain/ladder.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Db } from './database.ts';

const CLOCK = sql`d.id, d.case_id as "caseId", case when c.provisional then null else c.number end as "caseNumber", d.kind, c.profile,
  d.amount, d.trigger_at as "triggerAt", d.due_raw as "dueRaw", d.due_at as "dueAt"`;

/** What a case was made to feel; a step that the case refused left nothing behind. */
const LAST_STEP = sql`(select f.step from ladder_firings f where f.deadline_id = d.id and f.effect <> 'none'
  order by f.fired_at desc, f.step_at desc limit 1)`;

/** Clocks of this viewer's cases whose next step comes until then, soonest first. */
export async function clocksWithSteps(db: Db, viewer: Viewer, until: Date, limit: number): Promise<ForecastClock[]> {
  return clocksWhere(
    db,
    sql`join visible_cases v on v.case_id = c.id and v.viewer_id = ${viewer.userId}
        where d.state = 'armed' and d.step_at <= ${until} order by d.step_at, d.id limit ${limit}`,
  );
}

/** All running clocks, in pages: under other rules any of them may have a step to take. */
export async function* allRunningClocks(db: Db, pageSize: number): AsyncGenerator<ForecastClock[]> {
  for (let after = 0; ;) {
    const page = await clocksWhere(
      db,
      sql`where d.state = 'armed' and d.id > ${after} order by d.id limit ${pageSize}`,
    );
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = last.id;
  }
}

async function clocksWhere(db: Db, rest: RawBuilder<unknown>): Promise<ForecastClock[]> {
  const { rows } = await sql<ForecastClock>`
    select ${CLOCK}, d.provisional, d.step, d.step_at as "stepAt", ${LAST_STEP} as "lastStep"
    from deadlines d join cases c on c.id = d.case_id ${rest}`.execute(db);
  return rows;
}

type RanRow = Omit<RanClock, 'fired'> & { readonly steps: readonly LadderStep[]; readonly times: readonly Date[] };

/** Clocks that ran at some time within the period, in pages, with the steps that were taken within it. */
export async function* clocksThatRan(
  db: Db,
  { from, until }: { readonly from: Date; readonly until: Date },
  pageSize: number,
): AsyncGenerator<RanClock[]> {
  for (let after = 0; ;) {
    const { rows } = await sql<RanRow>`
      select ${CLOCK}, d.armed_at as "armedAt", d.ended_at as "endedAt",
        coalesce(array_agg(f.step order by f.fired_at) filter (where f.step is not null), '{}') as steps,
        coalesce(array_agg(f.fired_at order by f.fired_at) filter (where f.step is not null), '{}') as times
      from deadlines d join cases c on c.id = d.case_id
      left join ladder_firings f on f.deadline_id = d.id and f.fired_at between ${from} and ${until}
      where d.armed_at <= ${until} and (d.ended_at is null or d.ended_at >= ${from}) and d.id > ${after}
      group by d.id, c.id order by d.id limit ${pageSize}`.execute(db);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(({ steps, times, ...clock }) => ({
      ...clock,
      fired: steps.map((step, n) => ({ step, firedAt: times[n] ?? from })),
    }));
    after = last.id;
  }
}
