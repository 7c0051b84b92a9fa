import type { CaseCommand } from '../domain/case-commands.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { CaseFile, CaseVerdict } from '../domain/case-file.ts';
import { CASE_REFUSALS, type CaseRefusal } from '../domain/case-refusals.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { Random } from '../platform/random.ts';
import type { CaseLinkKind } from './case-links.ts';
import type { Claim } from './claim-case.ts';
import { createCaseDesk, project, type CaseDesk, type Timing } from './case-change.ts';
import { NOT_A_MAIL } from './not-a-mail.ts';
import { openingCommand, SYSTEM } from './open-case.ts';
import type { Clock } from './ports.ts';
import type { CaseChange, CaseProjection, JournalEntry, NewItem, NewNote, NewVerdict, SettledItem } from './records.ts';
import { searchTerms } from './search-terms.ts';
import { writeNote } from './write-note.ts';

export type SplitTransaction = {
  isVisible(viewer: Viewer, caseId: number): Promise<boolean>;
  readClaim(caseId: number): Promise<Claim | null>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  nextIds(table: 'cases' | 'intake_items' | 'notes', count: number): Promise<number[]>;
  insertNote(note: NewNote): Promise<void>;
  insertVerdicts(verdicts: readonly NewVerdict[]): Promise<void>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  insertItems(items: readonly NewItem[]): Promise<void>;
  completeItems(items: readonly SettledItem[]): Promise<void>;
  insertLink(link: { caseId: number; otherId: number; kind: CaseLinkKind; byUser: number }): Promise<void>;
  markSought(caseId: number): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type SplitDependencies = {
  transact<T>(work: (tx: SplitTransaction) => Promise<T>): Promise<T>;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly random: Random;
  /** Every unit that must not receive a case that accuses these. */
  denyClosure(units: readonly string[]): readonly string[];
};

export type SplitOrder = {
  /** What the letter's own case is about from now on, and whom the whole letter accuses. */
  readonly stays: Pick<CaseVerdict, 'kind' | 'lane' | 'category' | 'unit'>;
  readonly accusedUnits: readonly string[];
  /** What the new case is about, and whom its part accuses: a list of its own. */
  readonly leaves: Pick<CaseVerdict, 'category' | 'unit' | 'target' | 'urgent'>;
  readonly leavesAccusedUnits: readonly string[];
  /** All that the new case will hold of the letter. */
  readonly summary: string;
  readonly reason: string;
};

export type SplitResult =
  | { readonly kind: 'split'; readonly version: number; readonly caseId: number; readonly number: string }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'refused'; readonly reason: CaseRefusal; readonly message: string }
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'stale'; readonly version: number; readonly current: CaseProjection };

/** Takes back what the transaction had written before the refusal. Never leaves this file. */
class Refused extends Error {
  readonly reason: CaseRefusal;
  constructor(reason: CaseRefusal) {
    super(reason);
    this.reason = reason;
  }
}

type Target = { readonly caseId: number; readonly version: number };

/**
 * A person takes a mixed letter apart: the request becomes a case of its own, confirmed, with a number, clocks that run since the
 * letter came, the neutral summary as its text and its own list of denied units; the letter's case keeps the rest, confirmed or
 * corrected. One transaction. Nothing in the new case points back but a link that only who sees both cases can read.
 */
export async function splitCase(
  dependencies: SplitDependencies,
  viewer: Viewer,
  target: Target,
  order: SplitOrder,
): Promise<SplitResult> {
  try {
    return await dependencies.transact((tx) => splitIn(dependencies, tx, viewer, target, order));
  } catch (error) {
    if (error instanceof Refused)
      return { kind: 'refused', reason: error.reason, message: CASE_REFUSALS[error.reason] };
    throw error;
  }
}

async function splitIn(
  dependencies: SplitDependencies,
  tx: SplitTransaction,
  viewer: Viewer,
  { caseId, version }: Target,
  order: SplitOrder,
): Promise<SplitResult> {
  if (!(await tx.isVisible(viewer, caseId))) return { kind: 'not-found' };
  const desk = createCaseDesk(dependencies.timing, await tx.loadCaseEvents([caseId]));
  const file = desk.file(caseId);
  if (file === null) return { kind: 'not-found' };
  const claim = await tx.readClaim(caseId);
  if (claim !== null && claim.by.id !== viewer.userId) return { kind: 'claimed', claim };
  if (file.version !== version) return { kind: 'stale', version: file.version, current: project(file) };
  const [into = 0] = await tx.nextIds('cases', 1);
  const verdict = leavingVerdict(dependencies, file, order);
  const given = { by: viewer, at: dependencies.clock.now() } as const;
  must(desk, caseId, { type: 'split', into, leaves: verdict, ...given });
  await decideRest(dependencies, tx, desk, viewer, { caseId, order });
  const opened = openSecond(dependencies, desk, viewer, { into, file, verdict });
  const changes = desk.changes();
  await tx.writeCases(changes);
  const itemId = await writeItem(tx, { into, file, summary: order.summary });
  const rest = desk.file(caseId) ?? file;
  await tx.insertVerdicts([verdictRow(viewer, caseId, rest, order.reason), verdictRow(viewer, into, opened, null)]);
  await tx.insertLink({ caseId, otherId: into, kind: 'split', byUser: viewer.userId });
  await tx.markSought(into); // its words are ours: they are like those of every other summary
  const settled = { actor: viewer.userId, kind: 'item.settled', itemId, caseId: into, data: { disposition: 'case' } };
  await tx.appendJournal([settled, ...changes.flatMap(({ journal }) => journal)]);
  return { kind: 'split', version: rest.version, caseId: into, number: opened.number };
}

