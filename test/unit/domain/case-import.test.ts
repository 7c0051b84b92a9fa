import { describe, expect, it } from 'vitest';
import { applyCommand, createCaseDesk } from '../../../src/casework/case-change.ts';
import { decide } from '../../../src/domain/case.ts';
import type { CaseCommand } from '../../../src/domain/case-commands.ts';
import type { OldClosing } from '../../../src/domain/case-events.ts';
import { IMPORT_CLOCKS } from '../../../src/domain/case-import.ts';
import { ownerOf } from '../../../src/domain/case-owner.ts';
import { owedDocuments } from '../../../src/domain/owed-documents.ts';
import { aVerdict, NUMBER, planned, RECEIVED_AT, viewer } from './case-builders.ts';
import { officeCalendar, officeClocks, officeLadders } from './rule-files.ts';

const TIMING = { clocks: officeClocks(), calendar: officeCalendar(), ladders: officeLadders() };
const NOTE = { id: 7, sha256: 'aa' };

function importing(closed: OldClosing | null, at: Date, deadlines = closed === null ? IMPORT_CLOCKS : []) {
  return {
    type: 'import',
    by: viewer('system'),
    at,
    number: NUMBER,
    channel: 'email',
    profile: '2022',
    receivedAt: RECEIVED_AT,
    deadlines: deadlines.map((kind) => planned(kind)),
    verdict: aVerdict({ accused: [] }),
    closed,
    note: NOTE,
  } as const satisfies CaseCommand;
}
const SOON = new Date(RECEIVED_AT.getTime() + 60_000);
const YEARS_LATER = new Date('2029-03-05T02:00:00.000Z');

function imported(closed: OldClosing | null, at: Date) {
  const result = applyCommand(TIMING, 1, null, importing(closed, at));
  if (result.kind === 'refused') throw new Error(result.reason);
  return result;
}

describe('a case of an old register', () => {
  it('that is closed is filed: nobody owes anything, no clock runs, and no paper is called for', () => {
    const { file, change } = imported({ on: null, finding: 'true' }, YEARS_LATER);
    expect(file).toMatchObject({ state: 'ARCHIVED', confirmed: true, deadlines: [], life: { closedAs: 'done' } });
    expect(file.life.result).toEqual({ finding: 'true', by: 1 });
    expect(ownerOf(file)).toBe('nobody');
    expect(change.arm).toEqual([]);
    expect(change.denials).toEqual({ units: ['STUDENT'], source: 'rules' });
    expect(owedDocuments(change.journal.map(({ data }) => data as never))).toEqual([]);
  });

  it('that waits is for a person to confirm, with its clocks counted from receipt', () => {
    const { file, change } = imported(null, SOON);
    expect(file).toMatchObject({ state: 'TRIAGE', confirmed: false, provisional: false });
    expect(change.arm.map(({ kind }) => kind)).toEqual(['NOTICE15', 'TRIAGE']);
    expect(change.arm.every(({ triggerAt }) => triggerAt.getTime() === RECEIVED_AT.getTime())).toBe(true);
    expect(change.arm.every(({ step }) => step !== null)).toBe(true);
  });

  it('that waited too long is shown as late, and no step of a ladder is ever taken for it', () => {
    const { file, change } = imported(null, YEARS_LATER);
    expect(change.arm.map(({ step, stepAt }) => [step, stepAt])).toEqual([
      [null, null],
      [null, null],
    ]);
    // Nor when its clock is planned again, for a calendar that was published.
    const moved = { ...planned('NOTICE15'), dueAt: new Date('2026-08-07T16:00:00.000Z') };
    const desk = createCaseDesk(TIMING, new Map([[1, change.journal.map(({ data }) => data as never)]]));
    const again = desk.give(1, { type: 'replan-deadline', by: viewer('system'), at: YEARS_LATER, deadline: moved });
    expect(again).toMatchObject({ kind: 'changed', change: { replan: [{ step: null, stepAt: null }] } });
    expect(file.deadlines.map(({ status }) => status)).toEqual(['armed', 'armed']);
  });

  it('that waits is confirmed like any other', () => {
    const { file } = imported(null, YEARS_LATER);
    const confirm = { type: 'confirm-verdict', by: viewer('triage'), at: YEARS_LATER, accused: [], deny: [] } as const;
    expect(decide(file, confirm)).toMatchObject({ kind: 'accepted' });
  });

  it('comes in once, by the machine alone, with exactly its clocks', () => {
    const { file } = imported(null, SOON);
    expect(decide(file, importing(null, SOON))).toEqual({ kind: 'refused', reason: 'already-open' });
    expect(decide(null, { ...importing(null, SOON), by: viewer('triage') })).toEqual({
      kind: 'refused',
      reason: 'role-not-allowed',
    });
    const denied = { ...importing(null, SOON), verdict: aVerdict({ unit: 'STUDENT' }) };
    expect(decide(null, denied)).toEqual({ kind: 'refused', reason: 'unit-denied' });
    expect(decide(null, importing(null, SOON, ['NOTICE15']))).toEqual({ kind: 'refused', reason: 'wrong-deadline' });
    expect(decide(null, importing({ on: null, finding: null }, SOON, ['TRIAGE']))).toEqual({
      kind: 'refused',
      reason: 'wrong-deadline',
    });
  });
});
