import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ACK_REFUSALS, type AckRefusal } from '../../../src/domain/acknowledgement.ts';
import { decide, evolve } from '../../../src/domain/case.ts';
import { type CaseCommand, type CaseCommandType, COMMAND_ROLES } from '../../../src/domain/case-commands.ts';
import { LIFE_RULES } from '../../../src/domain/case-life-commands.ts';
import { PERSON_REASONS, type CaseEventType, type PersonReason } from '../../../src/domain/case-events.ts';
import { ACK_OUTCOMES, type CaseFile, type CaseVerdict } from '../../../src/domain/case-file.ts';
import { CASE_REFUSALS } from '../../../src/domain/case-refusals.ts';
import { FOLDINGS } from '../../../src/domain/case-states.ts';
import { DEADLINE_KINDS } from '../../../src/domain/deadlines.ts';
import { LADDER_STEPS } from '../../../src/domain/ladder.ts';
import { CATEGORIES, KINDS, LANES, ROLES } from '../../../src/domain/vocabulary.ts';
import { importing, opening, planned, RECEIVED_AT, viewer, withClocks } from '../../unit/domain/case-builders.ts';
import { someLifeOrder } from './life-orders.ts';

/** Few units, so that conflicts really happen. */
const UNITS = ['BASIC', 'FIN', 'PERS', 'STUDENT'] as const;
const someUnit = fc.constantFrom(...UNITS, 'NONEDU', 'UNRESOLVED');
const someUnits = fc.subarray([...UNITS], { maxLength: 2 });
const someNote = fc.record({ id: fc.nat(1000), sha256: fc.constant('ab'.repeat(32)) });

const someVerdict: fc.Arbitrary<CaseVerdict> = fc.record({
  kind: fc.constantFrom(...KINDS),
  category: fc.option(fc.constantFrom(...CATEGORIES), { freq: 6 }),
  secondary: fc.constant(null),
  lane: fc.constantFrom('request' as const, ...LANES),
  unit: someUnit,
  target: fc.constant({ level: 'province' as const, name: null }),
  urgent: fc.boolean(),
  confidence: fc.constant(0.7),
  review: fc.boolean(),
  accused: someUnits,
  deny: someUnits,
  rulesVersion: fc.constant('rules-1'),
});

const someChanges = fc.record(
  { category: fc.constantFrom(...CATEGORIES), unit: someUnit, lane: fc.constantFrom(...LANES), urgent: fc.boolean() },
  { requiredKeys: [] },
);
const conflict = { accused: someUnits, deny: someUnits };
const somePlan = fc
  .tuple(fc.constantFrom(...DEADLINE_KINDS), fc.nat(2), fc.boolean())
  .map(([kind, days, provisional]) => ({
    ...planned(kind, new Date(RECEIVED_AT.getTime() + days * 86_400_000)),
    provisional,
  }));
const someTask = fc.option(fc.constant(planned('PERSON')), { freq: 4 });
const refusals = Object.keys(ACK_REFUSALS) as AckRefusal[];
const reasons = Object.keys(PERSON_REASONS) as PersonReason[];

/** Any order, with no regard to whether it makes sense now. */
const someOrder = fc.oneof(
  fc.constantFrom('mail', 'call').map((what) => opening(what === 'mail' ? 'email' : 'phone')),
  fc.tuple(someVerdict, fc.boolean()).map(([verdict, waits]) => importing(verdict, waits)),
  fc.record({ type: fc.constant('register' as const) }),
  fc.record({ type: fc.constant('fold' as const), as: fc.constantFrom(...FOLDINGS), into: fc.option(fc.nat(9)) }),
  fc.record({ type: fc.constant('unfold' as const) }),
  fc.record({ type: fc.constant('propose-verdict' as const), verdict: someVerdict }),
  fc.record({ type: fc.constant('confirm-verdict' as const), ...conflict }),
  fc.record({
    type: fc.constant('correct-verdict' as const),
    changes: someChanges,
    reason: fc.option(someNote, { freq: 6 }),
    ...conflict,
  }),
  someLifeOrder,
  fc.record({ type: fc.constant('add-note' as const), note: someNote }),
  fc.record({ type: fc.constant('split' as const), into: fc.nat(), leaves: someVerdict }),
  fc.constantFrom(...ACK_OUTCOMES).chain((outcome) =>
    fc.record({
      type: fc.constant('record-acknowledgement' as const),
      outcome: fc.constant(outcome),
      withheld: outcome === 'withheld' ? fc.constantFrom(...refusals) : fc.constant(null),
      task: someTask,
    }),
  ),
  fc.record({ type: fc.constant('arm-deadline' as const), deadline: somePlan, reason: fc.constantFrom(...reasons) }),
  fc.record({ type: fc.constant('meet-deadline' as const), kind: fc.constantFrom(...DEADLINE_KINDS) }),
  fc.record({ type: fc.constant('replan-deadline' as const), deadline: somePlan }),
  fc.record({
    type: fc.constant('take-step' as const),
    kind: fc.constantFrom(...DEADLINE_KINDS),
    step: fc.constantFrom(...LADDER_STEPS),
    late: fc.boolean(),
    skipped: fc.constantFrom([], [{ step: 'warn' as const, at: RECEIVED_AT, reason: 'overtaken' as const }]),
  }),
);

