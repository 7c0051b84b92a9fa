import { isLatinOrDigit, isMark } from './normal-text.ts';
import type { NormalText } from './normal-text.ts';

/** What a folded unit is to somebody who looks for a name: part of it, or something that hides it. */
const ORDINARY = 0;
const SIGN = 1;
const LETTER = 2;
const DIGIT = 3;
const MARK = 4; // and what is above it ends a stretch
const END = 5;

/** What stands between two ordinary characters, as bits; 0 when nothing does. */
export const FOREIGN = 1;
/** It may stand for one character: ×, □, jiao. */
export const MASK = 2;
/** Only digits: in 高教2处 they count something. */
export const DIGITS = 4;
/** Only commas, full stops, brackets and the like. */
export const MARKS = 8;
/** Too much for a hidden name: one does not go on behind it. */
export const WALL = 16;
/**
 * What stands right after the character before, or right before the one behind, may stand for the last, or first, character of
 * a name: a sign or a syllable, and not the A of 组织A. Marks may stand on its other side.
 */
export const MASK_AFTER = 32;
export const MASK_BEFORE = 64;

/** More units than these between two characters, and they belong to no hidden name. */
const MAX_BETWEEN = 8;
const MAX_SIGNS = 3;
/** 【基】【教】【处】 */
const MAX_MARKS = 2;
/** A syllable of Mandarin in Latin letters, roughly: chu and yuan are one, app and ab are none. */
const SYLLABLE = /^(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)[aeiouv]{1,3}(?:ng?)?$|^(?:ai|an|ang|ao|en|er|ou)$/u;
/** Of the characters that folding drops these are also written in place of a word. */
const DROPPED_MASKS = /[*＊_＿#＃]/u;

/** A text without what hides its characters. `gap[i]` is what stands before character `i`, `gap[length]` what stands at the end. */
export type BareText = { length: number; units: Uint16Array; from: Int32Array; gap: Uint8Array };

export function createBareText(): BareText {
  return { length: 0, units: new Uint16Array(0), from: new Int32Array(0), gap: new Uint8Array(0) };
}

const isHanUnit = (unit: number): boolean => unit >= 0x4e00 && unit <= 0x9fff;

function sortOf(unit: number): number {
  if (isHanUnit(unit)) return ORDINARY;
  if (unit === 0x0a) return END;
  if (isMark(unit)) return MARK;
  if (unit >= 0x30 && unit <= 0x39) return DIGIT;
  return isLatinOrDigit(unit) ? LETTER : SIGN;
}

/** The sort of every unit; `noWords` are characters that are none. */
export function unitSorts(noWords: Iterable<string>): Uint8Array {
  const sorts = Uint8Array.from({ length: 0x10000 }, (_, unit) => sortOf(unit));
  for (const character of noWords) sorts[character.charCodeAt(0)] = SIGN;
  return sorts;
}

/** Whether a unit parts what stands on its two sides. */
export function isMarkSort(sorts: Uint8Array, unit: number): boolean {
  return (sorts[unit] ?? 0) >= MARK;
}

type Counts = { signs: number; letters: number; digits: number; marks: number; ends: number };

function countSorts({ units }: NormalText, sorts: Uint8Array, start: number, end: number): Counts {
  const counts: Counts = { signs: 0, letters: 0, digits: 0, marks: 0, ends: 0 };
  for (let i = start; i < end; i += 1) {
    const sort = sorts[units[i] as number] as number;
    if (sort === SIGN) counts.signs += 1;
    else if (sort === LETTER) counts.letters += 1;
    else if (sort === DIGIT) counts.digits += 1;
    else if (sort === MARK) counts.marks += 1;
    else counts.ends += 1;
  }
  return counts;
}

/** Whether units `start` to `end`, none of them a mark, may stand for a character: ×, □, J, jiao. */
function isMask(
  text: NormalText,
  { signs, letters, digits }: Counts,
  start: number,
  end: number,
): 'no' | 'inner' | 'yes' {
  if (digits > 0 || end === start) return 'no';
  if (signs > 0) return letters === 0 && signs <= MAX_SIGNS ? 'yes' : 'no';
  if (letters === 1) return 'inner';
  const isShort = letters <= MAX_BETWEEN;
  return isShort && SYLLABLE.test(String.fromCharCode(...text.units.subarray(start, end))) ? 'yes' : 'no';
}

/** Whether something between `start` and `end`, which begins or ends beside a character, masks another that is missing there. */
function masksEnd(text: NormalText, sorts: Uint8Array, start: number, end: number): boolean {
  return end - start <= MAX_BETWEEN && isMask(text, countSorts(text, sorts, start, end), start, end) === 'yes';
}

/** The bits of a gap from which `marks` part the text behind it: what stands beside either character may still be a mask. */
function gapWithMarks(text: NormalText, sorts: Uint8Array, start: number, end: number, between: number): number {
  const isMarkAt = (i: number): boolean => isMarkSort(sorts, text.units[i] as number);
  let first = start;
  while (first < end && !isMarkAt(first)) first += 1;
  let last = end;
  while (last > start && !isMarkAt(last - 1)) last -= 1;
  const after = dropsMask(text, start) || masksEnd(text, sorts, start, first) ? MASK_AFTER : 0;
  const before = dropsMask(text, end) || masksEnd(text, sorts, last, end) ? MASK_BEFORE : 0;
  return between | after | before;
}

/** One comma or full stop and nothing dropped beside it: what most gaps are. */
function isLoneMark({ units, at, length }: NormalText, sorts: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 1 || start === 0 || end === length) return false;
  return at[end] === (at[start - 1] as number) + 2 && sorts[units[start] as number] === MARK;
}

