import { readTranscript } from '../../../../src/intake/read-transcript.ts';
import type { ParsedTranscript } from '../../../../src/intake/item.ts';

/** Reads something that must be readable; anything else fails the test with what was answered instead. */
export function readOk(content: unknown, name = 'call.txt'): ParsedTranscript {
  const result = readTranscript(toBytes(content), name);
  if (result.kind !== 'ok') throw new Error(`expected a transcript, got ${JSON.stringify(result)}`);
  return result.transcript;
}

export function toBytes(content: unknown): Buffer {
  if (Buffer.isBuffer(content)) return content;
  return Buffer.from(typeof content === 'string' ? content : JSON.stringify(content));
}

/** "caller:..." lines: speakers and words without times. */
export function said(transcript: ParsedTranscript): readonly string[] {
  return transcript.turns.map((turn) => `${turn.speaker}:${turn.text}`);
}
