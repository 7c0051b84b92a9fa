import { z } from 'zod';
import { DOCUMENT_TRAPS } from '../casework/document-press.ts';
import { DOCUMENT_KINDS } from '../domain/official-document.ts';
import { LANES } from '../domain/vocabulary.ts';

/** What the case itself knows. Everything else is typed by the officer. */
export const CASE_FACTS = [
  'caseNumber',
  'receivedOn',
  'channel',
  'acceptedOn',
  'dueOn',
  'extendedDueOn',
  'category',
  'unit',
  'urgent',
  'state',
] as const;

/** The same words for every case, or one wording for each legal profile. */
const wording = z.union([z.string().min(1), z.strictObject({ '2014': z.string().min(1), '2022': z.string().min(1) })]);
export type Wording = z.infer<typeof wording>;

const field = z.strictObject({
  id: z.string().regex(/^[a-z][A-Za-z]*$/u),
  label: z.string().min(1),
  /** line: one line. text: paragraphs. date: YYYY-MM-DD. whole: a whole number. choice: one of `options`. */
  type: z.enum(['line', 'text', 'date', 'whole', 'choice']),
  /** case: known by the case, typed only where the case does not know it. officer: typed. */
  from: z.enum(['case', 'officer']),
  optional: z.boolean().default(false),
  /** Which article or practice asks for it. */
  requiredBy: wording,
  /** Typed when the officer types nothing. */
  usual: z.string().min(1).exactOptional(),
  most: z.int().positive().exactOptional(),
  least: z.int().exactOptional(),
  /** The date may not be before that of another field. */
  notBefore: z.string().exactOptional(),
  /** The date may be at most so many calendar days after that of another field. */
  within: z.strictObject({ days: z.int().positive(), of: z.string() }).exactOptional(),
  notInFuture: z.boolean().exactOptional(),
  /** The one place where the citizen may be named, unless he asked to stay unknown. */
  complainant: z.boolean().exactOptional(),
  /** Names who gets the document: no unit that must not receive the case may stand here. */
  recipient: z.boolean().exactOptional(),
  options: z
    .array(z.strictObject({ value: z.string().min(1), label: z.string().min(1), text: wording.exactOptional() }))
    .min(2)
    .exactOptional(),
});
export type DocumentField = z.infer<typeof field>;

const row = z.strictObject({ label: z.string().min(1).max(14), text: wording });

export const documentFile = z.strictObject({
  kind: z.enum(DOCUMENT_KINDS),
  name: z.string().min(1),
  /** citizen: signed by the organ. unit: to a unit of ours or another body. office: stays inside. */
  audience: z.enum(['citizen', 'unit', 'office']),
  /** Between 甘教效 and the year. */
  series: z.string().regex(/^\p{Script=Han}{1,3}$/u),
  title: z.string().min(1),
  lanes: z.array(z.enum(LANES)).min(1),
  traps: z.array(z.enum(DOCUMENT_TRAPS)),
  /** Days that this document may name besides those of its own fields: what the law gives. */
  days: z.array(z.int().positive()).default([]),
  basis: wording,
  signature: z.enum(['organ', 'office', 'none']),
  fields: z.array(field).min(1),
  addressee: z.string().min(1).exactOptional(),
  body: z.array(wording).default([]),
  rows: z.array(row).default([]),
  copies: z.string().min(1).exactOptional(),
});
export type DocumentFileData = z.infer<typeof documentFile>;

const words = z.array(z.string().min(2)).min(1);
export const trapsFile = z.strictObject({
  'claims-truth': words,
  'promises-result': words,
  'names-handler': words,
  'repeats-sensitive': words,
  'names-category': words,
});
export type TrapWords = z.infer<typeof trapsFile>;

/** Who the organ is: printed on every document. */
export const officeFile = z.strictObject({
  organ: z.string().min(1),
  office: z.string().min(1),
  phone: z.string().min(1),
});
export type OfficeWords = z.infer<typeof officeFile>;