function leavingVerdict({ denyClosure }: SplitDependencies, file: CaseFile, order: SplitOrder): CaseVerdict {
  return {
    ...order.leaves,
    kind: 'complaint',
    secondary: null,
    lane: 'request',
    confidence: 1,
    review: false,
    accused: order.leavesAccusedUnits,
    deny: denyClosure(order.leavesAccusedUnits),
    rulesVersion: file.verdict?.rulesVersion ?? '',
  };
}

/** What stays is confirmed with the same act: corrected where the rules had mixed the two matters up, else as it stands. */
async function decideRest(
  { clock, denyClosure }: SplitDependencies,
  tx: SplitTransaction,
  desk: CaseDesk,
  viewer: Viewer,
  { caseId, order }: { readonly caseId: number; readonly order: SplitOrder },
): Promise<void> {
  const note = await writeNote(tx, { caseId, byUser: viewer.userId, about: 'reason', text: order.reason });
  const conflict = { accused: order.accusedUnits, deny: denyClosure(order.accusedUnits) };
  const given = { by: viewer, at: clock.now() } as const;
  const changes = { ...order.stays, secondary: null };
  const corrected = desk.give(caseId, { type: 'correct-verdict', changes, reason: note, ...conflict, ...given });
  if (corrected.kind === 'changed') return;
  if (corrected.reason !== 'nothing-to-correct') throw new Refused(corrected.reason);
  if (desk.file(caseId)?.confirmed === false) must(desk, caseId, { type: 'confirm-verdict', ...conflict, ...given });
}

function openSecond(
  { timing, clock, random }: SplitDependencies,
  desk: CaseDesk,
  viewer: Viewer,
  { into, file, verdict }: { readonly into: number; readonly file: CaseFile; readonly verdict: CaseVerdict },
): CaseFile {
  const at = clock.now();
  // The legal clocks of the request run since the letter came, whoever found out when that there was a request in it.
  const opening = { channel: file.channel, receivedAt: new Date(file.receivedAt), by: viewer };
  must(desk, into, openingCommand({ timing, clock, random }, opening));
  must(desk, into, { type: 'register', by: viewer, at });
  must(desk, into, { type: 'propose-verdict', verdict, by: viewer, at });
  const { accused, deny } = verdict;
  must(desk, into, { type: 'confirm-verdict', accused, deny, by: viewer, at });
  // One letter, one acknowledgement: the citizen has the number of the letter's own case.
  if (file.channel === 'email') must(desk, into, { ...NOT_ACKNOWLEDGED, by: SYSTEM, at });
  const opened = desk.file(into);
  if (opened === null) throw new Error('unreachable: the case was just opened');
  return opened;
}

const NOT_ACKNOWLEDGED = {
  type: 'record-acknowledgement',
  outcome: 'withheld',
  withheld: 'acknowledged-before',
  task: null,
} as const;

function must(desk: CaseDesk, caseId: number, command: CaseCommand): void {
  const result = desk.give(caseId, command);
  if (result.kind === 'refused') throw new Refused(result.reason);
}

/** The summary as the item that founds the case: it has no raw message and no sender. */
async function writeItem(
  tx: SplitTransaction,
  { into, file, summary }: { readonly into: number; readonly file: CaseFile; readonly summary: string },
): Promise<number> {
  const [itemId = 0] = await tx.nextIds('intake_items', 1);
  const place = { disposition: 'case', caseId: into, sameAs: null, flags: [] } as const;
  const bare = { rawId: null, state: 'settled', provisionalCaseId: null, answer: false } as const;
  await tx.insertItems([
    { id: itemId, channel: file.channel, receivedAt: new Date(file.receivedAt), ...bare, ...place },
  ]);
  const body = { subject: '', body: summary, bigrams: searchTerms(summary), parts: [], attachments: [], turns: null };
  await tx.completeItems([{ itemId, ...place, ...NOT_A_MAIL, callRef: null, text: body, identity: null }]);
  return itemId;
}

function verdictRow(viewer: Viewer, caseId: number, file: CaseFile, reason: string | null): NewVerdict {
  const rulesVersion = file.verdict?.rulesVersion ?? null;
  return { caseId, itemId: null, source: 'person', rulesVersion, body: file.verdict, reason, byUser: viewer.userId };
}
