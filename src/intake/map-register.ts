import { createHash } from 'node:crypto';
import { type CalendarDate, dayOf } from '../domain/calendar-date.ts';
import type { Finding } from '../domain/case-reasons.ts';
import type { Category, Channel } from '../domain/vocabulary.ts';
import { withoutGuard } from './csv-cell.ts';
import { parseRegisterDate } from './register-date.ts';
import { type FieldPlace, letterOf, type PlacedMapping, plainWord, type RegisterField } from './register-mapping.ts';
import type { RegisterRow } from './register-table.ts';
import { unitNamed } from './register-units.ts';
import { categoryOf, channelOf, findingOf, stateOf, type RegisterState } from './register-words.ts';

/** One old case as its register tells it. */
export type RegisterEntry = {
  readonly line: number;
  /** Tells it from every other, hex: office and old number, or where there is none what was reported, when and by whom. */
  readonly key: string;
  readonly oldNumber: string | null;
  readonly receivedAt: Date;
  readonly channel: Channel;
  readonly name: string | null;
  readonly contact: string | null;
  readonly subject: string;
  readonly text: string;
  /** Ids of units of the department. */
  readonly accused: readonly string[];
  /** A body is named that is no unit of the department. */
  readonly accusesOthers: boolean;
  readonly category: Category | null;
  /** A unit id, NONEDU or UNRESOLVED. */
  readonly unit: string | null;
  readonly state: RegisterState;
  readonly finding: Finding | null;
  readonly closedOn: CalendarDate | null;
  readonly answer: string | null;
  /** The words of the row as they stand in the register, with their column heads. */
  readonly words: Readonly<Partial<Record<RegisterField, string>>>;
  /** What was read of it, as JSON: the same row given once more says the same, wherever it stands. */
  readonly told: string;
  /** The whole row as JSON, read or not. */
  readonly raw: string;
};

/** What is wrong with one cell, and what to do: a sentence for whoever keeps the register. */
export type RowProblem = { readonly field: RegisterField; readonly column: string; readonly say: string };

export type MappedRow =
  | { readonly kind: 'entry'; readonly row: RegisterRow; readonly entry: RegisterEntry }
  | { readonly kind: 'refused'; readonly row: RegisterRow; readonly problems: readonly RowProblem[] };

export type RegisterKnowledge = {
  /** As `unitWords` makes them. */
  readonly units: ReadonlyMap<string, string>;
  readonly from1904: boolean;
  readonly now: Date;
};

type Cells = {
  readonly words: Partial<Record<RegisterField, string>>;
  readonly meanings: Partial<Record<RegisterField, string>>;
};

/** Reads every row by the mapping. A row is taken whole or refused with all that is wrong with it; two rows of one key are one too many. */
export function mapRegister(placed: PlacedMapping, known: RegisterKnowledge): readonly MappedRow[] {
  const seen = new Map<string, number>();
  return placed.rows.map((row): MappedRow => {
    const mapped = mapRow(placed, known, row);
    if (mapped.kind === 'refused') return mapped;
    const earlier = seen.get(mapped.entry.key);
    if (earlier === undefined) {
      seen.set(mapped.entry.key, row.line);
      return mapped;
    }
    const field = mapped.entry.oldNumber === null ? 'text' : 'number';
    const say = `与第 ${String(earlier)} 行相同：同一件的，请删去一行；不是同一件的，请改正编号`;
    return { kind: 'refused', row, problems: [{ field, column: columnName(placed, field), say }] };
  });
}

function mapRow(placed: PlacedMapping, known: RegisterKnowledge, row: RegisterRow): MappedRow {
  const cells = cellsOf(placed, row);
  const problems: RowProblem[] = [];
  const refuse = (field: RegisterField, say: string): null => {
    problems.push({ field, column: columnName(placed, field), say });
    return null;
  };
  const read = readCells(cells, known, refuse);
  if (problems.length > 0 || read === null) return { kind: 'refused', row, problems };
  const { words } = cells;
  const oldNumber = words.number?.normalize('NFKC') ?? null;
  const facts = { line: row.line, oldNumber, name: words.name ?? null, contact: words.contact ?? null, words };
  const raw = JSON.stringify({ line: row.line, headers: placed.headers, cells: row.cells });
  const told = JSON.stringify(words);
  const entry = { ...facts, ...read, answer: words.answer ?? null, subject: words.subject ?? '', told, raw };
  return { kind: 'entry', row, entry: { ...entry, key: keyOf(placed.office, entry) } };
}

type Refuse = (field: RegisterField, say: string) => null;

function readCells(cells: Cells, known: RegisterKnowledge, refuse: Refuse) {
  const { words } = cells;
  const received = readDay('received', words, known, refuse);
  const closed = words.closed === undefined ? null : readDay('closed', words, known, refuse);
  const text = words.text ?? refuse('text', '没有内容：请补上反映的内容');
  const state = readState(cells, refuse);
  const coded = readCodes(cells, known, refuse);
  checkDays(received, closed, state, refuse);
  if (received === null || text === null || coded.channel === null || state === null) return null;
  return {
    ...coded,
    ...readAccused(cells, known),
    channel: coded.channel,
    receivedAt: instantOf(received.date, received.minutes),
    text,
    state,
    closedOn: closed?.date ?? null,
  };
}

