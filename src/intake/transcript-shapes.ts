import { looksLikeJson, readJson } from './transcript-json.ts';
import { isJsonObject, readRow, rowShape } from './transcript-rows.ts';
import type { JsonObject, RawTurn, RowShape } from './transcript-rows.ts';

/** What a JSON value turned out to be. `damaged` counts rows that could not be read; `calls` the calls it holds. */
export type ShapedTurns = {
  readonly kind: 'turns';
  readonly shape: RowShape | 'hotline-12345';
  readonly turns: readonly RawTurn[];
  readonly damaged: number;
  readonly calls: number;
  /** Objects around and in front of the turns, outermost first: where call id and audio hash stand. */
  readonly around: readonly JsonObject[];
};
export type Shaped =
  | ShapedTurns
  | { readonly kind: 'running' } // the recogniser answered, and is not ready
  | { readonly kind: 'failed' } // the recogniser gave up on this recording
  | { readonly kind: 'cut' } // the text inside an envelope stops in the middle
  | { readonly kind: 'unknown' };

/** Fields that hold the turns, or an envelope around them, in the order of trust. */
const CONTAINERS = [
  'Response',
  'Data',
  'Result',
  'result',
  'data',
  'content',
  'orderResult',
  'lattice',
  'Sentences',
  'sentence_info',
  'sentences',
  'segments',
  'turns',
  'utterances',
  'dialogue',
  'messages',
  'ResultDetail',
] as const;
const MAX_DEPTH = 6;

/** Finds the turns in any of the known shapes, by content alone. */
export function shapeOf(value: unknown): Shaped {
  return find(value, [], 0);
}

/**
 * {"<call id>": [{"citizen": "..."}, {"hot-line": "..."}], ...}: every list of turns with the name it stands under. An
 * empty list is a call (nobody spoke) only where nothing but lists stand in the object.
 */
export function callsById(value: JsonObject): readonly (readonly [string, readonly JsonObject[]])[] {
  const lists: [string, readonly JsonObject[]][] = [];
  for (const [id, turns] of Object.entries(value)) {
    if (!Array.isArray(turns) || isContainer(id)) continue;
    lists.push([id, turns.filter(isJsonObject)]);
  }
  const spoken = lists.filter(([, rows]) => rows.some((row) => rowShape(row) !== null));
  return spoken.length === 0 && lists.length === Object.keys(value).length ? lists : spoken;
}

/** Whether an object is a call with its turns inside, and not one turn of a call. */
export function holdsTurns(value: JsonObject): boolean {
  const inContainer = CONTAINERS.some((field) => {
    const turns = value[field];
    return Array.isArray(turns) && turns.some((row) => isJsonObject(row) && rowShape(row) !== null);
  });
  return inContainer || (!isTurn(value) && callsById(value).some(([, rows]) => rows.length > 0));
}

/** {"citizen": "..."} could also be an envelope; every other row shape is sure. */
function isTurn(value: JsonObject): boolean {
  const shape = rowShape(value);
  return shape !== null && shape !== 'role-turns';
}

function find(value: unknown, around: readonly JsonObject[], depth: number): Shaped {
  if (depth > MAX_DEPTH) return { kind: 'unknown' };
  if (typeof value === 'string') return findInText(value, around, depth);
  if (Array.isArray(value)) return fromRows(value, around, depth);
  if (!isJsonObject(value)) return { kind: 'unknown' };
  const state = recognitionState(value);
  if (state !== 'ready') return { kind: state };
  const inner = findInContainers(value, [...around, value], depth);
  if (inner !== null) return inner;
  const calls = isTurn(value) ? [] : callsById(value);
  if (calls.length > 0) return fromCalls(calls, [...around, value]);
  // Aliyun reports silence as a success without a result.
  return 'StatusText' in value ? fromRows([], [...around, value], depth) : fromRows([value], around, depth);
}

/** iFlytek puts the result into its envelope as text that is JSON once more. */
function findInText(text: string, around: readonly JsonObject[], depth: number): Shaped {
  if (!looksLikeJson(text)) return { kind: 'unknown' };
  const json = readJson(text);
  if (json.kind === 'cut') return { kind: 'cut' };
  return json.kind === 'value' ? find(json.value, around, depth + 1) : { kind: 'unknown' };
}

