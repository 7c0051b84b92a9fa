import { createHash } from 'node:crypto';
import type { CaseFlag } from '../domain/case-reasons.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import {
  asRefusal,
  changeIn,
  type CaseOrder,
  type ChangeDependencies,
  type ChangeResult,
  type ChangeTransaction,
} from './change-case.ts';
import { claimIn, type ClaimResult, type ClaimTransaction } from './claim-case.ts';

/** One order to many cases. `confirm` takes the rules at their word, where there is nobody to accuse and nothing to check. */
export type BulkAction =
  | { readonly type: 'claim' }
  | { readonly type: 'assign'; readonly unit: string; readonly userId: number | null }
  | { readonly type: 'confirm' }
  | { readonly type: 'note'; readonly text: string }
  | { readonly type: 'mark'; readonly flag: CaseFlag };

/** A case, and the version of it that was on the screen. */
export type BulkItem = { readonly caseId: number; readonly version: number };

/** How one case of many came off. */
export const BULK_OUTCOMES = ['done', 'not-found', 'stale', 'claimed-by-other', 'one-by-one', 'refused'] as const;
export type BulkOutcome = (typeof BULK_OUTCOMES)[number];
export type BulkAnswer = {
  readonly caseId: number;
  readonly outcome: BulkOutcome;
  /** Of a refusal: its code, and the sentence that the person reads. */
  readonly reason: string | null;
  readonly detail: string | null;
};

export type BulkPlace = { readonly userId: number; readonly key: string; readonly caseId: number };

export type BulkTransaction = ChangeTransaction &
  ClaimTransaction & {
    /** Holds the place of the answer until the transaction ends. The answer that stands there already; null: this is the first. */
    reserveAnswer(place: BulkPlace): Promise<BulkAnswer | null>;
    keepAnswer(place: BulkPlace, answer: BulkAnswer): Promise<void>;
    /** Whether a person has to look at the case by itself: the rules are not sure of it, or a unit may not have it. */
    needsOwnLook(caseId: number): Promise<boolean>;
  };

export type BulkDependencies = Omit<ChangeDependencies, 'transact'> & {
  transact<T>(work: (tx: BulkTransaction) => Promise<T>): Promise<T>;
  /** false: the key was used for another order. */
  openOrder(userId: number, key: string, requestHash: Buffer): Promise<boolean>;
};

export type BulkResult =
  { readonly kind: 'answered'; readonly answers: readonly BulkAnswer[] } | { readonly kind: 'key-reused' };

/**
 * One order to many cases, each in a transaction of its own: what one case refuses does not keep the others from it. Under the
 * same key once more, after a lost answer or a crash, each case keeps the answer that it has, and only the rest is done.
 */
export async function orderMany(
  dependencies: BulkDependencies,
  viewer: Viewer,
  key: string,
  action: BulkAction,
  items: readonly BulkItem[],
): Promise<BulkResult> {
  const requestHash = createHash('sha256').update(JSON.stringify({ action, items })).digest();
  if (!(await dependencies.openOrder(viewer.userId, key, requestHash))) return { kind: 'key-reused' };
  const answers: BulkAnswer[] = [];
  for (const item of items) answers.push(await orderOne(dependencies, viewer, key, action, item));
  return { kind: 'answered', answers };
}

/** Takes back what was written for a case before it refused, its reserved place included. Never leaves this file. */
class Undone extends Error {
  readonly answer: BulkAnswer;
  constructor(answer: BulkAnswer) {
    super(answer.outcome);
    this.answer = answer;
  }
}

async function orderOne(
  dependencies: BulkDependencies,
  viewer: Viewer,
  key: string,
  action: BulkAction,
  item: BulkItem,
): Promise<BulkAnswer> {
  const place = { userId: viewer.userId, key, caseId: item.caseId };
  const keep = async (tx: BulkTransaction, make: () => Promise<BulkAnswer>): Promise<BulkAnswer> => {
    const earlier = await tx.reserveAnswer(place);
    if (earlier !== null) return earlier;
    const answer = await make();
    await tx.keepAnswer(place, answer);
    return answer;
  };
  try {
    return await dependencies.transact((tx) =>
      keep(tx, async () => {
        const answer = await carryOut(dependencies, tx, viewer, action, item);
        if (answer.outcome !== 'done') throw new Undone(answer);
        return answer;
      }),
    );
  } catch (error) {
    const refusal = asRefusal(error);
    const undone = error instanceof Undone ? error.answer : refusal === null ? null : answerOf(item.caseId, refusal);
    if (undone === null) throw error;
    return dependencies.transact((tx) => keep(tx, () => Promise.resolve(undone)));
  }
}

async function carryOut(
  dependencies: BulkDependencies,
  tx: BulkTransaction,
  viewer: Viewer,
  action: BulkAction,
  { caseId, version }: BulkItem,
): Promise<BulkAnswer> {
  const change = async (order: CaseOrder, seen: number | null): Promise<BulkAnswer> =>
    answerOf(caseId, await changeIn(dependencies, tx, viewer, { caseId, version: seen, order }));
  switch (action.type) {
    case 'claim':
      return answerOf(caseId, await claimIn(tx, viewer, caseId, dependencies.claimMinutes));
    case 'assign':
      return change({ type: 'assign', unit: action.unit, userId: action.userId }, version);
    case 'confirm':
      if ((await tx.isVisible(viewer, caseId)) && (await tx.needsOwnLook(caseId))) return ONE_BY_ONE(caseId);
      return change({ type: 'confirm', accusedUnits: [] }, version);
    case 'note':
      return change({ type: 'note', text: action.text }, null);
    case 'mark': {
      const order = { type: 'raise-flag', flag: action.flag, since: null, dueOn: null, why: null } as const;
      return change({ type: 'life', order, texts: {} }, null);
    }
  }
}

const ONE_BY_ONE = (caseId: number): BulkAnswer => ({
  caseId,
  outcome: 'one-by-one',
  reason: null,
  detail: '本件须核对或者涉及被反映单位，请逐件确认',
});

function answerOf(caseId: number, result: ChangeResult | ClaimResult): BulkAnswer {
  const bare = { caseId, reason: null, detail: null };
  switch (result.kind) {
    case 'changed':
    case 'held':
    case 'released':
      return { ...bare, outcome: 'done' };
    case 'not-found':
      return { ...bare, outcome: 'not-found', detail: '没有找到' };
    case 'stale':
      return { ...bare, outcome: 'stale', detail: '已被他人更新，请核对后再办' };
    case 'claimed':
      return { ...bare, outcome: 'claimed-by-other', detail: `本件正由${result.claim.by.name}领办` };
    case 'refused':
      return { caseId, outcome: 'refused', reason: result.reason, detail: result.message };
  }
}
