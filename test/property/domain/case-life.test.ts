import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decision, decide, evolve } from '../../../src/domain/case.ts';
import type { CaseEvent } from '../../../src/domain/case-events.ts';
import type { CaseFile } from '../../../src/domain/case-file.ts';
import { LIFE_RULES, type LifeCommand, type LifeCommandType } from '../../../src/domain/case-life-commands.ts';
import { ownerOf } from '../../../src/domain/case-owner.ts';
import { aVerdict, caseAfter, NOTES, order, RECEIVED_AT, viewer, withClocks } from '../../unit/domain/case-builders.ts';
import { leadsTo, newModel, permits, type Model } from './case-model.ts';
import { carryOut } from './case-model-clocks.ts';
import { someLifeOrder } from './life-orders.ts';

const SEEDS = 2_000;
const STEPS = 60;
/** One instant for everything: 2026-07-22, 10:00 in Lanzhou. */
const AT = new Date(RECEIVED_AT.getTime() + 86_400_000);

const KINDS_OF_CASE = [
  aVerdict(),
  aVerdict({ kind: 'accusation', lane: 'accusation' }),
  aVerdict({ lane: 'sealed' }),
  aVerdict({ unit: 'NONEDU', category: null }),
  aVerdict({ kind: 'suggestion', lane: 'non-petition', deny: ['STUDENT', 'DISC'], accused: ['STUDENT', 'DISC'] }),
];

function begun(verdict: CaseFile['verdict'] & object): CaseFile {
  const sent = order({ type: 'record-acknowledgement', outcome: 'sent', withheld: null, task: null }, 'system');
  return caseAfter(
    order({ type: 'register' }, 'system'),
    sent,
    order({ type: 'propose-verdict', verdict }, 'system'),
    order({ type: 'confirm-verdict', accused: verdict.accused, deny: verdict.deny }, 'triage'),
  );
}

/** Some two hundred orders of each type, to draw from. */
const POOL = new Map<LifeCommandType, LifeCommand[]>();
for (const one of fc.sample(someLifeOrder, { numRuns: 7_000, seed: 20140722 })) {
  POOL.set(one.type, [...(POOL.get(one.type) ?? []), { ...one, notes: NOTES }]);
}
const TYPES = [...POOL.keys()];

/** A course is a row of numbers: what kind of step, which order of the pool, and who of those who may. */
const someCourse = fc.tuple(
  fc.constantFrom(...KINDS_OF_CASE),
  fc.array(fc.tuple(fc.nat(99), fc.nat(9_999), fc.nat(99)), { minLength: STEPS, maxLength: STEPS }),
);
type Course = typeof someCourse extends fc.Arbitrary<infer T> ? T : never;

const running = (file: CaseFile) => file.deadlines.filter(({ status }) => status === 'armed').map(({ kind }) => kind);

/** What must hold after every single event. */
function brokenLaw(file: CaseFile): string | null {
  const { assignment, verdict, state, life } = file;
  const holders = assignment === null ? [] : [assignment.unit, ...assignment.helpers];
  if (holders.some((unit) => verdict?.deny.includes(unit))) return 'a denied unit holds it';
  if (assignment !== null && life.takenBy !== null) return 'two are at work';
  const ofUnit = assignment !== null && ['DISPATCHED', 'IN_PROGRESS', 'EXT_REQUESTED'].includes(state);
  if ((ownerOf(file) === 'unit') !== ofUnit) return 'another owner than the state says';
  if (new Set(running(file)).size !== running(file).length) return 'two clocks of a kind run';
  return life.extendedDays > 30 ? 'more than thirty days were given' : null;
}

/** Orders that end a life early, and so are rarely chosen. */
const ENDS: readonly LifeCommandType[] = ['retract', 'merge', 'refuse', 'refuse-for-good', 'transfer', 'take'];
const ASIDE: readonly LifeCommandType[] = [
  'link',
  'raise-flag',
  'lower-flag',
  'handle-clue',
  'tell',
  'object',
  'ask-for-more',
];

