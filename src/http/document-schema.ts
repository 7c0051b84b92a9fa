import { z } from 'zod';
import type { DocumentView, OpenedDocument, WaitingDocument } from '../casework/documents.ts';
import {
  decideDocument,
  DELIVERY_WAYS,
  DOCUMENT_ACTS,
  DOCUMENT_KINDS,
  DOCUMENT_REFUSALS,
  type DocumentKind,
} from '../domain/official-document.ts';
import { groupDigits } from '../domain/spoken-digits.ts';
import { LANES, type Viewer } from '../domain/vocabulary.ts';
import { coded, line, list, prose, staff, version, when } from './fields.ts';
import { DELIVERY_WAY_NAMES, DOCUMENT_STATE_NAMES, LETTER_STATE_NAMES } from './labels.ts';

const documentKind = z.enum(DOCUMENT_KINDS);

/** One field of a kind, as a form shows it. */
const FORM_FIELD = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(['line', 'text', 'date', 'whole', 'choice']),
  from: z.enum(['case', 'officer']).describe('case: typed only where the case does not know it.'),
  optional: z.boolean(),
  requiredBy: z.string().describe('The article or practice that asks for it.'),
  usual: z.string().nullable(),
  options: list(z.object({ value: z.string(), label: z.string() })),
});
export const DOCUMENT_FORM = z.object({
  kind: documentKind,
  name: z.string(),
  audience: z.enum(['citizen', 'unit', 'office']),
  lanes: list(z.enum(LANES)),
  fields: list(FORM_FIELD),
});

const DELIVERY = z.object({
  way: coded,
  at: when,
  by: staff,
  postNumber: z.string().nullable(),
  letter: z
    .object({ state: coded, smtpCode: z.int().nullable(), sentAt: when.nullable() })
    .nullable()
    .describe('The mail that carries it; "sent": accepted by the server.'),
});
export const DOCUMENT = z.object({
  id: z.int(),
  caseId: z.int(),
  kind: coded,
  state: coded,
  version: z.int(),
  number: z.string().nullable().describe('null: not signed.'),
  corrects: z.string().nullable().describe('Number of the document that this one puts right.'),
  draftedBy: staff,
  draftedAt: when,
  approvedBy: staff.nullable(),
  approvedAt: when.nullable(),
  signedBy: staff.nullable(),
  signedAt: when.nullable(),
  pdfSha256: z.string().nullable(),
  docxSha256: z.string().nullable(),
  deliveries: list(DELIVERY),
  acts: list(z.object({ act: z.enum(DOCUMENT_ACTS), closed: coded.nullable() })).describe(
    'Each step, and why you cannot take it now; null: you can.',
  ),
});
/** What the history of the case calls for and nobody has drafted yet. */
export const OWED_DOCUMENT = z.object({ kind: coded, since: when });
export const WAITING_DOCUMENT = z
  .object({
    id: z.int(),
    caseId: z.int(),
    caseNumberShown: z.string(),
    kind: coded,
    state: coded,
    number: z.string().nullable(),
    act: z.enum(['approve', 'sign', 'deliver']).describe('What is yours to do.'),
    draftedBy: staff,
    draftedAt: when,
  })
  .meta({ id: 'WaitingDocument' });
export const OPENED_DOCUMENT = DOCUMENT.extend({
  fields: z.record(z.string(), z.string()),
  text: z.string().describe('As it reads, for reading aloud; empty for a draft that has become unfit.'),
});

const fields = z
  .record(z.string().max(40), prose(10_000))
  .refine((typed) => Object.keys(typed).length <= 40, '字段过多')
  .describe('What was typed, by field; dates as YYYY-MM-DD.');
export const DRAFT = z.strictObject({
  kind: documentKind,
  fields,
  corrects: z
    .strictObject({ id: z.int().positive(), reason: prose(500).refine((text) => text.trim() !== '', '请填写理由') })
    .exactOptional()
    .describe('The signed document that this one puts right, and what is wrong with it.'),
});
export const TRIAL = z.strictObject({
  kind: documentKind,
  fields,
  corrects: z.int().positive().exactOptional().describe('Id of the signed document that it would put right.'),
});
export const TRIED = z.object({
  known: z.record(z.string(), z.string()).describe('Fields that the case itself fills.'),
  problems: list(z.object({ field: z.string(), reason: z.string(), advice: z.string() })).describe(
    'field "": the document as a whole.',
  ),
  text: z.string().nullable().describe('As it would read; null while something is wrong.'),
});
export const REVISION = z.strictObject({ version, fields });
export const STEP = z.strictObject({ version });
export const DELIVER = z.discriminatedUnion('way', [
  z.strictObject({ version, way: z.literal(DELIVERY_WAYS[0]) }),
  z.strictObject({ version, way: z.literal(DELIVERY_WAYS[1]), postNumber: line(40) }),
  z.strictObject({ version, way: z.enum([DELIVERY_WAYS[2], DELIVERY_WAYS[3]]), at: z.iso.datetime({ offset: true }) }),
]);

type Names = { readonly name: (kind: DocumentView['kind']) => string };

export function codedKind(kind: DocumentKind, { name }: Names) {
  return { code: kind, name: name(kind) };
}

const CHANGES = DOCUMENT_ACTS.filter((act) => act !== 'draft');

export function presentDocument({ deliveries, kind, state, ...view }: DocumentView, names: Names, viewer: Viewer) {
  const file = { state, draftedBy: view.draftedBy.id };
  return {
    ...view,
    kind: codedKind(kind, names),
    state: { code: state, name: DOCUMENT_STATE_NAMES[state] },
    acts: CHANGES.map((act) => {
      const decision = decideDocument(file, act, viewer);
      const { reason } = { reason: null, ...decision };
      return { act, closed: reason === null ? null : { code: reason, name: DOCUMENT_REFUSALS[reason] } };
    }),
    deliveries: deliveries.map(({ way, letter, ...delivery }) => ({
      ...delivery,
      way: { code: way, name: DELIVERY_WAY_NAMES[way] },
      letter:
        letter === null ? null : { ...letter, state: { code: letter.state, name: LETTER_STATE_NAMES[letter.state] } },
    })),
  };
}

export function presentOpened({ fields: typed, text, ...view }: OpenedDocument, names: Names, viewer: Viewer) {
  return { ...presentDocument(view, names, viewer), fields: typed, text };
}

export function presentWaiting({ caseNumber, kind, state, ...rest }: WaitingDocument, names: Names) {
  return {
    ...rest,
    caseNumberShown: groupDigits(caseNumber, 3),
    kind: codedKind(kind, names),
    state: { code: state, name: DOCUMENT_STATE_NAMES[state] },
  };
}
