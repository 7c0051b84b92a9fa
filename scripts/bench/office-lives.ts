import { applyCommand, type Timing } from '../../src/casework/case-change.ts';
import { lifeCommand, type LifeOrder } from '../../src/casework/life-order.ts';
import { openingCommand, SYSTEM } from '../../src/casework/open-case.ts';
import type { CaseCommand } from '../../src/domain/case-commands.ts';
import type { CaseEvent } from '../../src/domain/case-events.ts';
import type { CaseFile, CaseVerdict } from '../../src/domain/case-file.ts';
import { TEXT_FIELDS, type Notes } from '../../src/domain/note-ref.ts';
import type { Viewer } from '../../src/domain/vocabulary.ts';
import { systemRandom } from '../../src/platform/random.ts';

/** What happened to a case until it came to a state, by the real decisions. */
export type OfficeLife = {
  /** The state, or `unconfirmed` while no person has looked. */
  readonly name: string;
  readonly events: readonly CaseEvent[];
  readonly clocks: CaseFile['deadlines'];
};

type Order = Exclude<LifeOrder, { readonly type: 'merge' }>;

export const VERDICT: CaseVerdict = {
  kind: 'complaint',
  category: 7,
  secondary: null,
  lane: 'request',
  unit: 'BASIC',
  target: { level: 'county', name: '榆中县教育局' },
  urgent: false,
  confidence: 0.7,
  review: true,
  accused: [],
  deny: [],
  rulesVersion: 'bench',
};

const BEGUN = new Date('2026-07-20T01:00:00Z');
const STEP_MS = 5 * 3_600_000;
const OFFICER: Viewer = { userId: 2, role: 'supervisor' };
const SECOND_OFFICER: Viewer = { userId: 3, role: 'supervisor' };
const NOTES: Notes = Object.fromEntries(TEXT_FIELDS.map((field, n) => [field, { id: n + 1, sha256: 'ab'.repeat(32) }]));

const BY_PHONE = { way: 'phone', reference: null } as const;
const PASS: Order = {
  type: 'dispatch',
  form: 'pass',
  unit: 'BASIC',
  helpers: [],
  userId: null,
  feedbackOn: null,
};
const HANDLED: readonly Order[] = [
  { type: 'accept' },
  { type: 'tell', delivery: BY_PHONE },
  PASS,
  { type: 'sign-for' },
  { type: 'submit-result', finding: 'true', contacted: true, refundFen: null },
  { type: 'approve-result' },
  { type: 'sign-answer', document: null },
];
const PASSED_ON: Order = {
  type: 'transfer',
  to: { level: 'county', name: '榆中县教育局' },
  basis: 'lower-level',
};
const LIVES: readonly (readonly Order[])[] = [
  [],
  [{ type: 'ask-for-more' }],
  HANDLED.slice(0, 1),
  HANDLED.slice(0, 3),
  HANDLED.slice(0, 4),
  HANDLED,
  [...HANDLED, { type: 'deliver', delivery: BY_PHONE, callback: false }, { type: 'close' }],
  [PASSED_ON],
  [{ type: 'refuse', because: 'judicial', body: null }],
  [PASSED_ON, { type: 'tell', delivery: BY_PHONE }, { type: 'archive' }],
];

/** One life for each state that a case of the office may be found in. */
export function officeLives(timing: Timing): readonly OfficeLife[] {
  return [tell(timing, null), ...LIVES.map((orders) => tell(timing, orders))];
}

/** null: nobody has confirmed anything. */
function tell(timing: Timing, orders: readonly Order[] | null): OfficeLife {
  let file: CaseFile | null = null;
  let at = BEGUN.getTime();
  const events: CaseEvent[] = [];
  const give = (make: (given: { by: Viewer; at: Date }) => CaseCommand, by: Viewer): void => {
    const result = applyCommand(timing, 1, file, make({ by, at: new Date(at) }));
    if (result.kind === 'refused') throw new Error(`an order of the bench was refused: ${result.reason}`);
    ({ file } = result);
    events.push(...result.change.journal.map(({ data }) => data as CaseEvent)); // as: entries of a case are its events
    at += STEP_MS;
  };
  const clock = { now: () => BEGUN };
  const opening = { channel: 'email', receivedAt: BEGUN, by: SYSTEM } as const;
  give(() => openingCommand({ timing, clock, random: systemRandom }, opening), SYSTEM);
  give((given) => ({ type: 'register', ...given }), SYSTEM);
  give((given) => ({ type: 'record-acknowledgement', outcome: 'sent', withheld: null, task: null, ...given }), SYSTEM);
  give((given) => ({ type: 'propose-verdict', verdict: VERDICT, ...given }), SYSTEM);
  if (orders !== null) give((given) => ({ type: 'confirm-verdict', accused: [], deny: [], ...given }), OFFICER);
  for (const order of orders ?? []) {
    const by = order.type === 'approve-result' ? SECOND_OFFICER : OFFICER;
    give((given) => lifeCommand(timing, file ?? fail(), given, order, NOTES), by);
  }
  const { state, deadlines } = file ?? fail();
  return { name: orders === null ? 'unconfirmed' : state, events, clocks: deadlines };
}

function fail(): never {
  throw new Error('unreachable: a case was opened');
}