/** What is one of a closed set here. */
function readCodes({ words, meanings }: Cells, { units }: RegisterKnowledge, refuse: Refuse) {
  const channel = orRefuse(meanings.channel ?? 'phone', channelOf, () =>
    refuse('channel', `“${shortened(words.channel)}”不知是来信还是来电：请在映射的 values 中写明 email 或者 phone`),
  );
  const category = optional(meanings.category, categoryOf, () =>
    refuse(
      'category',
      `“${shortened(words.category)}”不是通知的八类问题：请改为一至八，或者在映射的 values 中写明 1 至 8`,
    ),
  );
  const ofUnit = (word: string): string | null => unitNamed(units, word);
  const unit = optional(meanings.unit, ofUnit, () =>
    refuse('unit', `没有“${shortened(words.unit)}”这个单位：请改正，或者在映射的 values 中写明单位代码`),
  );
  const finding = optional(meanings.finding, findingOf, () =>
    refuse(
      'finding',
      `“${shortened(words.finding)}”不是属实、部分属实、不属实、待查之一：请改正，或者在映射的 values 中写明`,
    ),
  );
  return { channel, category, unit, finding };
}

function readAccused({ meanings }: Cells, { units }: RegisterKnowledge) {
  const named = splitNames(meanings.accused ?? '').map((name) => unitNamed(units, name));
  return { accused: [...new Set(named.filter((id) => id !== null))], accusesOthers: named.includes(null) };
}

/** As much of a cell as a sentence about it needs. */
function shortened(word = ''): string {
  return word.length > 40 ? `${word.slice(0, 40)}…` : word;
}

function cellsOf({ places }: PlacedMapping, { cells }: RegisterRow): Cells {
  const words: Partial<Record<RegisterField, string>> = {};
  const meanings: Partial<Record<RegisterField, string>> = {};
  for (const [field, place] of Object.entries(places) as [RegisterField, FieldPlace][]) {
    const word = place.kind === 'all' ? place.value : withoutGuard(cells[place.at] ?? '').trim();
    if (word === '') continue;
    words[field] = word;
    meanings[field] = place.kind === 'all' ? word : (place.values.get(plainWord(word)) ?? word);
  }
  return { words, meanings };
}

function optional<T>(word: string | undefined, read: (word: string) => T | null, refuse: () => null): T | null {
  return word === undefined ? null : orRefuse(word, read, refuse);
}

function orRefuse<T>(word: string, read: (word: string) => T | null, refuse: () => null): T | null {
  const found = read(word);
  return found === null ? refuse() : found;
}

function readDay(
  field: 'received' | 'closed',
  words: Cells['words'],
  { from1904, now }: RegisterKnowledge,
  refuse: Refuse,
) {
  const word = words[field];
  if (word === undefined) return refuse(field, '没有日期：请补上，例如 2014-03-05');
  const day = parseRegisterDate(word, from1904);
  if (day === null) return refuse(field, `“${shortened(word)}”不是日期：请写成 2014-03-05`);
  if (day.date < '2000-01-01') return refuse(field, `${day.date} 早于 2000 年：请核对年份`);
  return day.date > dayOf(now) ? refuse(field, `${day.date} 还没有到：请核对年份`) : day;
}

/** Told by its own column, else by whether there is a day on which it was closed. */
function readState({ words, meanings }: Cells, refuse: Refuse): RegisterState | null {
  if (meanings.state === undefined) return words.closed === undefined ? 'open' : 'closed';
  const state = stateOf(meanings.state);
  if (state !== null) return state;
  return refuse('state', `“${shortened(words.state)}”不知是否办结：请在映射的 values 中写明 open 或者 closed`);
}

type Day = ReturnType<typeof parseRegisterDate>;

function checkDays(received: Day, closed: Day, state: RegisterState | null, refuse: Refuse): void {
  if (closed === null) return;
  if (received !== null && closed.date < received.date) refuse('closed', '办结早于收到：请核对这两个日期');
  if (state === 'open') refuse('closed', '状态是未办结，却有办结日期：请改正其中一个');
}

function instantOf(date: CalendarDate, minutes: number | null): Date {
  return new Date(Date.parse(`${date}T00:00:00+08:00`) + (minutes ?? 0) * 60_000);
}

function splitNames(names: string): readonly string[] {
  return names.split(/[、,，;；\n/]+/u).filter((name) => name.trim() !== '');
}

type Told = Pick<RegisterEntry, 'oldNumber' | 'receivedAt' | 'channel' | 'name' | 'contact' | 'subject' | 'text'>;

function keyOf(office: string, told: Told): string {
  const { oldNumber, receivedAt, channel, name, contact, subject, text } = told;
  const identity =
    oldNumber === null
      ? ['content', office, receivedAt.toISOString(), channel, name, contact, subject, text]
      : ['number', plainWord(office), plainWord(oldNumber)];
  return createHash('sha256').update(JSON.stringify(identity)).digest('hex');
}

function columnName({ headers, places }: PlacedMapping, field: RegisterField): string {
  const place = places[field];
  if (place?.kind !== 'column') return '';
  return headers[place.at] === '' || headers[place.at] === undefined ? letterOf(place.at) : (headers[place.at] ?? '');
}
