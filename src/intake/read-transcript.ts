import type { ItemFlag, ParsedTranscript, Turn } from './item.ts';
import { audioSha256Of, callIdOf } from './transcript-call-id.ts';
import { readCaptions } from './transcript-captions.ts';
import type { ReadCaptions } from './transcript-captions.ts';
import { decodeTranscript } from './transcript-charset.ts';
import type { DecodedText } from './transcript-charset.ts';
import { looksLikeJson, readJson, readJsonLines } from './transcript-json.ts';
import { expandMarks, readMarkedText } from './transcript-marks.ts';
import { inMilliseconds } from './transcript-rows.ts';
import type { JsonObject, RawTurn } from './transcript-rows.ts';
import { shapeOf } from './transcript-shapes.ts';
import type { ShapedTurns } from './transcript-shapes.ts';
import { nameSpeakers } from './transcript-speakers.ts';
import { cleanWords, transcriptText } from './transcript-text.ts';
import { orderInTime } from './transcript-times.ts';

/** Why bytes are no transcript. A code is public API. */
export type TranscriptProblem =
  | 'transcript.too-large'
  | 'transcript.not-text'
  | 'transcript.malformed-json'
  | 'transcript.unknown-shape'
  | 'transcript.recognition-failed';

export type ReadTranscript =
  | { readonly kind: 'ok'; readonly transcript: ParsedTranscript }
  | { readonly kind: 'unfinished'; readonly reason: string } // the file may still grow: read it again later
  | { readonly kind: 'unreadable'; readonly code: TranscriptProblem; readonly reason: string };

/** What a reader of one shape found; everything after it is the same for all shapes. */
type Found = {
  readonly shape: ShapedTurns['shape'] | ReadCaptions['shape'] | 'json-lines' | 'plain-text';
  readonly turns: readonly RawTurn[];
  readonly around: readonly JsonObject[];
  readonly flags: readonly ItemFlag[];
};
type Finding = Found | Exclude<ReadTranscript, { kind: 'ok' }>;

/** A ten-hour call is about 2 MB in the most talkative shape. Larger files are no call. */
export const MAX_TRANSCRIPT_BYTES = 50_000_000;
export const MAX_TURNS = 200_000;
/** As for mail: what is stored and shown as text. */
const MAX_TEXT_CHARACTERS = 1_000_000;

/** Reads a call transcript in any of the known shapes, told apart by content. `name` serves only to find a call id. Never throws. */
export function readTranscript(bytes: Buffer, name: string): ReadTranscript {
  if (bytes.length >= MAX_TRANSCRIPT_BYTES) {
    return { kind: 'unreadable', code: 'transcript.too-large', reason: '转写文件超过50MB' };
  }
  const decoded = decodeTranscript(bytes);
  if (isBinary(decoded.text)) return { kind: 'unreadable', code: 'transcript.not-text', reason: '不是文本文件' };
  const found = findTurns(decoded);
  return 'kind' in found ? found : { kind: 'ok', transcript: assemble(found, decoded.flags, name) };
}

function findTurns(decoded: DecodedText): Finding {
  const { text } = decoded;
  if (looksLikeJson(text)) return fromJson(text);
  const captions = readCaptions(text);
  if (captions !== null) {
    if (captions.cut || decoded.cutInCharacter) return { kind: 'unfinished', reason: '字幕文件在中间断开' };
    return { ...captions, around: [], flags: damageFlags(captions.damaged) };
  }
  return fromJsonLines(text) ?? fromPlainText(decoded);
}

function fromJson(text: string): Finding {
  const json = readJson(text);
  if (json.kind === 'value') return fromJsonValue(json.value, json.repaired);
  const lines = fromJsonLines(text);
  if (lines !== null) return lines;
  if (json.kind === 'cut') return { kind: 'unfinished', reason: 'JSON在中间断开' };
  return { kind: 'unreadable', code: 'transcript.malformed-json', reason: 'JSON格式错误' };
}

