import { MOST } from './call-entry.ts';

export type TranscriptFile =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'not-text' };

/** A transcript that was dropped on the page, as one line for each turn, "话务员:…" where the file names who speaks. */
export function readTranscriptFile(bytes: ArrayBuffer): TranscriptFile {
  const read = decode(bytes);
  if (read === null || read.includes('\0')) return { kind: 'not-text' };
  const text = linesOf(read.replace(/^\uFEFF/u, '').replaceAll(/\r\n?/gu, '\n')).trim();
  if (text === '') return { kind: 'empty' };
  return text.length > MOST.transcript ? { kind: 'too-long' } : { kind: 'text', text };
}

/** UTF-8, else what Windows programs in this country write. */
function decode(bytes: ArrayBuffer): string | null {
  for (const charset of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(charset, { fatal: true }).decode(bytes);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // TypeError: not in this charset, the next one is tried
    }
  }
  return null;
}

function linesOf(text: string): string {
  if (/^\s*[[{]/u.test(text)) {
    const turns = jsonTurns(text);
    if (turns !== null && turns.length > 0) return turns.join('\n');
  }
  return text.includes('-->') ? cueLines(text) : text;
}

/** SRT and WebVTT: the words of each cue; `<v Name>` says who speaks. */
function cueLines(text: string): string {
  return text
    .split(/\n[ \t]*\n+/u)
    .flatMap((block) => {
      const lines = block.split('\n');
      const timing = lines.findIndex((line) => line.includes('-->'));
      if (timing === -1) return [];
      const said = lines
        .slice(timing + 1)
        .join(' ')
        .replaceAll(/<v(?:\.[^\s<>]*)?\s+([^<>]{1,80})>/gu, '$1:')
        .replaceAll(/<[^<>]{0,80}>/gu, '')
        .trim();
      return said === '' ? [] : [said];
    })
    .join('\n');
}

const WORDS = ['text', 'transcript', 'onebest', 'sentence', 'content', 'Text'] as const;
const SPEAKERS = ['speaker', 'spk', 'speaker_id', 'speakerId', 'role', 'channel_id', 'SpeakerId'] as const;

/** One line for each object with words, in the order of the file. Null: no JSON. Shapes beyond these are the service's own to read. */
function jsonTurns(text: string): string[] | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null; // a text that begins with a bracket
    throw error;
  }
  return deepestTurns(value, 0);
}

/** A list of turns is worth more than the whole text beside it. */
function deepestTurns(value: unknown, depth: number): string[] {
  if (depth > 12 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => turnOf(one) ?? deepestTurns(one, depth + 1));
  const inner = Object.values(value).flatMap((one) => deepestTurns(one, depth + 1));
  return inner.length > 0 ? inner : (turnOf(value) ?? []);
}

function turnOf(value: unknown): string[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const fields = value as Readonly<Record<string, unknown>>; // what a JSON object is
  const words = WORDS.map((name) => fields[name]).find((word) => typeof word === 'string');
  if (typeof words !== 'string') return null;
  const speaker = SPEAKERS.map((name) => fields[name]).find(
    (one) => typeof one === 'string' || typeof one === 'number',
  );
  const said = words.replaceAll(/\s*\n\s*/gu, ' ').trim();
  return said === '' ? [] : [speaker === undefined ? said : `${String(speaker)}:${said}`];
}
