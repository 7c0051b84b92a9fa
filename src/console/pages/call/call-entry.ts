import type { components } from '../../api/schema.ts';

export type CallForm = components['schemas']['CallFormInput'];
export type CallDraft = components['schemas']['CallDraft'];
export type InvalidReason = NonNullable<CallForm['invalidReason']>;

export const INVALID_REASONS = [
  'silence',
  'hang-up',
  'wrong-number',
  'abusive',
  'test',
] as const satisfies InvalidReason[];

/** What the service takes at most, in characters. */
export const MOST = {
  text: 50_000,
  accusedUnit: 200,
  place: 200,
  callerName: 100,
  callerPhone: 50,
  transcript: 200_000,
  promise: 500,
  promises: 20,
} as const;

/** The record as it stands in the fields of the page: everything is there, empty when nothing was typed. */
export type CallEntry = {
  /** Id of the call in the telephone system, when that opened the page. */
  readonly callRef: string;
  /** When the first word was typed, ISO 8601; null before it. */
  readonly startedAt: string | null;
  readonly text: string;
  readonly accusedUnit: string;
  readonly place: string;
  readonly callerName: string;
  readonly callerPhone: string;
  readonly anonymous: boolean;
  readonly keepSecret: boolean;
  readonly transcript: string;
  readonly promises: readonly string[];
  readonly outcome: 'case' | 'invalid';
  readonly invalidReason: InvalidReason | null;
};
export type EntryField = keyof CallEntry;

export function blankEntry(callRef = ''): CallEntry {
  return {
    callRef,
    startedAt: null,
    text: '',
    accusedUnit: '',
    place: '',
    callerName: '',
    callerPhone: '',
    anonymous: false,
    keepSecret: false,
    transcript: '',
    promises: [],
    outcome: 'case',
    invalidReason: null,
  };
}

/** Nothing in it that would be missed. */
export function isBlank(entry: CallEntry): boolean {
  const { text, accusedUnit, place, callerName, callerPhone, transcript, promises } = entry;
  return (
    promises.length === 0 && [text, accusedUnit, place, callerName, callerPhone, transcript].every((it) => it === '')
  );
}

/** The fields as they stand, blanks left out: a draft keeps what was typed, also what will not be sent. */
export function toDraftForm(entry: CallEntry): CallDraft['form'] {
  const { invalidReason } = entry;
  return {
    ...lines(entry, ['callRef', 'callerName', 'callerPhone', 'place', 'accusedUnit'], (typed) => typed),
    ...record(entry),
    ...(invalidReason === null ? {} : { invalidReason }),
  };
}

export function entryOfDraft(form: CallDraft['form']): CallEntry {
  return { ...blankEntry(), ...form };
}

/** What is sent when the call is saved. Whoever stays anonymous leaves no name and no number. */
export function toCallForm(entry: CallEntry): CallForm {
  const { anonymous, outcome, invalidReason } = entry;
  const caller = anonymous ? [] : (['callerName', 'callerPhone'] as const);
  return {
    ...lines(entry, ['callRef', ...caller, 'place', 'accusedUnit'], (typed) => typed.trim()),
    ...record(entry),
    ...(outcome === 'case' || invalidReason === null ? {} : { invalidReason }),
  };
}

/** What a draft and a saved call say alike; what is empty is left out. */
function record({ startedAt, text, anonymous, keepSecret, transcript, promises, outcome }: CallEntry) {
  return {
    ...(startedAt === null ? {} : { startedAt }),
    anonymous,
    keepSecret,
    text,
    ...(transcript === '' ? {} : { transcript }),
    ...(promises.length === 0 ? {} : { promises: [...promises] }),
    outcome,
  };
}

/** What the rules are to read: as the service puts the record together when it saves it. */
export function spokenText({ text, transcript }: CallEntry): string {
  return [text, transcript].filter((part) => part.trim() !== '').join('\n');
}

export type EntryProblem = {
  readonly field: EntryField;
  readonly problem: 'text-missing' | 'reason-missing' | 'too-long';
};

/** What the service would refuse, known before it is asked. */
export function problemsOf(entry: CallEntry): readonly EntryProblem[] {
  const problems: EntryProblem[] = [];
  const missing = entry.text.trim() === '' && entry.transcript.trim() === '';
  if (entry.outcome === 'case' && missing) problems.push({ field: 'text', problem: 'text-missing' });
  if (entry.outcome === 'invalid' && entry.invalidReason === null) {
    problems.push({ field: 'invalidReason', problem: 'reason-missing' });
  }
  for (const field of ['text', 'accusedUnit', 'place', 'callerName', 'callerPhone', 'transcript'] as const) {
    if (entry[field].length > MOST[field]) problems.push({ field, problem: 'too-long' });
  }
  return problems;
}

type LineField = 'callRef' | 'callerName' | 'callerPhone' | 'place' | 'accusedUnit';

function lines(entry: CallEntry, fields: readonly LineField[], written: (typed: string) => string) {
  const filled = fields.map((field) => [field, written(entry[field])] as const).filter(([, line]) => line !== '');
  return Object.fromEntries(filled) as Partial<Record<LineField, string>>;
}
