import { z } from 'zod';
import type { DocumentView, OpenedDocument } from '../casework/documents.ts';
import { DELIVERY_WAYS, DOCUMENT_KINDS } from '../domain/official-document.ts';
import { LANES } from '../domain/vocabulary.ts';
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
});
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
  corrects: z.int().positive().exactOptional().describe('Id of the signed document that this one puts right.'),
});
export const REVISION = z.strictObject({ version, fields });
export const STEP = z.strictObject({ version });
export const DELIVER = z.discriminatedUnion('way', [
  z.strictObject({ version, way: z.literal(DELIVERY_WAYS[0]) }),
  z.strictObject({ version, way: z.literal(DELIVERY_WAYS[1]), postNumber: line(40) }),
  z.strictObject({ version, way: z.enum([DELIVERY_WAYS[2], DELIVERY_WAYS[3]]), at: z.iso.datetime({ offset: true }) }),
]);

type Names = { readonly name: (kind: DocumentView['kind']) => string };

export function presentDocument({ deliveries, kind, state, ...view }: DocumentView, { name }: Names) {
  return {
    ...view,
    kind: { code: kind, name: name(kind) },
    state: { code: state, name: DOCUMENT_STATE_NAMES[state] },
    deliveries: deliveries.map(({ way, letter, ...delivery }) => ({
      ...delivery,
      way: { code: way, name: DELIVERY_WAY_NAMES[way] },
      letter:
        letter === null ? null : { ...letter, state: { code: letter.state, name: LETTER_STATE_NAMES[letter.state] } },
    })),
  };
}

export function presentOpened({ fields: typed, text, ...view }: OpenedDocument, names: Names) {
  return { ...presentDocument(view, names), fields: typed, text };
}
