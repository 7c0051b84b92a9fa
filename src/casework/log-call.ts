import { createHash } from 'node:crypto';
import { createCaseCode, showCode } from '../domain/case-code.ts';
import { showNumber } from '../domain/case-number.ts';
import type { CaseEvent } from '../domain/case-events.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import type { CallForm } from '../intake/call-form.ts';
import type { Random } from '../platform/random.ts';
import type { Sealer } from '../platform/sealing.ts';
import type { Verdict } from '../rules/verdict.ts';
import { promisedCallBack } from './call-back.ts';
import { createCaseDesk, type CaseDesk, type Timing } from './case-change.ts';
import { hashLookupCode } from './lookup-code.ts';
import { NOT_A_MAIL } from './not-a-mail.ts';
import { openingCommand, SYSTEM } from './open-case.ts';
import { phoneKey } from './person-keys.ts';
import type { Clock } from './ports.ts';
import type { CaseChange, JournalEntry, LookupCode, NewItem, NewVerdict, SettledItem } from './records.ts';
import { searchTerms } from './search-terms.ts';
import { identityContext } from './settle-mail.ts';
import { toCaseVerdict } from './settle-verdict.ts';

export type CallTransaction = {
  lockKey(userId: number, key: string): Promise<void>;
  findAnswer(userId: number, key: string): Promise<{ requestHash: Buffer; sealedAnswer: Buffer } | null>;
  keepAnswer(answer: { userId: number; key: string; requestHash: Buffer; sealedAnswer: Buffer }): Promise<void>;
  lockArrivals(keys: readonly string[]): Promise<void>;
  findCallCases(callRefs: readonly string[]): Promise<ReadonlyMap<string, number>>;
  nextIds(table: 'cases' | 'intake_items', count: number): Promise<number[]>;
  loadCaseEvents(caseIds: readonly number[]): Promise<ReadonlyMap<number, CaseEvent[]>>;
  writeCases(changes: readonly CaseChange[]): Promise<void>;
  insertItems(items: readonly NewItem[]): Promise<void>;
  completeItems(items: readonly SettledItem[]): Promise<void>;
  insertVerdicts(verdicts: readonly NewVerdict[]): Promise<void>;
  writeLookupCodes(codes: readonly LookupCode[]): Promise<void>;
  appendJournal(entries: readonly JournalEntry[]): Promise<void>;
};

export type LogCallDependencies = {
  transact<T>(work: (tx: CallTransaction) => Promise<T>): Promise<T>;
  classify(input: { channel: 'phone'; text: string }): { verdict: Verdict; rulesVersion: string };
  readonly timing: Timing;
  readonly clock: Clock;
  readonly random: Random;
  readonly sealer: Sealer;
};

/** What is read aloud. Only ever seen by whoever saved the call: the code is stored as a hash. */
export type CallAnswer =
  | { readonly kind: 'case'; readonly caseId: number; readonly number: string; readonly code: string }
  | { readonly kind: 'invalid'; readonly itemId: number };

export type LogCallResult =
  | { readonly kind: 'saved'; readonly answer: CallAnswer }
  | { readonly kind: 'repeated'; readonly answer: CallAnswer }
  | { readonly kind: 'key-reused' } // same key, other content: a programming error of the client, and nothing is saved
  | { readonly kind: 'incomplete'; readonly problem: 'text-missing' | 'reason-missing' };

/**
 * Saves a call once, however often it is submitted under one key: the number is known to nobody before COMMIT. A call whose
 * transcript came first joins that case.
 */
export async function logCall(
  dependencies: LogCallDependencies,
  viewer: Viewer,
  key: string,
  form: CallForm,
): Promise<LogCallResult> {
  if (form.outcome === 'case' && form.text.trim() === '' && (form.transcript ?? '').trim() === '') {
    return { kind: 'incomplete', problem: 'text-missing' };
  }
  if (form.outcome === 'invalid' && form.invalidReason === undefined)
    return { kind: 'incomplete', problem: 'reason-missing' };
  const requestHash = createHash('sha256').update(JSON.stringify(form)).digest();
  return dependencies.transact(async (tx) => {
    await tx.lockKey(viewer.userId, key);
    const earlier = await tx.findAnswer(viewer.userId, key);
    if (earlier !== null) {
      if (!earlier.requestHash.equals(requestHash)) return { kind: 'key-reused' };
      const answer = JSON.parse(
        dependencies.sealer.unseal(earlier.sealedAnswer, answerContext(viewer, key)).toString('utf8'),
      ) as CallAnswer;
      return { kind: 'repeated', answer };
    }
    const answer = await saveCall(dependencies, tx, viewer, form, (text) =>
      tx.keepAnswer({
        userId: viewer.userId,
        key,
        requestHash,
        sealedAnswer: dependencies.sealer.seal(Buffer.from(text), answerContext(viewer, key)),
      }),
    );
    return { kind: 'saved', answer };
  });
}

const answerContext = (viewer: Viewer, key: string): string => `answer:${viewer.userId}:${key}`;