/** What units `start` to `end` are, which stand between two ordinary characters. */
function gapOf(text: NormalText, sorts: Uint8Array, start: number, end: number): number {
  if (start === end) return dropsMask(text, start) ? MASK | MASK_AFTER | MASK_BEFORE : 0;
  if (isLoneMark(text, sorts, start, end)) return MARKS;
  const counts = countSorts(text, sorts, start, end);
  const all = end - start;
  if (counts.marks + counts.ends > 0) {
    const areMarks = counts.marks === all && all <= MAX_MARKS;
    return gapWithMarks(text, sorts, start, end, areMarks ? MARKS : WALL);
  }
  if (all > MAX_BETWEEN) return WALL;
  if (counts.digits === all) return FOREIGN | DIGITS;
  const mask = isMask(text, counts, start, end);
  if (mask === 'no') return FOREIGN;
  return mask === 'inner' ? FOREIGN | MASK : FOREIGN | MASK | MASK_AFTER | MASK_BEFORE;
}

function reserve(bare: BareText, size: number): void {
  if (bare.units.length >= size) return;
  bare.units = new Uint16Array(size * 2);
  bare.from = new Int32Array(size * 2);
  bare.gap = new Uint8Array(size * 2);
}

/** 基*处: the folding dropped the sign before unit `i`, and with it that a character is missing. */
function dropsMask({ original, at, length }: NormalText, i: number): boolean {
  const before = i === 0 ? -1 : (at[i - 1] as number);
  const here = i < length ? (at[i] as number) : Math.min(original.length, before + 1 + MAX_BETWEEN);
  return here - before > 1 && DROPPED_MASKS.test(original.slice(Math.max(before + 1, here - MAX_BETWEEN), here));
}

/** Takes the ordinary characters of a text, and what hides them, apart. */
export function bareText(text: NormalText, sorts: Uint8Array, bare: BareText): void {
  const { units, length } = text;
  reserve(bare, length + 1);
  let count = 0;
  let start = 0;
  for (let i = 0; i < length; i += 1) {
    const unit = units[i] as number;
    if (sorts[unit] !== ORDINARY) continue;
    bare.units[count] = unit;
    bare.from[count] = i;
    bare.gap[count] = gapOf(text, sorts, start, i);
    count += 1;
    start = i + 1;
  }
  bare.gap[count] = gapOf(text, sorts, start, length);
  bare.length = count;
}
