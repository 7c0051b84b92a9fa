import type { Role, Viewer } from './vocabulary.ts';

/** Everything the office writes on paper. What each one says and needs stands in rules/letters/. */
export const DOCUMENT_KINDS = [
  'acceptance',
  'rejection',
  'final-rejection',
  'transfer',
  'referral',
  'assignment',
  'enrolment-check',
  'reminder',
  'supervision',
  'extension-request',
  'extension-notice',
  'completion-report',
  'answer',
  'feedback',
  'callback-record',
  'leader-brief',
  'ledger-page',
] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];

/** draft 拟稿, approved 已审核, signed 已签发, delivered 已送达. From signing on nothing in it ever changes. */
export const DOCUMENT_STATES = ['draft', 'approved', 'signed', 'delivered'] as const;
export type DocumentState = (typeof DOCUMENT_STATES)[number];

/** How a document reaches whom it is for, each with its own proof. */
export const DELIVERY_WAYS = ['mail', 'post', 'read-aloud', 'by-hand'] as const;
export type DeliveryWay = (typeof DELIVERY_WAYS)[number];

export const DOCUMENT_ACTS = ['draft', 'revise', 'approve', 'sign', 'deliver'] as const;
export type DocumentAct = (typeof DOCUMENT_ACTS)[number];

/** Who may do what. The supervisor signs for the organ; whoever drafted needs a second person for both of the later steps. */
export const DOCUMENT_ROLES: Readonly<Record<DocumentAct, readonly Role[]>> = {
  draft: ['triage', 'supervisor', 'discipline'],
  revise: ['triage', 'supervisor', 'discipline'],
  approve: ['triage', 'supervisor', 'discipline'],
  sign: ['supervisor', 'discipline'],
  deliver: ['triage', 'supervisor', 'discipline'],
};

/** Why an act on a document is refused, as the officer reads it. */
export const DOCUMENT_REFUSALS = {
  'role-not-allowed': '您的岗位不能执行此操作',
  'same-person': '拟稿人不能审核或者签发自己拟的文书，请由另一人办理',
  'not-a-draft': '该文书已审核或者已签发，不能再审核',
  'not-approved': '该文书尚未审核，不能签发',
  'already-signed': '该文书已签发，不得改动；确有错误的，另拟一份更正文书',
  'not-signed': '该文书尚未签发，不能送达',
  'not-for-citizen': '该文书不是给来件人的，不能发送给来件人，也不能向其宣读',
  'no-address': '来件没有可用的邮箱地址，请改用邮寄、宣读或者当面送达',
  'nothing-to-correct': '只能更正本件已签发的文书',
} as const;
export type DocumentRefusal = keyof typeof DOCUMENT_REFUSALS;

export type DocumentFile = { readonly state: DocumentState; readonly draftedBy: number };

/** The state after the act, or why it is refused. */
export function decideDocument(
  document: DocumentFile,
  act: Exclude<DocumentAct, 'draft'>,
  by: Viewer,
):
  | { readonly kind: 'accepted'; readonly state: DocumentState }
  | { readonly kind: 'refused'; readonly reason: DocumentRefusal } {
  const reason = refusalOf(document, act, by);
  return reason === null ? { kind: 'accepted', state: STATE_AFTER[act] } : { kind: 'refused', reason };
}

const STATE_AFTER: Readonly<Record<Exclude<DocumentAct, 'draft'>, DocumentState>> = {
  revise: 'draft',
  approve: 'approved',
  sign: 'signed',
  deliver: 'delivered',
};

/** The state that a step needs, and what is said when it is another. */
const STEP = {
  approve: { needs: 'draft', otherwise: 'not-a-draft' },
  sign: { needs: 'approved', otherwise: 'not-approved' },
} as const;

function refusalOf({ state, draftedBy }: DocumentFile, act: DocumentAct, by: Viewer): DocumentRefusal | null {
  if (!DOCUMENT_ROLES[act].includes(by.role)) return 'role-not-allowed';
  const signed = state === 'signed' || state === 'delivered';
  if (act === 'deliver') return signed ? null : 'not-signed';
  if (signed) return 'already-signed';
  if (act !== 'approve' && act !== 'sign') return null;
  if (state !== STEP[act].needs) return STEP[act].otherwise;
  return draftedBy === by.userId ? 'same-person' : null;
}

/** GB/T 9704-2012 7.2.5: code of the organ, year in 〔〕 in full, serial without leading zeros. `series` tells kinds apart. */
export function documentNumber(series: string, year: number, serial: number): string {
  return `甘教效${series}〔${String(year)}〕${String(serial)}号`;
}
