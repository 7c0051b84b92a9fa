import { characterFolding, DROPPED, EXPANDED, NEWLINE, SEPARATOR } from './character-folding.ts';

/** Longer texts are cut here before anything looks at them (promise P29). UTF-16 units. */
export const MAX_TEXT_UNITS = 200_000;

/**
 * A text in the one spelling that rules are written for, with the way back to the original. Reused from text to text:
 * only the first `length` places are valid, and only until the next call.
 */
export type NormalText = {
  original: string;
  length: number;
  /** Folded UTF-16 units. */
  units: Uint16Array;
  /** Offset in `original` of the unit that each folded unit came from. */
  at: Int32Array;
  /** Number of the clause (, ; : space line) and of the sentence (。 ! ? empty line) each unit stands in, counting up. */
  clause: Int32Array;
  sentence: Int32Array;
  replacementUnits: number;
  hanUnits: number;
};

export function createNormalText(): NormalText {
  return {
    original: '',
    length: 0,
    units: new Uint16Array(0),
    at: new Int32Array(0),
    clause: new Int32Array(0),
    sentence: new Int32Array(0),
    replacementUnits: 0,
    hanUnits: 0,
  };
}

// Expansions can lengthen a text (㍿ -> 株式会社, up to 18 units); what does not fit any more is cut.
function reserve(text: NormalText, units: number): void {
  if (text.units.length >= units) return;
  const size = Math.max(1024, units * 2);
  text.units = new Uint16Array(size);
  text.at = new Int32Array(size);
  text.clause = new Int32Array(size);
  text.sentence = new Int32Array(size);
}

const clauseEnds = markTable(',、;:()[]{}<>"“”‘’「」『』《》〈〉【】');
/** Stands between subject and body, so that no word is found across. */
const SUBJECT_END = 0x0a;

const sentenceEnds = markTable('。!?\n');

function markTable(marks: string): Uint8Array {
  const table = new Uint8Array(0x10000);
  for (const mark of marks) table[mark.charCodeAt(0)] = 1;
  return table;
}

/** A mark that no gap of a phrase may cross. */
export function isMark(unit: number): boolean {
  return clauseEnds[unit] === 1 || sentenceEnds[unit] === 1;
}

export function isHan(unit: number): boolean {
  return unit >= 0x4e00 && unit <= 0x9fff;
}

export function isLatinOrDigit(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

type Position = { clause: number; sentence: number; separated: boolean; newlines: number };

function put(text: NormalText, unit: number, offset: number, position: Position): void {
  const last = text.length;
  if (last >= text.units.length) return;
  text.units[last] = unit;
  text.at[last] = offset;
  text.clause[last] = position.clause;
  text.sentence[last] = position.sentence;
  text.length = last + 1;
}

/** Before a visible unit: what the separators that just vanished meant. */
function settle(text: NormalText, unit: number, offset: number, position: Position): void {
  const before = text.length === 0 ? 0 : (text.units[text.length - 1] ?? 0);
  position.clause += 1;
  if (position.newlines > 1) position.sentence += 1;
  // Between Latin words and numbers a space is part of the spelling: "spk0 we" is two words.
  if (isLatinOrDigit(before) && isLatinOrDigit(unit)) put(text, 0x20, offset - 1, position);
  position.separated = false;
  position.newlines = 0;
}

function visible(text: NormalText, unit: number, offset: number, position: Position): void {
  if (position.separated) settle(text, unit, offset, position);
  put(text, unit, offset, position);
  if (unit === 0xfffd) text.replacementUnits += 1;
  if (isHan(unit)) text.hanUnits += 1;
  if (clauseEnds[unit] === 1) position.clause += 1;
  else if (sentenceEnds[unit] === 1) {
    position.clause += 1;
    position.sentence += 1;
  }
}

function visibleExpansion(text: NormalText, original: string, offset: number, position: Position): number {
  const codePoint = original.codePointAt(offset) ?? 0xfffd;
  for (const unit of characterFolding().expand(codePoint)) visible(text, unit, offset, position);
  return codePoint > 0xffff ? 1 : 0;
}

/**
 * Reads `original` (at most 200,000 units of it) into `text`. Any string at all is accepted. The first `headLength` units are
 * a subject line: a sentence of its own.
 */
export function normalise(original: string, text: NormalText, headLength = 0): void {
  const { table } = characterFolding();
  const end = Math.min(original.length, MAX_TEXT_UNITS);
  reserve(text, end + 64);
  text.original = original;
  text.length = 0;
  text.replacementUnits = 0;
  text.hanUnits = 0;
  const position: Position = { clause: 0, sentence: 0, separated: false, newlines: 0 };
  for (let offset = 0; offset < end; offset += 1) {
    const folded = table[original.charCodeAt(offset)] ?? DROPPED;
    if (folded > EXPANDED) visible(text, folded, offset, position);
    else if (folded === EXPANDED) offset += visibleExpansion(text, original, offset, position);
    else if (folded === SEPARATOR) position.separated = true;
    else if (folded === NEWLINE) {
      position.separated = true;
      position.newlines += 1;
      if (headLength > 0 && offset === headLength) visible(text, SUBJECT_END, offset, position);
    }
  }
}

let phraseBuffer: NormalText | undefined;

/** The same folding for a phrase of a rule file. */
export function normalPhrase(phrase: string): string {
  phraseBuffer ??= createNormalText();
  normalise(phrase, phraseBuffer);
  return String.fromCharCode(...phraseBuffer.units.subarray(0, phraseBuffer.length));
}

/** The original words between two folded positions: exactly what the sender wrote, whole characters only. */
export function originalSpan(text: NormalText, start: number, end: number): { start: number; end: number } {
  const from = text.at[start] ?? 0;
  const last = text.at[end - 1] ?? from;
  const wide = (text.original.codePointAt(last) ?? 0) > 0xffff;
  return { start: from, end: last + (wide ? 2 : 1) };
}
