import type { ItemFlag } from '../intake/item.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { Sealer } from '../platform/sealing.ts';
import type { AcknowledgeContext } from './acknowledge.ts';
import type { CaseDesk, Timing } from './case-change.ts';
import type { LetterRef } from './disposition.ts';
import type { Clock, Observe } from './ports.ts';
import type {
  CaseChange,
  EarlierItem,
  JournalEntry,
  LookupCode,
  NewLetter,
  NewTask,
  NewVerdict,
  SettledItem,
} from './records.ts';

/** What settling reads and writes, bound to one transaction. */
export type SettleTransaction = {
  lockUnsettled(itemIds: readonly number[]): Promise<ReadonlySet<number>>;
  lockArrivals(keys: readonly string[]): Promise<void>;
  findEarlier(messageIds: readonly string[], contents: readonly Buffer[]): Promise<EarlierItem[]>;
  findLetters(ids: readonly number[]): Promise<LetterRef[]>;
  /** Cases of calls by their telephone-system id. */
  findCallCases(callRefs: readonly string[]): Promise<ReadonlyMap<string, number>>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  nextIds(table: 'letters', count: number): Promise<number[]>;
  settleItems(items: readonly SettledItem[]): Promise<void>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  insertVerdicts(verdicts: readonly NewVerdict[]): Promise<void>;
  insertLetters(letters: readonly NewLetter[]): Promise<void>;
  writeLookupCodes(codes: readonly LookupCode[]): Promise<void>;
  recordDelivery(letterId: number, delivery: 'bounced' | 'delayed' | 'delivered'): Promise<void>;
  openTasks(tasks: readonly NewTask[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type SettleContext = {
  transact<T>(work: (tx: SettleTransaction) => Promise<T>): Promise<T>;
  readonly timing: Timing;
  readonly clock: Clock;
  readonly sealer: Sealer;
  readonly acknowledge: AcknowledgeContext;
  readonly ownAddresses: readonly string[];
  /** Mail domains of our own letters: tokens under another domain are not ours. */
  readonly ownDomains: readonly string[];
  /** Whether a mail domain belongs to a unit of the registry. */
  ownedByUnit(domain: string): boolean;
  observe: Observe;
};

/** Everything one batch will write, collected while it is decided item by item. */
export type Settling = {
  readonly tx: SettleTransaction;
  readonly now: Date;
  readonly desk: CaseDesk;
  readonly earlier: EarlierItem[];
  readonly letterRefs: readonly LetterRef[];
  readonly callCases: Map<string, number>;
  readonly settled: SettledItem[];
  readonly verdicts: NewVerdict[];
  /** Ids for the letters of this batch, drawn ahead; those that are not used leave gaps. */
  readonly letterIds: number[];
  readonly letters: NewLetter[];
  readonly codes: LookupCode[];
  readonly tasks: NewTask[];
  readonly deliveries: { readonly letterId: number; readonly delivery: 'bounced' | 'delayed' | 'delivered' }[];
  readonly journal: JournalEntry[];
};

export function mergeFlags(...lists: readonly (readonly ItemFlag[])[]): ItemFlag[] {
  return [...new Set(lists.flat())];
}