/** Mostly given by somebody who may. */
const someCommand: fc.Arbitrary<CaseCommand> = someOrder.chain((order) =>
  fc
    .oneof(
      { weight: 9, arbitrary: fc.constantFrom(...COMMAND_ROLES[order.type]) },
      { weight: 1, arbitrary: fc.constantFrom(...ROLES) },
    )
    .map((role) => ({ ...order, by: viewer(role), at: RECEIVED_AT })),
);

/** The usual way up to a confirmed verdict, so that random orders also meet cases that are far along. */
const someStart: fc.Arbitrary<readonly CaseCommand[]> = fc.tuple(someVerdict, fc.nat(6)).map(([verdict, length]) =>
  (
    [
      opening(),
      { type: 'register', by: viewer('system'), at: RECEIVED_AT },
      {
        type: 'propose-verdict',
        verdict: { ...verdict, category: 5, unit: 'BASIC', lane: 'request', deny: [] },
        by: viewer('system'),
        at: RECEIVED_AT,
      },
      { type: 'confirm-verdict', accused: [], deny: [], by: viewer('triage'), at: RECEIVED_AT },
      { type: 'accept', notes: {}, deadlines: [], by: viewer('triage'), at: RECEIVED_AT },
      {
        type: 'dispatch',
        form: 'pass',
        unit: 'BASIC',
        helpers: ['FIN'],
        userId: null,
        feedbackOn: null,
        notes: {},
        deadlines: [],
        by: viewer('triage'),
        at: RECEIVED_AT,
      },
    ] satisfies readonly CaseCommand[]
  ).slice(0, length),
);
const someCourse = fc
  .tuple(someStart, fc.array(someCommand, { minLength: 1, maxLength: 40 }))
  .map(([start, rest]) => [...start, ...rest]);

const EARLIER_EVENTS = [
  ...(['case-opened', 'case-imported', 'case-registered', 'case-folded', 'case-unfolded', 'note-added'] as const),
  ...(['verdict-proposed', 'verdict-confirmed', 'verdict-corrected', 'case-dispatched', 'assignment-revoked'] as const),
  ...(['deadline-armed', 'deadline-replanned', 'deadline-met', 'deadline-cancelled'] as const),
  ...(['step-taken', 'step-skipped', 'acknowledgement-recorded'] as const),
] satisfies readonly CaseEventType[];

/** A later order comes with the clocks that it starts on the case as it is then. */
function give(file: CaseFile | null, command: CaseCommand) {
  return decide(file, file === null ? command : withClocks(file, command));
}

/** Walks a course and shows every single event with the case before and after it. */
function walk(
  commands: readonly CaseCommand[],
  look: (before: CaseFile | null, type: CaseEventType, after: CaseFile) => void,
): CaseFile | null {
  let file: CaseFile | null = null;
  for (const command of commands) {
    const decision = give(file, command);
    if (decision.kind === 'refused') continue;
    for (const event of decision.events) {
      const after: CaseFile = evolve(file, event);
      look(file, event.type, after);
      file = after;
    }
  }
  return file;
}

