import { createHash } from 'node:crypto';
import { IMPORT_CLOCKS } from '../domain/case-import.ts';
import { createCaseNumber } from '../domain/case-number.ts';
import { type DeadlineKind, planDeadline, profileAt } from '../domain/deadlines.ts';
import type { RegisterEntry } from '../intake/map-register.ts';
import type { Random } from '../platform/random.ts';
import type { Sealer } from '../platform/sealing.ts';
import type { Verdict } from '../rules/verdict.ts';
import { applyCommand, type Timing } from './case-change.ts';
import { NOT_A_MAIL } from './not-a-mail.ts';
import { SYSTEM } from './open-case.ts';
import type { Clock } from './ports.ts';
import { rawContext } from './receive.ts';
import type { CaseChange, JournalEntry, NewItem, NewNote, NewRaw, NewVerdict, SettledItem } from './records.ts';
import { registerNote, registerVerdict } from './register-verdict.ts';
import { searchTerms } from './search-terms.ts';
import { sealedPerson } from './register-person.ts';

/** `rowHash`: SHA-256 in hex of the whole row as it was when it was taken. */
export type KnownRow = { readonly rowHash: string };
export type NewRegisterRow = {
  readonly key: string;
  readonly caseId: number;
  readonly oldNumber: string | null;
  readonly rowHash: string;
};

