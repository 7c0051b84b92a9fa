import type { CalendarDate } from '../domain/calendar-date.ts';
import type { DocumentKind } from '../domain/official-document.ts';
import type { Lane, Profile } from '../domain/vocabulary.ts';

/** What the letters part of the house does for the use cases of official documents. */

/** What no document may say. Which of them bind a kind, and their words, stand in rules/letters/. */
export const DOCUMENT_TRAPS = [
  'claims-truth',
  'promises-result',
  'promises-days',
  'names-handler',
  'repeats-sensitive',
  'names-accused',
  'names-complainant',
  'names-category',
] as const;
export type DocumentTrap = (typeof DOCUMENT_TRAPS)[number];

/** Why a field cannot go into a document, with what the officer should do about it. */
export const FILL_REASONS = {
  'unknown-field': '该文书没有这一项，请删去',
  missing: '请填写',
  'case-knows': '该项以案件登记为准，不能另行填写',
  'not-a-date': '应为日期，写作 2026-01-31',
  'not-a-number': '应为规定范围内的整数',
  'not-an-option': '应为所列选项之一',
  'too-long': '超过字数上限，请压缩',
  'one-line-only': '应写在一行之内，不含控制字符',
  'before-other-date': '早于应在其前的日期，请核对',
  'too-far': '超过规定的最长期限，请核对',
  'in-future': '不能晚于今天，请核对',
  'missing-glyph': '含有公文字体没有的字，请改用规范字，或者改用打印后手写签发',
  'recipient-denied': '该单位是被反映单位或者应当回避的单位，不能作为收件单位',
  'not-in-this-lane': '该类来件不能制发此种文书',
  'not-confirmed': '人工确认被反映单位之前，不能向单位制发文书',
  'claims-truth': '未经调查认定，不得写明所反映的情况属实，请改为中性表述',
  'promises-result': '不得承诺办理结果，请删去',
  'promises-days': '不得承诺法定期限以外的天数，请改写法定期限或者具体日期',
  'names-handler': '不得写明具体办理人员，请改为“有关部门”',
  'repeats-sensitive': '不得复述敏感细节和证件、电话、账号，请删去或者概括表述',
  'names-accused': '不得写明被反映的人员和单位，请改为“有关单位”',
  'names-complainant': '不得写明来件人的姓名、电话和地址，请改为“来件人”',
  'names-category': '不得写明问题类别，请改为中性表述',
} as const satisfies Readonly<Record<DocumentTrap | string, string>>;
export type FillReason = keyof typeof FILL_REASONS;

/** `field` is '' when it is the document as a whole. */
export type FillProblem = { readonly field: string; readonly reason: FillReason; readonly advice: string };

/** Facts that the case knows; dates as YYYY-MM-DD. What it does not know yet is absent. */
export type CaseFacts = Readonly<Record<string, string>>;

export type FillContext = {
  readonly profile: Profile;
  readonly lane: Lane;
  readonly confirmed: boolean;
  readonly today: CalendarDate;
  readonly facts: CaseFacts;
  /** Words that name people or units of this case. `denied`: who must not receive it. */
  readonly names: {
    readonly complainant: readonly string[];
    readonly accused: readonly string[];
    readonly handlers: readonly string[];
    readonly denied: readonly string[];
  };
  /** He asked to stay unknown, or gave no name: nobody confirms who he is. */
  readonly anonymous: boolean;
  /** Null before signing. */
  readonly signed: { readonly number: string; readonly on: CalendarDate } | null;
  /** Number of the signed document that this one puts right. */
  readonly corrects: string | null;
};

export type DocumentRow = { readonly label: string; readonly paragraphs: readonly string[] };

/** A document with everything in it: what is rendered, and what is frozen. */
export type FilledDocument = {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly organ: string;
  readonly title: string;
  /** Null: a draft. */
  readonly number: string | null;
  readonly addressee: string | null;
  readonly paragraphs: readonly string[];
  readonly rows: readonly DocumentRow[];
  readonly signature: string | null;
  /** 2026年1月31日 */
  readonly signedOn: string | null;
  readonly copies: string | null;
};

export type Filling =
  | { readonly kind: 'filled'; readonly document: FilledDocument }
  | { readonly kind: 'refused'; readonly problems: readonly [FillProblem, ...FillProblem[]] };

/** One field of a kind, for the form in which it is typed. */
export type DocumentFormField = {
  readonly id: string;
  readonly label: string;
  readonly type: 'line' | 'text' | 'date' | 'whole' | 'choice';
  readonly from: 'case' | 'officer';
  readonly optional: boolean;
  readonly requiredBy: string;
  readonly usual: string | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
};
export type DocumentForm = {
  readonly kind: DocumentKind;
  readonly name: string;
  readonly audience: 'citizen' | 'unit' | 'office';
  readonly lanes: readonly Lane[];
  readonly fields: readonly DocumentFormField[];
};

export type DocumentPress = {
  forms(profile: Profile): readonly DocumentForm[];
  /** `series` stands between 甘教效 and the year in a number. */
  about(kind: DocumentKind): Pick<DocumentForm, 'name' | 'audience'> & { readonly series: string };
  fill(kind: DocumentKind, fields: Readonly<Record<string, string>>, context: FillContext): Filling;
  docx(document: FilledDocument): Buffer;
  pdf(document: FilledDocument): Promise<Buffer>;
  /** For reading aloud and for showing. */
  text(document: FilledDocument): string;
  /** The bytes of a mail that carries the document and says nothing of it. */
  mail(mail: DocumentMail): { readonly bytes: Buffer; readonly sha256: Buffer };
};

export type DocumentMail = {
  readonly messageId: string;
  readonly recipient: string;
  readonly now: Date;
  readonly caseNumber: string;
  readonly pdf: Buffer;
};