async function saveCall(
  dependencies: LogCallDependencies,
  tx: CallTransaction,
  viewer: Viewer,
  form: CallForm,
  keep: (answer: string) => Promise<void>,
): Promise<CallAnswer> {
  const [itemId = 0] = await tx.nextIds('intake_items', 1);
  if (form.outcome === 'invalid') {
    const answer = { kind: 'invalid', itemId } as const;
    await writeItem(dependencies, tx, { itemId, caseId: null, disposition: 'junk', form });
    await keep(JSON.stringify(answer));
    await tx.appendJournal([itemEntry(viewer, itemId, null, { disposition: 'junk', reason: form.invalidReason })]);
    return answer;
  }
  const { caseId, desk, joined } = await openOrJoin(dependencies, tx, viewer, form);
  const { verdict, rulesVersion } = dependencies.classify({ channel: 'phone', text: spokenText(form) });
  const order = { by: SYSTEM, at: dependencies.clock.now() } as const;
  if (!joined) {
    desk.give(caseId, { type: 'register', ...order });
    desk.give(caseId, { type: 'propose-verdict', verdict: toCaseVerdict(verdict, rulesVersion), ...order });
  }
  armCallBacks(dependencies, desk, caseId, viewer, form);
  const file = desk.file(caseId);
  if (file === null) throw new Error('unreachable: the case was just opened');
  const code = createCaseCode((count) => dependencies.random.bytes(count));
  const answer = { kind: 'case', caseId, number: showNumber(file.number), code: showCode(code) } as const;
  const changes = desk.changes();
  await tx.writeCases(changes);
  await writeItem(dependencies, tx, { itemId, caseId, disposition: joined ? 'follow-up' : 'case', form });
  await tx.insertVerdicts([
    { caseId, itemId, source: 'rules', rulesVersion, body: verdict, reason: null, byUser: SYSTEM.userId },
  ]);
  await tx.writeLookupCodes([hashLookupCode(dependencies.sealer, dependencies.random, caseId, code)]);
  await keep(JSON.stringify(answer));
  await tx.appendJournal([
    itemEntry(viewer, itemId, caseId, { disposition: joined ? 'follow-up' : 'case' }),
    ...changes.flatMap(({ journal }) => journal),
  ]);
  return answer;
}

async function openOrJoin(
  { timing, clock, random }: LogCallDependencies,
  tx: CallTransaction,
  viewer: Viewer,
  form: CallForm,
) {
  if (form.callRef !== undefined) {
    await tx.lockArrivals([`call ${form.callRef}`]);
    const known = (await tx.findCallCases([form.callRef])).get(form.callRef);
    if (known !== undefined) {
      return { caseId: known, desk: createCaseDesk(timing, await tx.loadCaseEvents([known])), joined: true };
    }
  }
  const [caseId = 0] = await tx.nextIds('cases', 1);
  const desk = createCaseDesk(timing, new Map());
  const receivedAt = form.startedAt === undefined ? clock.now() : new Date(form.startedAt);
  desk.give(caseId, openingCommand({ timing, clock, random }, { channel: 'phone', receivedAt, by: viewer }));
  return { caseId, desk, joined: false };
}

function armCallBacks(
  { timing, clock }: LogCallDependencies,
  desk: CaseDesk,
  caseId: number,
  viewer: Viewer,
  form: CallForm,
): void {
  const file = desk.file(caseId);
  const deadline = file === null ? null : promisedCallBack(timing, file.profile, form, clock.now());
  if (deadline === null) return;
  desk.give(caseId, { type: 'arm-deadline', deadline, reason: 'callback-promised', by: viewer, at: clock.now() });
}

/** What the rules read: the operator's record, then what was wanted, then the speech itself. */
function spokenText(form: CallForm): string {
  return [form.text, form.wants, form.transcript].filter((part) => part !== undefined && part.trim() !== '').join('\n');
}

type CallItem = {
  readonly itemId: number;
  readonly caseId: number | null;
  readonly disposition: 'case' | 'follow-up' | 'junk';
  readonly form: CallForm;
};

async function writeItem({ sealer, clock }: LogCallDependencies, tx: CallTransaction, call: CallItem): Promise<void> {
  const { itemId, caseId, disposition, form } = call;
  const receivedAt = form.startedAt === undefined ? clock.now() : new Date(form.startedAt);
  const place = { disposition, caseId, sameAs: null, flags: [] };
  await tx.insertItems([
    {
      id: itemId,
      channel: 'phone',
      rawId: null,
      state: 'settled',
      provisionalCaseId: null,
      receivedAt,
      answer: false,
      ...place,
    },
  ]);
  const text = spokenText(form);
  await tx.completeItems([
    {
      itemId,
      ...place,
      ...NOT_A_MAIL,
      callRef: form.callRef ?? null,
      text: { subject: '', body: text, bigrams: searchTerms(text), parts: [], attachments: [], turns: null },
      identity: {
        sealed: sealer.seal(Buffer.from(JSON.stringify(identityOf(form))), identityContext(itemId)),
        senderKey: form.callerPhone === undefined ? null : phoneKey(sealer, form.callerPhone),
        domainKey: null,
      },
    },
  ]);
}

/** Everything in the form that says who called, or whom he accuses. */
function identityOf(form: CallForm) {
  const { callerName, callerPhone, place, accusedUnit, anonymous, keepSecret, invalidReason } = form;
  return { callerName, callerPhone, place, accusedUnit, anonymous, keepSecret, invalidReason };
}

function itemEntry(viewer: Viewer, itemId: number, caseId: number | null, data: Record<string, unknown>): JournalEntry {
  return {
    actor: viewer.userId,
    kind: 'item.settled',
    itemId,
    ...(caseId === null ? {} : { caseId }),
    data: { channel: 'phone', ...data },
  };
}