function fromJsonValue(value: unknown, repaired: boolean): Finding {
  const shaped = shapeOf(value);
  switch (shaped.kind) {
    case 'turns': {
      const flags: ItemFlag[] = [...damageFlags(shaped.damaged + (repaired ? 1 : 0))];
      if (shaped.calls > 1) flags.push('malformed-structure');
      return { shape: shaped.shape, turns: shaped.turns.flatMap(expandMarks), around: shaped.around, flags };
    }
    case 'running':
      return { kind: 'unfinished', reason: '语音识别尚未完成' };
    case 'cut':
      return { kind: 'unfinished', reason: 'JSON在中间断开' };
    case 'failed':
      return { kind: 'unreadable', code: 'transcript.recognition-failed', reason: '语音识别失败' };
    case 'unknown':
      return { kind: 'unreadable', code: 'transcript.unknown-shape', reason: '不认识的转写格式' };
  }
}

function fromJsonLines(text: string): Finding | null {
  if (!/^[ \t]*\{/m.test(text)) return null;
  const lines = readJsonLines(text);
  if (lines === null) return null;
  if (lines.cut) return { kind: 'unfinished', reason: '最后一行在中间断开' };
  const shaped = shapeOf(lines.values);
  if (shaped.kind !== 'turns') return null;
  const flags = damageFlags(lines.damaged + shaped.damaged);
  return { shape: 'json-lines', turns: shaped.turns.flatMap(expandMarks), around: shaped.around, flags };
}

function fromPlainText(decoded: DecodedText): Found {
  const flags: ItemFlag[] = decoded.cutInCharacter ? ['incomplete'] : [];
  return { shape: 'plain-text', turns: readMarkedText(decoded.text), around: [], flags };
}

function damageFlags(damaged: number): readonly ItemFlag[] {
  return damaged > 0 ? ['partly-unreadable'] : [];
}

/** What all shapes have in common: order, times, speakers, words, caps. */
function assemble(found: Found, decodingFlags: readonly ItemFlag[], name: string): ParsedTranscript {
  const flags = new Set<ItemFlag>([...decodingFlags, ...found.flags]);
  const spoken = inMilliseconds(found.turns)
    .map((turn) => ({ ...turn, text: cleanWords(turn.text) }))
    .filter((turn) => turn.text !== '');
  if (spoken.length > MAX_TURNS) flags.add('truncated');
  const timed = orderInTime(spoken.slice(0, MAX_TURNS));
  if (timed.wrong) flags.add('partly-unreadable');
  if (timed.overlapping) flags.add('overlapping-turns');
  const speakers = nameSpeakers(timed.turns);
  const turns = timed.turns.map(({ text, startMs, endMs }, index): Turn => {
    return { speaker: speakers[index] ?? 'unknown', text, startMs, endMs };
  });
  if (turns.length === 0) flags.add('empty');
  if (!isSeparated(turns)) flags.add('unseparated-speakers');
  const text = transcriptText(turns);
  const shown = wholeLines(text);
  if (shown.length < text.length) flags.add('truncated');
  const { around } = found;
  return {
    shape: found.shape,
    callId: callIdOf(around, name),
    audioSha256: audioSha256Of(around, name),
    turns,
    text: shown,
    flags: [...flags],
  };
}

/** A heading before the first speaker ("通话记录 ...") belongs to nobody and hides nothing. */
function isSeparated(turns: readonly Turn[]): boolean {
  const firstKnown = turns.findIndex((turn) => turn.speaker !== 'unknown');
  return firstKnown === -1 ? turns.length === 0 : turns.slice(firstKnown).every((turn) => turn.speaker !== 'unknown');
}

function wholeLines(text: string): string {
  if (text.length <= MAX_TEXT_CHARACTERS) return text;
  const lineEnd = text.lastIndexOf('\n', MAX_TEXT_CHARACTERS);
  // One endless turn is cut inside; half of a surrogate pair would not survive jsonb.
  return lineEnd > 0 ? text.slice(0, lineEnd) : text.slice(0, MAX_TEXT_CHARACTERS).replace(/[\uD800-\uDBFF]$/, '');
}

/** Sound, pictures and archives are full of control characters; words are not, however damaged. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, 65_536);
  const control = sample.match(/[\0-\x08\x0e-\x1f\x7f]/g)?.length ?? 0;
  return control >= 20 && control * 20 > sample.length;
}
