import { readJson } from './transcript-json.ts';

/** One utterance as a file gives it, before anybody has decided who speaks or whether its times can be true. */
export type RawTurn = {
  /** "话务员", "spk0", "1": whatever names the speaker. */
  readonly label: string | null;
  /** Recording track, where the file has tracks: dual-channel calls keep the two ends of the line apart. */
  readonly channel: string | null;
  readonly text: string;
  /** Milliseconds from the start of the recording as claimed: may be negative, reversed or NaN. Null: the file says nothing. */
  readonly startMs: number | null;
  readonly endMs: number | null;
};

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TEXT_FIELDS = ['onebest', 'Text', 'text', 'FinalSentence', 'sentence', 'content', 'transcript', 'utterance'];
const LABEL_FIELDS = ['speaker', 'SpeakerId', 'speakerId', 'speaker_id', 'spk', 'role', 'Role', 'speakerName'];
const CHANNEL_FIELDS = ['ChannelId', 'channelId', 'channel_id', 'channel'];
const START_FIELDS = [
  'bg',
  'BeginTime',
  'beginTime',
  'begin_time',
  'StartMs',
  'startMs',
  'start_ms',
  'start',
  'start_time',
];
const END_FIELDS = ['ed', 'EndTime', 'endTime', 'end_time', 'EndMs', 'endMs', 'end_ms', 'end', 'end_time'];

export type RowShape =
  | 'iflytek-lfasr-words'
  | 'iflytek-qc'
  | 'iflytek-lfasr'
  | 'iflytek-lfasr-v2'
  | 'aliyun-filetrans'
  | 'funasr'
  | 'utterances'
  | 'words'
  | 'role-turns';

/** Which known row this is, by its own field names: the first that fits. */
const ROW_SHAPES: readonly (readonly [RowShape, (row: JsonObject) => boolean])[] = [
  ['iflytek-lfasr-words', (row) => 'onebest' in row && 'wordsResultList' in row],
  ['iflytek-qc', (row) => 'onebest' in row && 'speed' in row && !('bg' in row)],
  ['iflytek-lfasr', (row) => 'onebest' in row],
  ['iflytek-lfasr-v2', (row) => 'json_1best' in row],
  ['aliyun-filetrans', (row) => 'Text' in row && ('BeginTime' in row || 'ChannelId' in row)],
  ['funasr', (row) => 'key' in row && 'text' in row],
  ['utterances', (row) => TEXT_FIELDS.some((field) => field in row)],
  ['words', (row) => wordList(row) !== null],
  ['role-turns', (row) => Object.keys(row).length === 1 && typeof Object.values(row)[0] === 'string'],
];

/** The shape of one row; null when it is no utterance. */
export function rowShape(row: JsonObject): RowShape | null {
  return ROW_SHAPES.find(([, fits]) => fits(row))?.[0] ?? null;
}

/** One row read. Null when it holds no text a person could read: the caller counts it as damage. */
export function readRow(row: JsonObject, shape: RowShape): RawTurn | null {
  if (shape === 'role-turns') return roleTurn(row);
  if (shape === 'iflytek-lfasr-v2') return latticeTurn(row);
  const text = readText(row);
  if (text === null) return null;
  const stamps = timestampRange(row['timestamp']);
  return {
    label: readName(row, LABEL_FIELDS),
    channel: readName(row, CHANNEL_FIELDS),
    text,
    startMs: readMs(firstOf(row, START_FIELDS)) ?? stamps.startMs,
    endMs: readMs(firstOf(row, END_FIELDS)) ?? stamps.endMs,
  };
}

/** Some systems give seconds ("3.52"). Whole milliseconds never have a fraction, so one fraction among the times decides for all. */
export function inMilliseconds(turns: readonly RawTurn[]): readonly RawTurn[] {
  const fractional = (ms: number | null): boolean => ms !== null && Number.isFinite(ms) && !Number.isInteger(ms);
  if (!turns.some((turn) => fractional(turn.startMs) || fractional(turn.endMs))) return turns;
  const scale = (seconds: number | null): number | null => (seconds === null ? null : Math.round(seconds * 1000));
  return turns.map((turn) => ({ ...turn, startMs: scale(turn.startMs), endMs: scale(turn.endMs) }));
}

function firstOf(row: JsonObject, fields: readonly string[]): unknown {
  const field = fields.find((name) => name in row);
  return field === undefined ? undefined : row[field];
}

function readText(row: JsonObject): string | null {
  const text = firstOf(row, TEXT_FIELDS);
  if (typeof text === 'string') return text;
  if (typeof text === 'number') return String(text);
  return wordList(row);
}

/** Word lists without a sentence: the words in their order. */
function wordList(row: JsonObject): string | null {
  const words = row['wordsResultList'] ?? row['words'];
  if (!Array.isArray(words)) return null;
  const texts = words.map((word: unknown) => (isJsonObject(word) ? (word['wordsName'] ?? word['word']) : null));
  return texts.filter((text) => typeof text === 'string').join('');
}

function readName(row: JsonObject, fields: readonly string[]): string | null {
  const name = firstOf(row, fields);
  if (typeof name === 'string') return name.trim() === '' ? null : name.trim();
  return typeof name === 'number' ? String(name) : null;
}

/** NaN stands for "there was something, and it is no time": undefined and null are simply no claim. */
function readMs(value: unknown): number | null {
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value !== 'string') return Number.NaN;
  const number = Number(value);
  return Number.isFinite(number) ? number : Number.NaN;
}

/** FunASR gives [[start, end], ...] in milliseconds, one pair a character. */
function timestampRange(value: unknown): { readonly startMs: number | null; readonly endMs: number | null } {
  const pairs = Array.isArray(value) ? value.filter((pair) => Array.isArray(pair)) : [];
  const first: unknown = pairs[0]?.[0];
  const last: unknown = pairs.at(-1)?.[1];
  return { startMs: readMs(first), endMs: readMs(last) };
}

/** {"citizen": "..."}: the role is the field name. */
function roleTurn(row: JsonObject): RawTurn | null {
  const [entry] = Object.entries(row);
  if (entry === undefined || typeof entry[1] !== 'string') return null;
  return { label: entry[0], channel: null, text: entry[1], startMs: null, endMs: null };
}

/** iFlytek's second interface: {"json_1best": "{\"st\":{\"bg\",\"ed\",\"rl\",\"rt\":[{\"ws\":[{\"cw\":[{\"w\"}]}]}]}}"}, the value as text or as an object. */
function latticeTurn(row: JsonObject): RawTurn | null {
  const field = row['json_1best'];
  const read = typeof field === 'string' ? readJson(field) : null;
  const best = read?.kind === 'value' ? read.value : field;
  const sentence = isJsonObject(best) ? best['st'] : null;
  if (!isJsonObject(sentence)) return null;
  const words: string[] = [];
  for (const result of listOf(sentence['rt'])) {
    for (const slot of listOf(result['ws'])) {
      const word = listOf(slot['cw'])[0]?.['w'];
      if (typeof word === 'string') words.push(word);
    }
  }
  return {
    label: readName(sentence, ['rl']),
    channel: null,
    text: words.join(''),
    startMs: readMs(sentence['bg']),
    endMs: readMs(sentence['ed']),
  };
}

function listOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
