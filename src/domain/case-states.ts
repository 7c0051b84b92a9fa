/** Where a case stands. */
export const CASE_STATES = [
  'RECEIVED',
  'REGISTERED',
  'NEED_INFO',
  'TRIAGE',
  'ACCEPTED',
  'REJECTED',
  'CLOSED_FINAL',
  'MERGED',
  'TRANSFERRED',
  'SEALED',
  'DISPATCHED',
  'IN_PROGRESS',
  'EXT_REQUESTED',
  'UNDER_REVIEW',
  'TO_REPLY',
  'REPLIED',
  'CALLBACK',
  'CLOSED',
  'ARCHIVED',
  'FOLDED',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

/** Taken up, and the answer is not on its way yet. */
export const ACTIVE_STATES: readonly CaseState[] = [
  'ACCEPTED',
  'DISPATCHED',
  'IN_PROGRESS',
  'EXT_REQUESTED',
  'UNDER_REVIEW',
  'TO_REPLY',
];

/** Read by a person or about to be, and not answered yet, whether it was taken up or not. */
export const UNANSWERED_STATES: readonly CaseState[] = ['NEED_INFO', 'TRIAGE', ...ACTIVE_STATES];

export const CASE_STATE_NAMES: Readonly<Record<CaseState, string>> = {
  RECEIVED: '待登记',
  REGISTERED: '已登记',
  NEED_INFO: '待补正',
  TRIAGE: '待受理',
  ACCEPTED: '已受理',
  REJECTED: '不予受理',
  CLOSED_FINAL: '不再受理',
  MERGED: '已并案',
  TRANSFERRED: '已转送',
  SEALED: '密件直送',
  DISPATCHED: '待签收',
  IN_PROGRESS: '办理中',
  EXT_REQUESTED: '延期申请中',
  UNDER_REVIEW: '待审核',
  TO_REPLY: '待答复',
  REPLIED: '已答复',
  CALLBACK: '待回访',
  CLOSED: '已办结',
  ARCHIVED: '已归档',
  // Not in the field's own list: the number was drawn before the item was read, and the item was no case of its own.
  FOLDED: '未单独立件',
};

/** What the item of a folded case turned out to be. */
export const FOLDINGS = ['follow-up', 'automatic', 'duplicate', 'junk'] as const;
export type Folding = (typeof FOLDINGS)[number];
