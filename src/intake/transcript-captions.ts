import { splitMarks, untimed } from './transcript-marks.ts';
import type { RawTurn } from './transcript-rows.ts';

/** Subtitle files read. `cut`: the last cue has no text or its times stop in the middle. `damaged` counts blocks that are no cue. */
export type ReadCaptions = {
  readonly shape: 'srt' | 'vtt';
  readonly turns: readonly RawTurn[];
  readonly damaged: number;
  readonly cut: boolean;
};

const TIME = String.raw`(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}`;
const TIMING = new RegExp(String.raw`^\s*(-?${TIME})\s*-->\s*(-?${TIME})`);
/** A cue begins with its number, its name or its times; only the times tell it from prose. */
const FIRST_CUE = new RegExp(String.raw`^(?:[^\n]{0,80}\n)?\s*-?${TIME}\s*-->`);

/** A number alone, or times that stop in the middle. */
const UNFINISHED_CUE = new RegExp(String.raw`^\s*(?:\d+\s*)?(?:\n\s*[\d:.,]+\s*(?:-{1,2}>?\s*[\d:.,]*)?)?\s*$`);

/** SRT and WebVTT. Null when the text is neither. */
export function readCaptions(text: string): ReadCaptions | null {
  const lines = text.replaceAll(/\r\n?/g, '\n');
  const isVtt = /^\s*WEBVTT(?:[ \t][^\n]*)?(?:\n|$)/.test(lines);
  if (!isVtt && !FIRST_CUE.test(lines.trimStart())) return null;
  const blocks = lines.trim().split(/\n[ \t]*\n+/);
  const cues = isVtt ? blocks.slice(1).filter((block) => !/^(?:NOTE|STYLE|REGION)\b/.test(block)) : blocks;
  const last = cues.at(-1);
  const cut = last !== undefined && (UNFINISHED_CUE.test(last) || readCue(last)?.length === 0);
  let damaged = 0;
  const turns = cues.flatMap((cue) => {
    const read = readCue(cue);
    if (read !== null) return read;
    damaged += 1;
    // Words without times are kept: they are words.
    return splitMarks(cue.replaceAll('\n', ' ')).map(untimed);
  });
  return { shape: isVtt ? 'vtt' : 'srt', turns, damaged, cut };
}

/** Null: no times in it. An empty list: times without text. */
function readCue(cue: string): readonly RawTurn[] | null {
  const lines = cue.split('\n');
  const at = lines.findIndex((line) => TIMING.test(line));
  const timing = TIMING.exec(lines[at] ?? '');
  if (timing === null) return null;
  const startMs = clockMs(timing[1] ?? '');
  const endMs = clockMs(timing[2] ?? '');
  const said = lines
    .slice(at + 1)
    .join(' ')
    .trim();
  if (said === '') return [];
  const turns = voices(said);
  // Two voices in one cue share its times: the first has the start, the last the end.
  return turns.map((turn, index) => ({
    ...turn,
    channel: null,
    startMs: index === 0 ? startMs : null,
    endMs: index === turns.length - 1 ? endMs : null,
  }));
}

/** WebVTT names speakers with <v Name>, SRT files with a mark in the text. Other tags (<b>, <00:01.000>, <c.x>) are styling. */
function voices(said: string): readonly { readonly label: string | null; readonly text: string }[] {
  const pieces = said.split(/<v(?:\.[^\s<>]{0,80})?[ \t]+([^<>]{0,80})>/);
  if (pieces.length === 1) return splitMarks(said);
  const spoken: { label: string | null; text: string }[] = [];
  for (let i = 0; i < pieces.length; i += 2) {
    const text = withoutStyling(pieces[i] ?? '');
    if (text.trim() !== '') spoken.push({ label: pieces[i - 1]?.trim() ?? null, text });
  }
  return spoken;
}

function withoutStyling(text: string): string {
  return text
    .replaceAll(/<\/?(?:v|b|i|u|c|ruby|rt|lang)(?:[.\s][^<>]{0,80})?>|<[\d:.]{1,20}>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}

/** "1:02:03,450" and "02:03.45" as milliseconds. */
function clockMs(clock: string): number {
  const negative = clock.startsWith('-');
  const [whole = '', fraction = ''] = clock.replace('-', '').split(/[,.]/);
  const seconds = whole.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
  const ms = seconds * 1000 + Number(fraction.padEnd(3, '0'));
  return negative ? -ms : ms;
}