describe('any course of orders to a case', () => {
  test('never leaves it with a denied unit, not for one event', () => {
    fc.assert(
      fc.property(someCourse, (commands) => {
        walk(commands, (_before, type, after) => {
          const { assignment, verdict } = after;
          // Between a revocation and the verdict that causes it the old list of the denied still stands.
          if (assignment === null) return;
          expect(after.confirmed).toBe(true);
          expect([type, verdict?.deny.includes(assignment.unit), verdict?.lane === 'sealed']).toEqual([
            type,
            false,
            false,
          ]);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('leads out of a folded case only by unfolding, and assigns only what a person confirmed', () => {
    fc.assert(
      fc.property(someCourse, (commands) => {
        walk(commands, (before, type, after) => {
          if (before?.state === 'FOLDED' && after.state !== 'FOLDED') expect(type).toBe('case-unfolded');
          expect(after.state === 'FOLDED').toBe(after.folded !== null);
          if (type === 'case-dispatched') expect(before?.confirmed).toBe(true);
          if (after.state === 'DISPATCHED') expect(after.assignment).not.toBeNull();
          if (after.state === 'ACCEPTED' || after.state === 'TRIAGE') expect(after.assignment).toBeNull();
        });
      }),
      { numRuns: 500 },
    );
  });

  test('keeps at most one clock of a kind running, and numbers them without a gap', () => {
    fc.assert(
      fc.property(someCourse, (commands) => {
        const file = walk(commands, (_before, _type, after) => {
          for (const kind of DEADLINE_KINDS) {
            const clocks = after.deadlines.filter((deadline) => deadline.kind === kind);
            const running = clocks.filter(({ status }) => status === 'armed');
            expect(running.length).toBeLessThanOrEqual(1);
            expect(clocks.map(({ cycle }) => cycle)).toEqual(clocks.map((_clock, index) => index + 1));
            // A clock with a later cycle is over.
            expect(running.every((clock) => clock.cycle === clocks.length)).toBe(true);
          }
        });
        for (const { cancelled, status } of file?.deadlines ?? []) {
          expect(cancelled !== null).toBe(status === 'cancelled');
        }
      }),
      { numRuns: 500 },
    );
  });

  test('never stops the legal notice unless a person met it, the case is folded, or the citizen took it back', () => {
    fc.assert(
      fc.property(someCourse, (commands) => {
        walk(commands, (_before, type, after) => {
          const last = after.deadlines.filter(({ kind }) => kind === 'NOTICE15').at(-1);
          if (after.folded !== null || after.life.closedAs === 'retracted' || last?.status !== 'cancelled') return;
          // Only in the middle of an unfolding, before the event that arms it again.
          expect(['case-unfolded', 'deadline-armed']).toContain(type);
        });
      }),
      { numRuns: 300 },
    );
  });

  test('is told by its events alone, after JSON too', () => {
    fc.assert(
      fc.property(someCourse, (commands) => {
        let file: CaseFile | null = null;
        const history: string[] = [];
        for (const command of commands) {
          const decision = give(file, command);
          if (decision.kind === 'refused') {
            expect(Object.keys(CASE_REFUSALS)).toContain(decision.reason);
            continue;
          }
          expect(decision.events.length).toBeGreaterThan(0);
          file = decision.events.reduce<CaseFile | null>(evolve, file);
          history.push(...decision.events.map((event) => JSON.stringify(event)));
        }
        const retold = history.reduce<CaseFile | null>((state, line) => evolve(state, JSON.parse(line)), null);
        expect(retold).toEqual(file);
        expect(file?.version ?? 0).toBe(history.length);
      }),
      { numRuns: 500 },
    );
  });

  test('changes nothing by deciding, whatever is decided', () => {
    fc.assert(
      fc.property(someCourse, (commands) => {
        let file: CaseFile | null = null;
        for (const command of commands) {
          const before = structuredClone(file);
          const decision = give(file, command);
          expect(file).toEqual(before);
          expect(give(file, command)).toEqual(decision);
          if (decision.kind === 'accepted') file = decision.events.reduce<CaseFile | null>(evolve, file);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('met every kind of order and of event, or the laws above would say little', () => {
    const accepted = new Set<CaseCommandType>();
    const happened = new Set<CaseEventType>();
    for (const commands of fc.sample(someCourse, { numRuns: 3_000, seed: 20140722 })) {
      let file: CaseFile | null = null;
      for (const command of commands) {
        const decision = give(file, command);
        if (decision.kind === 'refused') continue;
        accepted.add(command.type);
        for (const event of decision.events) {
          happened.add(event.type);
          file = evolve(file, event);
        }
      }
    }
    // How far the later life is walked is seen to in case-life.test.ts.
    const earlier = [...accepted].filter((type) => !Object.hasOwn(LIFE_RULES, type));
    expect(earlier.toSorted()).toEqual(
      Object.keys(COMMAND_ROLES)
        .filter((type) => !Object.hasOwn(LIFE_RULES, type))
        .toSorted(),
    );
    const missing = EARLIER_EVENTS.filter((type) => !happened.has(type));
    expect(missing).toEqual([]);
  });
});
