import { expect } from 'vitest';
import { project, replay } from '../../src/casework/case-change.ts';
import type { CaseEvent } from '../../src/domain/case-events.ts';
import type { CaseworkHouse } from './casework-house.ts';

/** What the journal holds of a case, in order. */
export async function eventsOf(house: CaseworkHouse, caseId: number): Promise<CaseEvent[]> {
  const rows = await house.sql(`select data from journal where case_id = $1 and data ->> 'type' = kind order by n`, [
    caseId,
  ]);
  return rows.map(({ data }) => data as CaseEvent);
}

/** What the tables say of a case, in the words of the projection. */
async function tablesOf(house: CaseworkHouse, caseId: number) {
  const [row] = await house.sql(
    `select state, owner, flags, told, helper_units, extended_days, finding, satisfaction, closed_as, review_stage, clue,
            assigned_unit, version, urgent from cases where id = $1`,
    [caseId],
  );
  const clocks = await house.sql(
    `select kind, cycle, state, due_at, amount from deadlines where case_id = $1 order by kind, cycle`,
    [caseId],
  );
  const holders = await house.sql(
    `select unit, part from assignments where case_id = $1 and ended_at is null order by part desc, id`,
    [caseId],
  );
  return { row, clocks, holders };
}

/** The journal, told from its beginning, ends in what the tables say. */
export async function expectTablesToFollow(house: CaseworkHouse, caseId: number): Promise<void> {
  const file = replay(await eventsOf(house, caseId));
  if (file === null) throw new Error('the case has no history');
  const is = project(file);
  const { row, clocks, holders } = await tablesOf(house, caseId);
  expect(row).toEqual({
    state: is.state,
    owner: is.owner,
    flags: is.flags,
    told: is.told,
    helper_units: is.helperUnits,
    extended_days: is.extendedDays,
    finding: is.finding,
    satisfaction: is.satisfaction,
    closed_as: is.closedAs,
    review_stage: is.reviewStage,
    clue: is.clue,
    assigned_unit: is.assignedUnit,
    version: is.version,
    urgent: is.urgent,
  });
  const told = file.deadlines
    .map(({ kind, cycle, status, dueAt, amount }) => ({
      kind,
      cycle,
      state: status,
      due_at: new Date(dueAt),
      amount: amount ?? null,
    }))
    .toSorted((a, b) => (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.cycle - b.cycle));
  expect(
    clocks.toSorted((a, b) =>
      String(a['kind']) < String(b['kind'])
        ? -1
        : String(a['kind']) > String(b['kind'])
          ? 1
          : Number(a['cycle']) - Number(b['cycle']),
    ),
  ).toEqual(told);
  const units =
    file.assignment === null
      ? []
      : [
          { unit: file.assignment.unit, part: 'lead' },
          ...file.assignment.helpers.map((unit) => ({ unit, part: 'helper' })),
        ];
  expect(holders).toEqual(units);
}
