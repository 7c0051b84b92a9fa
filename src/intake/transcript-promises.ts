import { speakerByName } from './transcript-speakers.ts';

/** Something the desk promised the caller: it runs on a clock like any deadline. Offsets are UTF-16 units into the text that was searched. */
export type CallPromise = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly kind: 'call-back';
  /** At most this many units from the call on ("三到五个工作日" is 5). Null: a date word that needs a calendar ("下周一"). */
  readonly amount: number | null;
  /** `date-word`: "明天上午"; its amount is calendar days from the day of the call. */
  readonly unit: 'working-days' | 'days' | 'hours' | 'date-word';
};

const NUMERAL = String.raw`(?:[0-9\uFF10-\uFF19]{1,3}|[一二两三四五六七八九十]{1,3}|半)`;
const SPAN = String.raw`(?:${NUMERAL}(?:到|至|[、~\uFF5E-]))?(?<amount>${NUMERAL})个?(?<half>半)?(?<unit>工作日|自然日|分钟|刻钟|小时|钟头|天|日|星期|礼拜|周|(?<=个)月)(?!前|以前|之前)`;
const WEEKDAY = '[一二三四五六日天]';
const DATE_WORD = String.raw`(?<word>今天|今儿|大后天|后天|后儿|明天|明儿|(?:本|这|这个|下|下个)(?:周|星期|礼拜)${WEEKDAY}?|月底|\d{1,2}月\d{1,2}[日号])(?:上午|下午|中午|晚上|早上|一早)?`;
const TIME = new RegExp(String.raw`(?<!月|第|每|\d)(?:${DATE_WORD}|${SPAN})(?:之?内|以内|之?前|左右)?`, 'gu');

const ANSWER =
  '回(?:个|您|你)?电话?|回访|回复|答复|回话|回音|(?:跟|和|与)[您你](?:取得)?联系|联系[您你]|打(?:个|过去|回)?电话|打过去|反馈|通知|告知';
const ANSWER_AFTER = new RegExp(String.raw`^[^\n]{0,16}?(?:${ANSWER})(?:[您你])?`, 'u');
const ANSWER_BEFORE = new RegExp(String.raw`(?:${ANSWER})[^\n]{0,10}$`, 'u');
/** Not promised, only supposed, or the caller's turn to act. */
const NO_PROMISE =
  /不(?:能|敢|好|一定|会|可能)|没(?!问题|事|关系)|无法|难以|如果|要是|万一|请您|您[^\uFF0C,]{0,6}再(?:打|来|拨|问)|您可以|麻烦您|已经|刚才/u;
/** "三天内能回电吗" asks; "三天内给您回电，好吗" promises and is polite. */
const QUESTION = /^[^\n\uFF0C,]{0,4}(?<!好|行|可以)[吗么]/u;
const SENTENCE = /[^\u3002\uFF01!\uFF1F?\uFF1B;\n]+/gu;

/** What the desk promised, in the lines of the desk, of unknown speakers and of the operator's own notes; never in the caller's. */
export function findPromises(text: string): readonly CallPromise[] {
  let lineStart = 0;
  return text.split('\n').flatMap((line) => {
    const start = lineStart;
    lineStart += line.length + 1;
    const label = /^\s*([^:\uFF1A]{1,12})[:\uFF1A]/u.exec(line)?.[1]?.trim();
    if (label !== undefined && speakerByName(label) === 'caller') return [];
    return [...line.matchAll(SENTENCE)].flatMap((sentence) => promisesIn(sentence[0], start + sentence.index));
  });
}

function promisesIn(sentence: string, offset: number): readonly CallPromise[] {
  const promises: CallPromise[] = [];
  let from = 0;
  for (const time of sentence.matchAll(TIME)) {
    const timeEnd = time.index + time[0].length;
    if (time.index < from) continue; // already part of the promise before it
    const after = ANSWER_AFTER.exec(sentence.slice(timeEnd));
    const before = after === null ? ANSWER_BEFORE.exec(sentence.slice(from, time.index)) : null;
    if (after === null && before === null) continue;
    const start = before === null ? time.index : from + before.index;
    const end = timeEnd + (after?.[0].length ?? 0);
    if (NO_PROMISE.test(sentence.slice(from, end)) || QUESTION.test(sentence.slice(end))) continue;
    promises.push({
      text: sentence.slice(start, end),
      start: offset + start,
      end: offset + end,
      ...termOf(time.groups),
    });
    from = end;
  }
  return promises;
}

/** How many of which unit one of the caller's words is. */
const TERMS: Readonly<Record<string, readonly [number, 'working-days' | 'days' | 'hours']>> = {
  工作日: [1, 'working-days'],
  分钟: [1 / 60, 'hours'],
  刻钟: [0.25, 'hours'],
  小时: [1, 'hours'],
  钟头: [1, 'hours'],
  星期: [7, 'days'],
  礼拜: [7, 'days'],
  周: [7, 'days'],
  月: [30, 'days'],
};

function termOf(groups: Partial<Record<string, string>> | undefined): Pick<CallPromise, 'kind' | 'amount' | 'unit'> {
  const { amount, half, unit: word = '', word: dateWord = '' } = groups ?? {};
  if (amount === undefined) return { kind: 'call-back', amount: daysAhead(dateWord), unit: 'date-word' };
  const [size, unit] = TERMS[word] ?? [1, 'days'];
  return { kind: 'call-back', amount: size * (numeral(amount) + (half === undefined ? 0 : 0.5)), unit };
}

function daysAhead(word: string): number | null {
  if (word.startsWith('今')) return 0;
  if (word.startsWith('明')) return 1;
  if (word.startsWith('后')) return 2;
  return word.startsWith('大后') ? 3 : null;
}

/** 半, 两, 十五, 二十, 三十五, 15: as far as anybody promises a call. */
function numeral(text: string): number {
  if (text === '半') return 0.5;
  const arabic = Number(text.normalize('NFKC'));
  if (Number.isFinite(arabic)) return arabic;
  const value = (char: string | undefined): number => '零一二三四五六七八九'.indexOf((char ?? '').replace('两', '二'));
  const ten = text.indexOf('十');
  if (ten === -1) return value(text.at(-1));
  const tens = ten === 0 ? 1 : value(text[ten - 1]);
  return tens * 10 + (ten === text.length - 1 ? 0 : value(text.at(-1)));
}
