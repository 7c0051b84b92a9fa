import type { DocumentRow, FillContext, FilledDocument } from '../casework/document-press.ts';
import { isCalendarDate, type CalendarDate } from '../domain/calendar-date.ts';
import { placeholders, wordingFor } from './document-catalogue.ts';
import type { DocumentField, DocumentFileData, OfficeWords, Wording } from './document-schema.ts';

type Words = ReadonlyMap<string, string>;

/** The document with every placeholder filled. A paragraph or row that needs a field which was left empty is left out. */
export function writeDocument(
  data: DocumentFileData,
  office: OfficeWords,
  values: Words,
  context: FillContext,
): FilledDocument {
  const { profile, signed, corrects } = context;
  const shown = shownValues(data, office, values, context);
  const fill = (text: Wording): readonly string[] => paragraphsOf(wordingFor(text, profile), shown);
  const correction = corrects === null ? [] : [`本文书更正${corrects}文书，原文书以本文书为准。`];
  return {
    kind: data.kind,
    name: data.name,
    organ: office.organ,
    title: fill(data.title).join(''),
    number: signed?.number ?? null,
    addressee: data.addressee === undefined ? null : fill(data.addressee).join(''),
    paragraphs: [...correction, ...data.body.flatMap(fill)],
    rows: data.rows.flatMap(({ label, text }): DocumentRow[] => {
      const paragraphs = fill(text);
      return paragraphs.length === 0 ? [] : [{ label, paragraphs }];
    }),
    signature: data.signature === 'none' ? null : office[data.signature],
    signedOn: signed === null ? null : chineseDate(signed.on),
    copies: data.copies === undefined ? null : fill(data.copies).join(''),
  };
}

function shownValues(
  { fields, basis }: DocumentFileData,
  office: OfficeWords,
  values: Words,
  { profile }: FillContext,
): Words {
  const shown = new Map<string, string>([...Object.entries(office), ['basis', wordingFor(basis, profile)]]);
  for (const field of fields) {
    const value = values.get(field.id);
    if (value !== undefined) shown.set(field.id, showValue(field, value, profile));
  }
  return shown;
}

function showValue({ type, options }: DocumentField, value: string, profile: FillContext['profile']): string {
  if (type === 'date' && isCalendarDate(value)) return chineseDate(value);
  if (type !== 'choice') return value;
  const option = options?.find((one) => one.value === value);
  return option?.text === undefined ? (option?.label ?? value) : wordingFor(option.text, profile);
}

/** A value never brings new placeholders: it is put in, not read again. */
function paragraphsOf(text: string, shown: Words): readonly string[] {
  if (placeholders(text).some((name) => !shown.has(name))) return [];
  const filled = text.replaceAll(/\{(\w+)\}/gu, (_whole, name: string) => shown.get(name) ?? '');
  return filled
    .split('\n')
    .map((line) => line.replaceAll(/^[ \t]+|[ \t]+$/gu, ''))
    .filter((line) => line !== '');
}

/** GB/T 9704-2012 7.3.5.5: Arabic numerals, the year in full, no leading zeros. */
function chineseDate(date: CalendarDate): string {
  const [year, month, day] = date.split('-').map(Number);
  return `${String(year)}年${String(month)}月${String(day)}日`;
}