/** Mostly what leads on from here, often what can happen here at all, sometimes anything. */
function choose(model: Model, chance: number, pick: number): LifeCommand {
  const here = TYPES.filter((type) => leadsTo(type, model.state) !== null);
  const onward = here.filter((type) => !ENDS.includes(type) && !ASIDE.includes(type));
  const types = chance < 75 && onward.length > 0 ? onward : chance < 92 && here.length > 0 ? here : TYPES;
  const orders = POOL.get(types[pick % types.length] ?? 'accept') ?? [];
  const chosen = orders[Math.floor(pick / types.length) % orders.length];
  if (chosen === undefined) throw new Error('unreachable: the pool has orders of every type');
  return chosen;
}

type Walk = {
  readonly file: CaseFile;
  readonly events: readonly CaseEvent[];
  readonly carried: readonly LifeCommandType[];
};

function expectAgreement(model: Model, offer: LifeCommand, decision: Decision, expected: boolean): void {
  if ((decision.kind === 'accepted') === expected) return;
  const reason = decision.kind === 'refused' ? decision.reason : 'accepted';
  expect.fail(`${model.state}: ${JSON.stringify(offer)} was ${reason}, the model says ${String(expected)}`);
}

function expectSame(model: Model, file: CaseFile, type: LifeCommandType): void {
  const [is, says] = [running(file), [...model.clocks]].map((kinds) => kinds.toSorted().join(' '));
  if (file.state === model.state && is === says) return;
  expect.fail(`after ${type}: ${file.state} (${String(is)}), the model says ${model.state} (${String(says)})`);
}

function walk([verdict, steps]: Course): Walk {
  let file = begun(verdict);
  const model: Model = newModel(verdict, running(file));
  const events: CaseEvent[] = [];
  const carried: LifeCommandType[] = [];
  for (const [chance, pick, who] of steps) {
    const offer = choose(model, chance, pick);
    const { roles } = LIFE_RULES[offer.type];
    const by = viewer(roles[who % roles.length] ?? 'supervisor');
    const command = withClocks(file, { ...offer, by, at: AT });
    const to = leadsTo(offer.type, model.state);
    const decision = decide(file, command);
    expectAgreement(model, offer, decision, to !== null && permits(model, offer, by.userId));
    if (decision.kind === 'refused' || to === null) continue;
    for (const event of decision.events) {
      file = evolve(file, event);
      const broken = brokenLaw(file);
      if (broken !== null) expect.fail(`${event.type}: ${broken}`);
      events.push(event);
    }
    carryOut(model, offer, by.userId, to);
    carried.push(offer.type);
    expectSame(model, file, offer.type);
  }
  const retold = events.map((event) => JSON.parse(JSON.stringify(event)) as CaseEvent);
  expect(retold.reduce<CaseFile | null>(evolve, begun(verdict))).toEqual(file);
  return { file, events, carried };
}

describe('a case and a plain model of it, over two thousand random lives', () => {
  test('agree after every order on what is allowed, on the state and on the clocks', () => {
    const carried = new Map<LifeCommandType, number>();
    const ends = new Set<string>();
    fc.assert(
      fc.property(someCourse, (course) => {
        const life = walk(course);
        for (const type of life.carried) carried.set(type, (carried.get(type) ?? 0) + 1);
        ends.add(life.file.state);
      }),
      { numRuns: SEEDS },
    );
    // A walk that never gets anywhere would agree with everything.
    expect(Object.keys(LIFE_RULES).filter((type) => (carried.get(type as LifeCommandType) ?? 0) < 5)).toEqual([]);
    expect([...ends]).toEqual(expect.arrayContaining(['ARCHIVED', 'CLOSED', 'IN_PROGRESS', 'SEALED', 'TO_REPLY']));
  }, 120_000);
});
