import {
  FILL_REASONS,
  type FillContext,
  type Filling,
  type FillProblem,
  type FillReason,
} from '../casework/document-press.ts';
import { dayNumber, isCalendarDate } from '../domain/calendar-date.ts';
import type { DocumentKind } from '../domain/official-document.ts';
import type { DocumentCatalogue } from './document-catalogue.ts';
import type { DocumentField, DocumentFileData } from './document-schema.ts';
import { fallsInto, namesOne } from './document-traps.ts';
import { writeDocument } from './write-document.ts';

/** What the officer typed, by field. */
export type TypedFields = Readonly<Record<string, string>>;

/** Whether the font has every character; what it lacks would come out as an empty box. */
export type HasGlyphs = (text: string) => boolean;

/**
 * Puts the facts of the case and what was typed into a document, or says of every field what is wrong with it. Nothing that a
 * trap forbids gets through.
 */
export function fillDocument(
  catalogue: DocumentCatalogue,
  hasGlyphs: HasGlyphs,
  kind: DocumentKind,
  typed: TypedFields,
  context: FillContext,
): Filling {
  const data = catalogue.documents.get(kind);
  if (data === undefined) throw new RangeError('the catalogue is checked to hold every kind');
  const values = valuesOf(data, typed, context);
  const problems = [
    ...documentProblems(data, context),
    ...Object.keys(typed)
      .filter((id) => !data.fields.some((field) => field.id === id))
      .map((id) => problem(id, 'unknown-field')),
    ...data.fields.flatMap((field) => fieldProblems({ data, catalogue, hasGlyphs, typed, values, context }, field)),
  ];
  const [first, ...rest] = problems;
  if (first !== undefined) return { kind: 'refused', problems: [first, ...rest] };
  return { kind: 'filled', document: writeDocument(data, catalogue.office, values, context) };
}

function problem(field: string, reason: FillReason): FillProblem {
  return { field, reason, advice: FILL_REASONS[reason] };
}

function documentProblems({ lanes, audience }: DocumentFileData, { lane, confirmed }: FillContext): FillProblem[] {
  if (!lanes.includes(lane)) return [problem('', 'not-in-this-lane')];
  return audience === 'unit' && !confirmed ? [problem('', 'not-confirmed')] : [];
}

/** What the case knows, else what was typed, else what is usual. Blank is nothing. */
function valuesOf(
  { fields }: DocumentFileData,
  typed: TypedFields,
  { facts }: FillContext,
): ReadonlyMap<string, string> {
  return new Map(
    fields.flatMap(({ id, from, usual }): [string, string][] => {
      const known = from === 'case' ? facts[id] : undefined;
      const value = (known ?? typed[id] ?? usual ?? '').replaceAll('\r\n', '\n').trim();
      const used = value === '' ? (usual ?? '') : value;
      return used === '' ? [] : [[id, used]];
    }),
  );
}

type Check = {
  readonly data: DocumentFileData;
  readonly catalogue: DocumentCatalogue;
  readonly hasGlyphs: HasGlyphs;
  readonly typed: TypedFields;
  readonly values: ReadonlyMap<string, string>;
  readonly context: FillContext;
};

function fieldProblems(check: Check, field: DocumentField): FillProblem[] {
  const { typed, values, context } = check;
  const value = values.get(field.id);
  if (value === undefined) return field.optional ? [] : [problem(field.id, 'missing')];
  const known = field.from === 'case' ? context.facts[field.id] : undefined;
  const said = typed[field.id];
  if (known !== undefined && said !== undefined && said.trim() !== known) return [problem(field.id, 'case-knows')];
  // The clocks of the case are right by themselves: they roll on from rest days, which no rule here knows.
  const wrong = shapeProblem(field, value) ?? (known === undefined ? dateProblem(field, value, check) : null);
  if (wrong !== null) return [problem(field.id, wrong)];
  return wordProblems(check, field, value).map((reason) => problem(field.id, reason));
}

const CONTROLS = /[\p{Cc}\u2028\u2029]/u;

function shapeProblem({ type, most, least, options }: DocumentField, value: string): FillReason | null {
  switch (type) {
    case 'date':
      return isCalendarDate(value) ? null : 'not-a-date';
    case 'whole': {
      const number = /^\d{1,6}$/u.test(value) ? Number(value) : -1;
      return number >= (least ?? 0) && number <= (most ?? 999_999) ? null : 'not-a-number';
    }
    case 'choice':
      return options?.some((option) => option.value === value) === true ? null : 'not-an-option';
    case 'line':
      return wordingProblem(value, value, most ?? 200);
    case 'text':
      return wordingProblem(value, value.replaceAll('\n', ''), most ?? 2_000);
  }
}

function wordingProblem(value: string, ofOneLine: string, most: number): FillReason | null {
  if (CONTROLS.test(ofOneLine)) return 'one-line-only';
  return [...value].length > most ? 'too-long' : null;
}

function dateProblem(field: DocumentField, value: string, { values, context }: Check): FillReason | null {
  if (field.type !== 'date' || !isCalendarDate(value)) return null;
  const day = dayNumber(value);
  const dayOfField = (id: string | undefined): number | null => {
    const other = id === undefined ? undefined : values.get(id);
    return other !== undefined && isCalendarDate(other) ? dayNumber(other) : null;
  };
  if (field.notInFuture === true && day > dayNumber(context.today)) return 'in-future';
  const before = dayOfField(field.notBefore);
  if (before !== null && day < before) return 'before-other-date';
  const from = dayOfField(field.within?.of);
  return from !== null && day > from + (field.within?.days ?? 0) ? 'too-far' : null;
}

function wordProblems(
  { data, catalogue, hasGlyphs, context }: Check,
  field: DocumentField,
  value: string,
): FillReason[] {
  if (field.type !== 'line' && field.type !== 'text') return [];
  const reasons: FillReason[] = hasGlyphs(value) ? [] : ['missing-glyph'];
  if (field.recipient === true && namesOne(value, context.names.denied)) reasons.push('recipient-denied');
  if (field.from !== 'officer') return reasons; // what the case knows was not typed here
  const mayName = field.complainant === true && !context.anonymous;
  const against = { words: catalogue.traps, names: context.names, days: data.days, mayName };
  return [...reasons, ...data.traps.filter((trap) => fallsInto(trap, value, against))];
}
