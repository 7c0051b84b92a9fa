import { isMailHeader } from './sniff-file.ts';
import { MAX_TRANSCRIPT_BYTES } from './read-transcript.ts';
import { decodeTranscript } from './transcript-charset.ts';
import { looksLikeJson, readJson, readJsonLines } from './transcript-json.ts';
import { isJsonObject } from './transcript-rows.ts';
import type { JsonObject } from './transcript-rows.ts';
import { callsById, holdsTurns } from './transcript-shapes.ts';

export type CallFile = { readonly name: string; readonly bytes: Buffer };

const LF = 0x0a;
const CR = 0x0d;
/** "From - Mon Jun  3 12:50:27 1996", "From someone@example.org", Thunderbird's bare "From -". "From the office" in a letter is none of these. */
const ENVELOPE = /^From (?:-|[^\s@]+@[^\s@]+|\S+[ \t].*\d{1,2}:\d{2}.*\d{4}.*)\s*$/;
const HEADER_LINE = /^[!-9;-~]+[ \t]*:/;
const LONGEST_LINE_READ = 1_000;
const HEADER_BYTES_READ = 262_144;

/**
 * The messages of an mbox file, byte for byte, without the envelope lines, the blank line that closes each entry and
 * one level of ">From " quoting (mboxo, mboxrd; RFC 4155). A Content-Length that leads exactly to the next entry or to
 * the end is believed: such a body was counted as it is (mboxcl, mboxcl2) and nothing in it is touched. Bytes that are
 * no mbox come back as the one mail they may be.
 */
export function splitMbox(bytes: Buffer): Buffer[] {
  const start = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  if (!isEnvelope(bytes, start)) return [bytes];
  const messages: Buffer[] = [];
  for (let at = start; at < bytes.length;) {
    const begin = lineEnd(bytes, at);
    const counted = countedEntry(bytes, begin);
    const next = counted?.next ?? nextEnvelope(bytes, begin);
    const entry = bytes.subarray(begin, counted?.end ?? beforeClosingLine(bytes, begin, next));
    messages.push(counted === null ? unquoted(entry) : entry);
    at = next;
  }
  return messages;
}

/** The calls of a file that holds several, one file each; any other file as it is. A part's name tells the file and the call. */
export function splitCalls(bytes: Buffer, name: string): CallFile[] {
  const calls = bytes.length >= MAX_TRANSCRIPT_BYTES ? [] : severalCalls(decodeTranscript(bytes).text);
  if (calls.length < 2) return [{ name, bytes }];
  return calls.map(([id, call]) => ({ name: `${name}#${id}`, bytes: Buffer.from(JSON.stringify(call)) }));
}

function severalCalls(text: string): readonly (readonly [string, unknown])[] {
  const whole = looksLikeJson(text) ? readJson(text) : null;
  if (whole?.kind === 'value' && isJsonObject(whole.value)) {
    return callsById(whole.value).map(([id, turns]) => [id, { [id]: turns }]);
  }
  const values = whole?.kind === 'value' ? whole.value : (readJsonLines(text)?.values ?? []);
  if (!Array.isArray(values) || !values.every((value): value is JsonObject => isJsonObject(value) && holdsTurns(value)))
    return [];
  return values.map((call, index) => [String(index + 1), call]);
}

function lineEnd(bytes: Buffer, at: number): number {
  const end = bytes.indexOf(LF, at);
  return end === -1 ? bytes.length : end + 1;
}

function lineAt(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, Math.min(lineEnd(bytes, at), at + LONGEST_LINE_READ));
}

/** An envelope line with a header line after it. */
function isEnvelope(bytes: Buffer, at: number): boolean {
  return ENVELOPE.test(lineAt(bytes, at)) && HEADER_LINE.test(lineAt(bytes, lineEnd(bytes, at)));
}

/**
 * Where the next entry begins; the end of the file when there is none. After a blank line any header will do. Some
 * writers leave the blank line out: then the header must be one that mails have, because a letter may quote "From ...".
 */
function nextEnvelope(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf('\nFrom ', from); at !== -1; at = bytes.indexOf('\nFrom ', at + 1)) {
    const afterBlank = bytes[at - 1] === LF || (bytes[at - 1] === CR && bytes[at - 2] === LF);
    const begin = at + 1;
    if (isEnvelope(bytes, begin) && (afterBlank || isMailHeader(lineAt(bytes, lineEnd(bytes, begin))))) return begin;
  }
  return bytes.length;
}

/** The entry as its Content-Length counts it, when that fits. */
function countedEntry(bytes: Buffer, begin: number): { readonly end: number; readonly next: number } | null {
  const body = bodyStart(bytes, begin);
  const header = bytes.toString('latin1', begin, Math.min(body, begin + HEADER_BYTES_READ));
  const length = /^content-length:[ \t]*(\d{1,12})[ \t]*\r?$/im.exec(header)?.[1];
  if (length === undefined) return null;
  const end = body + Number(length);
  if (end > bytes.length) return null;
  let next = end;
  while (next < bytes.length && next < end + 4 && (bytes[next] === LF || bytes[next] === CR)) next += 1;
  return next === bytes.length || (next > 0 && bytes[next - 1] === LF && isEnvelope(bytes, next))
    ? { end, next }
    : null;
}

function bodyStart(bytes: Buffer, begin: number): number {
  for (let at = begin; at < bytes.length;) {
    const end = lineEnd(bytes, at);
    if (bytes[at] === LF || (bytes[at] === CR && bytes[at + 1] === LF)) return end;
    at = end;
  }
  return bytes.length;
}

function beforeClosingLine(bytes: Buffer, begin: number, end: number): number {
  if (end - begin >= 2 && bytes[end - 1] === LF && bytes[end - 2] === LF) return end - 1;
  const crlf = end - begin >= 3 && bytes[end - 1] === LF && bytes[end - 2] === CR && bytes[end - 3] === LF;
  return crlf ? end - 2 : end;
}

/** ">From " in a header is no quoting but the trace of an old gateway. */
function unquoted(message: Buffer): Buffer {
  const body = bodyStart(message, 0);
  if (!message.includes('>From ', body)) return message;
  const text = message.toString('latin1', body).replaceAll(/(^|\n)>(>*From )/g, '$1$2');
  return Buffer.concat([message.subarray(0, body), Buffer.from(text, 'latin1')]);
}