export type RegisterTransaction = {
  lockArrivals(keys: readonly string[]): Promise<void>;
  knownRows(keys: readonly string[]): Promise<ReadonlyMap<string, KnownRow>>;
  nextIds(table: 'raw_messages' | 'cases' | 'intake_items' | 'notes', count: number): Promise<number[]>;
  insertRaw(rows: readonly NewRaw[]): Promise<ReadonlySet<number>>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  insertItems(items: readonly NewItem[]): Promise<void>;
  completeItems(items: readonly SettledItem[]): Promise<void>;
  insertVerdicts(verdicts: readonly NewVerdict[]): Promise<void>;
  insertNote(note: NewNote): Promise<void>;
  insertRegisterRows(rows: readonly NewRegisterRow[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type ImportRegisterDependencies = {
  transact<T>(work: (tx: RegisterTransaction) => Promise<T>): Promise<T>;
  classify(entry: RegisterEntry): { readonly verdict: Verdict; readonly rulesVersion: string };
  /** Every unit that must not receive a case because it accuses these. */
  denyClosure(units: readonly string[]): readonly string[];
  readonly timing: Timing;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Sealer;
  /** Name of the file, for display. */
  readonly file: string;
};

/** What became of a row. `changed`: it was taken earlier, and the register says something else now; the case stays as it is. */
export const ROW_FATES = ['taken', 'known', 'changed'] as const;
export type RowFate = (typeof ROW_FATES)[number];

/** Takes rows of a register, all or none of them: those that are here already change nothing. In the order of the rows. */
export async function importRegisterRows(
  dependencies: ImportRegisterDependencies,
  entries: readonly RegisterEntry[],
): Promise<readonly RowFate[]> {
  return dependencies.transact(async (tx) => {
    // Two imports at once take turns: whoever comes second sees what the first has taken.
    await tx.lockArrivals(['old register']);
    const fates = rowFates(entries, await tx.knownRows(entries.map(({ key }) => key)));
    const fresh = entries.filter((_, n) => fates[n] === 'taken');
    if (fresh.length > 0) await takeAll(dependencies, tx, fresh);
    return fates;
  });
}

/** What would become of the rows, were they taken now. */
export function rowFates(entries: readonly RegisterEntry[], known: ReadonlyMap<string, KnownRow>): readonly RowFate[] {
  return entries.map(({ key, told }) => {
    const earlier = known.get(key);
    if (earlier === undefined) return 'taken';
    return earlier.rowHash === hashOf(told) ? 'known' : 'changed';
  });
}

/** The clocks that would run on an old case although their limit is past. */
export function pastClocks(
  { clocks, calendar }: Pick<Timing, 'clocks' | 'calendar'>,
  { state, receivedAt }: Pick<RegisterEntry, 'state' | 'receivedAt'>,
  now: Date,
): readonly DeadlineKind[] {
  if (state === 'closed') return [];
  const profile = profileAt(receivedAt);
  return IMPORT_CLOCKS.filter((kind) => {
    return planDeadline(clocks, calendar, kind, profile, receivedAt).dueAt.getTime() <= now.getTime();
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

type Placed = {
  readonly entry: RegisterEntry;
  readonly rawId: number;
  readonly itemId: number;
  readonly caseId: number;
  readonly noteId: number;
  /** What the register says, as a note on the case. */
  readonly note: string;
  readonly bytes: Buffer;
  /** Of `bytes`. */
  readonly sha256: Buffer;
};

async function takeAll(
  dependencies: ImportRegisterDependencies,
  tx: RegisterTransaction,
  entries: readonly RegisterEntry[],
): Promise<void> {
  const placed = await place(tx, entries);
  const verdicts = placed.map(({ entry }) => dependencies.classify(entry));
  const changes = placed.map((one, n) => opening(dependencies, one, verdicts[n]));
  await tx.insertRaw(placed.map((one) => rawRow(dependencies, one)));
  await tx.writeCases(changes);
  await tx.insertItems(placed.map(itemRow));
  await tx.completeItems(placed.map((one) => settled(dependencies.sealer, one)));
  await tx.insertVerdicts(placed.flatMap((one, n) => verdictRow(one, verdicts[n])));
  for (const { caseId, noteId, note } of placed) {
    await tx.insertNote({ id: noteId, caseId, byUser: SYSTEM.userId, about: 'note', text: note });
  }
  await tx.insertRegisterRows(
    placed.map(({ entry, caseId }) => {
      return { key: entry.key, caseId, oldNumber: entry.oldNumber, rowHash: hashOf(entry.told) };
    }),
  );
  await tx.appendJournal([...placed.flatMap(itemEntries), ...changes.flatMap(({ journal }) => journal)]);
}

async function place(tx: RegisterTransaction, entries: readonly RegisterEntry[]): Promise<Placed[]> {
  const rawIds = await tx.nextIds('raw_messages', entries.length);
  const itemIds = await tx.nextIds('intake_items', entries.length);
  const caseIds = await tx.nextIds('cases', entries.length);
  const noteIds = await tx.nextIds('notes', entries.length);
  return entries.map((entry, n) => {
    const [rawId = 0, itemId = 0, caseId = 0, noteId = 0] = [rawIds[n], itemIds[n], caseIds[n], noteIds[n]];
    const bytes = Buffer.from(entry.raw);
    const sha256 = createHash('sha256').update(bytes).digest();
    return { entry, rawId, itemId, caseId, noteId, note: registerNote(entry), bytes, sha256 };
  });
}

type Judged = ReturnType<ImportRegisterDependencies['classify']> | undefined;

function opening(
  dependencies: ImportRegisterDependencies,
  { entry, caseId, noteId, note }: Placed,
  judged: Judged,
): CaseChange {
  if (judged === undefined) throw new Error('unreachable: every row was classified');
  const { timing, clock, random, denyClosure } = dependencies;
  const { channel, receivedAt, state, closedOn, finding } = entry;
  const profile = profileAt(receivedAt);
  const kinds = state === 'open' ? IMPORT_CLOCKS : [];
  const result = applyCommand(timing, caseId, null, {
    type: 'import',
    by: SYSTEM,
    at: clock.now(),
    number: createCaseNumber((count) => random.bytes(count)),
    channel,
    profile,
    receivedAt,
    deadlines: kinds.map((kind) => planDeadline(timing.clocks, timing.calendar, kind, profile, receivedAt)),
    verdict: registerVerdict(entry, judged, denyClosure),
    closed: state === 'open' ? null : { on: closedOn, finding },
    note: { id: noteId, sha256: hashOf(note) },
  });
  if (result.kind === 'refused') throw new Error(`unreachable: an import was refused: ${result.reason}`);
  return result.change;
}

function rawRow({ sealer, file }: ImportRegisterDependencies, { entry, rawId, bytes, sha256 }: Placed): NewRaw {
  return {
    id: rawId,
    source: 'register',
    folder: null,
    uid: null,
    name: file,
    internalAt: entry.receivedAt,
    announcedBytes: bytes.length,
    storedBytes: bytes.length,
    sha256,
    sameAs: null,
    headersOnly: false,
    sealedChunks: [sealer.seal(bytes, rawContext(rawId, 0))],
  };
}

const placeOf = ({ caseId }: Placed) => ({ disposition: 'case', caseId, sameAs: null, flags: [] }) as const;

function itemRow(placed: Placed): NewItem {
  const { entry, rawId, itemId } = placed;
  const { channel, receivedAt } = entry;
  const item = {
    id: itemId,
    channel,
    rawId,
    receivedAt,
    state: 'settled',
    provisionalCaseId: null,
    answer: false,
  } as const;
  return { ...item, ...placeOf(placed) };
}

function settled(sealer: Sealer, placed: Placed): SettledItem {
  const { entry, itemId } = placed;
  const { subject, text } = entry;
  return {
    itemId,
    ...placeOf(placed),
    ...NOT_A_MAIL,
    callRef: null,
    text: { subject, body: text, bigrams: searchTerms(`${subject}\n${text}`), parts: [], attachments: [], turns: null },
    identity: sealedPerson(sealer, entry, itemId),
  };
}

function verdictRow({ caseId, itemId }: Placed, judged: Judged): NewVerdict[] {
  if (judged === undefined) return [];
  const { verdict: body, rulesVersion } = judged;
  return [{ caseId, itemId, source: 'rules', rulesVersion, body, reason: null, byUser: SYSTEM.userId }];
}

function itemEntries({ entry, rawId, itemId, caseId, bytes, sha256 }: Placed): JournalEntry[] {
  const about = { actor: SYSTEM.userId, itemId, caseId };
  return [
    { ...about, kind: 'item.received', data: { rawId, sha256: sha256.toString('hex'), bytes: bytes.length } },
    { ...about, kind: 'item.settled', data: { disposition: 'case', channel: entry.channel } },
  ];
}