function findInContainers(value: JsonObject, around: readonly JsonObject[], depth: number): Shaped | null {
  for (const field of CONTAINERS) {
    if (!isContainerValue(value[field])) continue;
    const inner = find(value[field], around, depth + 1);
    if (inner.kind !== 'unknown') return inner;
  }
  return null;
}

function isContainer(field: string): boolean {
  return CONTAINERS.some((container) => container === field);
}

function isContainerValue(value: unknown): boolean {
  return typeof value === 'string' || (typeof value === 'object' && value !== null);
}

/** Aliyun: StatusText. iFlytek: `ok` 0 is good, error 26605 and a `status` below 9 mean "still at work". */
function recognitionState(envelope: JsonObject): 'ready' | 'running' | 'failed' {
  const status = envelope['StatusText'];
  if (status === 'RUNNING' || status === 'QUEUEING') return 'running';
  if (typeof status === 'string' && !status.startsWith('SUCCESS')) return 'failed';
  if (envelope['err_no'] === 26605) return 'running';
  const isProgress = Object.keys(envelope).every((field) => field === 'desc' || field === 'status');
  if (isProgress && typeof envelope['status'] === 'number' && envelope['status'] < 9) return 'running';
  const isIflytek = 'err_no' in envelope && 'ok' in envelope;
  return isIflytek && envelope['ok'] !== 0 ? 'failed' : 'ready';
}

function fromCalls(
  calls: readonly (readonly [string, readonly JsonObject[]])[],
  around: readonly JsonObject[],
): Shaped {
  const turns: RawTurn[] = [];
  const shapes = new Set<RowShape>();
  let damaged = 0;
  for (const row of calls.flatMap(([, rows]) => rows)) {
    const shape = rowShape(row);
    const turn = shape === null ? null : readRow(row, shape);
    if (turn === null) damaged += 1;
    else turns.push(turn);
    if (shape !== null) shapes.add(shape);
  }
  const ids = calls.length === 1 ? [{ callId: calls[0]?.[0] }] : [];
  const [first = 'role-turns'] = shapes;
  const shape = first === 'role-turns' ? 'hotline-12345' : first;
  return { kind: 'turns', shape, turns, damaged, calls: calls.length, around: [...around, ...ids] };
}

function fromRows(values: readonly unknown[], around: readonly JsonObject[], depth: number): Shaped {
  const rows = values.map((value) => (typeof value === 'string' ? { text: value } : value)).filter(isJsonObject);
  const known = rows.find((row) => rowShape(row) !== null);
  if (known === undefined) return fromNested(values, rows, around, depth);
  const turns: RawTurn[] = [];
  const expanded = rows.flatMap((row) => sentencesOf(row) ?? [row]);
  for (const row of expanded) {
    const shape = rowShape(row);
    const turn = shape === null ? null : readRow(row, shape);
    if (turn !== null) turns.push(turn);
  }
  const damaged = values.length - rows.length + expanded.length - turns.length;
  const shape = around.some((object) => 'StatusText' in object)
    ? 'aliyun-filetrans'
    : (rowShape(known) ?? 'utterances');
  return { kind: 'turns', shape, turns, damaged, calls: 1, around: [...around, ...sharedFields(rows)] };
}

/** FunASR with speakers: the whole text in `text`, the sentences with their speakers in `sentence_info`. */
function sentencesOf(row: JsonObject): readonly JsonObject[] | null {
  const sentences = row['sentence_info'];
  return Array.isArray(sentences) && sentences.length > 0 ? sentences.filter(isJsonObject) : null;
}

/** An empty list is an empty call (silence); a list around one envelope is that envelope. */
function fromNested(
  values: readonly unknown[],
  rows: readonly JsonObject[],
  around: readonly JsonObject[],
  depth: number,
): Shaped {
  if (values.length === 0) {
    return { kind: 'turns', shape: 'utterances', turns: [], damaged: 0, calls: 1, around };
  }
  const [only] = rows;
  return values.length === 1 && only !== undefined && depth < MAX_DEPTH
    ? (findInContainers(only, [...around, only], depth + 1) ?? { kind: 'unknown' })
    : { kind: 'unknown' };
}

/** Call id and audio hash may stand in every row; one that differs from row to row names something else. */
function sharedFields(rows: readonly JsonObject[]): readonly JsonObject[] {
  const [first] = rows;
  if (first === undefined) return [];
  const shared = Object.entries(first).filter(
    ([field, value]) => typeof value === 'string' && rows.every((row) => row[field] === value),
  );
  return [Object.fromEntries(shared)];
}
