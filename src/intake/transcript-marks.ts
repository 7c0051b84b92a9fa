import type { RawTurn } from './transcript-rows.ts';

type Said = { readonly label: string | null; readonly text: string };

const ROLE =
  '(?:话务员|接线员|受话人|受理员|接听员|客服|坐席|座席|热线|工作人员|来电人|来电者|来话人|投诉人|反映人|诉求人|举报人|市民|群众|用户|客户|家长|主叫|hot-?line|operator|agent|caller|citizen|customer|client|user|visitor)';
const ROLE_MARK = String.raw`${ROLE}[ ]?(?:\d{1,6}|[a-z]|[(\uFF08][^()\uFF08\uFF09\n]{1,12}[)\uFF09])?`;
const NUMBERED_MARK = String.raw`(?:spk|speaker|说话人|发言人|讲话人)[ _-]?[\da-z]{1,3}`;
const BARE_MARK = String.raw`[a-d甲乙丙丁问答]|\p{Script=Han}{1,3}(?:先生|女士)`;
const LABEL = `${ROLE_MARK}|${NUMBERED_MARK}|${BARE_MARK}`;
const CLOCK = String.raw`\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,3})?`;

/** "[00:12] 话务员: ...", "话务员 00:12: ...", "spk0: ..." */
const MARKED_LINE = new RegExp(
  String.raw`^\s*(?:[[(\uFF08]?(?<before>${CLOCK})[^\p{Script=Han}\n]{0,20}?[\])\uFF09]?\s*)?[\u3010[]?(?<label>${LABEL})[\u3011\]]?\s*[(\uFF08]?(?<after>${CLOCK})?[)\uFF09]?\s*[:\uFF1A]`,
  'iu',
);
/** "发言人1 00:12", the words on the following lines: how meeting recorders export. */
const HEADING_LINE = new RegExp(
  String.raw`^\s*(?<label>${ROLE_MARK}|${NUMBERED_MARK})\s+[(\uFF08]?(?<at>${CLOCK})[)\uFF09]?\s*$`,
  'iu',
);
/** "[0:0.020,0:2.380,0]  ..." with the speaker last, and "[00:12.00]..." */
const TIMED_LINE = new RegExp(
  String.raw`^\s*\[(?<start>${CLOCK})(?:\s*[,~-]\s*(?<end>${CLOCK}))?(?:,(?<label>\d{1,2}))?\]`,
  'u',
);
/** Several turns run together in one line. Only full role names count here, and only where a sentence has ended. */
const INLINE_MARK = new RegExp(
  String.raw`(?<=[\u3002\uFF01!\uFF1F?\u2026\uFF1B;~\u201D"\u300F\u300D\uFF09)\s])(${ROLE_MARK}|spk ?\d{1,2})\s*[:\uFF1A]\s*`,
  'giu',
);

/** Plain text with speaker marks. Unmarked lines continue the marked turn above them; without any mark every line is a turn of its own. */
export function readMarkedText(text: string): readonly RawTurn[] {
  const lines = text.split(/\r\n|[\n\r\u2028\u2029]/).filter((line) => line.trim() !== '');
  const turns: RawTurn[] = [];
  for (const piece of lines.flatMap((line) => beginTurn(line) ?? splitMarks(line).map(untimed))) {
    const above = turns.at(-1);
    if (above !== undefined && isMarked(above) && !isMarked(piece)) {
      turns[turns.length - 1] = { ...above, text: above.text === '' ? piece.text : `${above.text}\n${piece.text}` };
    } else turns.push(piece);
  }
  return turns;
}

function isMarked(turn: RawTurn): boolean {
  return turn.label !== null || turn.startMs !== null;
}

/** Whether a text is a conversation written down: its first lines carry speaker marks or times. */
export function hasSpeakerMarks(text: string): boolean {
  const lines = text.slice(0, 10_000).split(/\r?\n/);
  return lines.some((line) => beginTurn(line) !== null || splitMarks(line).length > 1);
}

/** A whole conversation in the text of one nameless row, which then has the row's times from its first to its last turn. */
export function expandMarks(row: RawTurn): readonly RawTurn[] {
  if (row.label !== null || row.channel !== null) return [row];
  const turns = readMarkedText(row.text);
  if (!turns.some((turn) => turn.label !== null)) return [row];
  return turns.map((turn, index) => ({
    ...turn,
    startMs: index === 0 ? row.startMs : null,
    endMs: index === turns.length - 1 ? row.endMs : null,
  }));
}

/** One piece of text that may begin with a mark and hold more of them. */
export function splitMarks(text: string): readonly Said[] {
  const begin = MARKED_LINE.exec(text);
  const [first = '', ...rest] = text.slice(begin?.[0].length ?? 0).split(INLINE_MARK);
  const label = begin?.groups?.['label'] ?? null;
  const said: Said[] = label === null && first.trim() === '' ? [] : [{ label, text: first }];
  // split() puts what the mark captured between the pieces: mark, words, mark, words.
  for (let i = 0; i < rest.length; i += 2) said.push({ label: rest[i] ?? null, text: rest[i + 1] ?? '' });
  return said;
}

function beginTurn(line: string): readonly RawTurn[] | null {
  const heading = HEADING_LINE.exec(line)?.groups;
  if (heading !== undefined) {
    return [{ label: heading['label'] ?? null, channel: null, text: '', startMs: clockMs(heading['at']), endMs: null }];
  }
  const marked = MARKED_LINE.exec(line)?.groups;
  if (marked !== undefined) {
    const startMs = clockMs(marked['before'] ?? marked['after']);
    return splitMarks(line).map((said, index) => ({ ...untimed(said), startMs: index === 0 ? startMs : null }));
  }
  const timed = TIMED_LINE.exec(line);
  if (timed === null) return null;
  const { label = null, start, end } = timed.groups ?? {};
  const text = line.slice(timed[0].length);
  return [{ label, channel: null, text, startMs: clockMs(start), endMs: clockMs(end) }];
}

/** A piece of text as a turn without track and times. */
export function untimed(said: Said): RawTurn {
  return { ...said, channel: null, startMs: null, endMs: null };
}

function clockMs(clock: string | undefined): number | null {
  if (clock === undefined) return null;
  const seconds = clock
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000);
}
