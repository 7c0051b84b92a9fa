import type { Turn } from './item.ts';

const SPEAKER_NAMES = { caller: '来电人', operator: '话务员', unknown: '说话人' } as const;

/** What is stored and shown, and what the rules classify: one line a turn, so nothing said can pass for another speaker's line. */
export function transcriptText(turns: readonly Turn[]): string {
  return turns.map((turn) => `${SPEAKER_NAMES[turn.speaker]}:${turn.text}`).join('\n');
}

/**
 * Words as they may be stored: recogniser tags (SenseVoice's `<|zh|>`) gone, one line, NUL as U+2400 because PostgreSQL
 * refuses it in text, lone surrogates as U+FFFD because it refuses them in jsonb. Markup and direction marks stay: they were there.
 */
export function cleanWords(words: string): string {
  return words
    .replaceAll(/<\|[^|<>\n]{0,40}\|>/g, '')
    .replaceAll(/[\r\n\v\f\u0085\u2028\u2029]+/g, ' ')
    .replaceAll('\0', '\u2400')
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .trim();
}
