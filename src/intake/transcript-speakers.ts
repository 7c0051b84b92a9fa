import type { Turn } from './item.ts';
import type { RawTurn } from './transcript-rows.ts';

type Speaker = Turn['speaker'];

const OPERATOR_NAMES =
  /^(?:话务员|接线员|受话人|受理员|接听员|客服|坐席|座席|热线|工作人员|hot-?line|operator|agent|staff|seat|service)/i;
const CALLER_NAMES =
  /^(?:来电人|来电者|来话人|投诉人|反映人|诉求人|举报人|市民|群众|用户|客户|家长|主叫|对方|caller|citizen|customer|client|user|visitor)/i;

/** Said by whoever answers a published number, and hardly ever by whoever rings it. */
const GREETING =
  /为[您你]服务|请问.{0,6}(?:什么|啥).{0,4}(?:可以|能|需要).{0,3}帮|有什么(?:可以|能)?帮|[您你]好.{0,14}(?:请讲|请说|热线|效能投诉|工号)|(?:效能投诉|热线|工号.{0,8})[,\uFF0C\u3002 ]{0,2}请[讲说]/u;
/** How many turns of a speaker are looked at for a greeting: it opens the call. */
const GREETING_TURNS = 3;

/** What operators say while they write a call down. */
const DESK_WORDS =
  /请讲|请说|您贵姓|怎么称呼|记下|记录|登记|给您转|帮您|感谢.{0,3}来电|稍等|请您|留.{0,2}(?:电话|联系方式)/gu;
/** How clearly two speakers must differ in one habit before it counts as a sign. */
const CLEAR_COUNT = 2;
const CLEAR_SHARE = 1.5;
/** Signs that must agree, with none against them: one alone is chance. */
const SIGNS_NEEDED = 2;

/** A name that says who speaks: "话务员", "坐席02", "市民(女)", "hot-line". Null: "spk0", "1", "A" say nothing by themselves. */
export function speakerByName(label: string): Exclude<Speaker, 'unknown'> | null {
  if (OPERATOR_NAMES.test(label)) return 'operator';
  return CALLER_NAMES.test(label) || /^[\p{Script=Han}]{1,3}(?:先生|女士)$/u.test(label) ? 'caller' : null;
}

/**
 * Who is the operator: by the name of the role, else by who greets as a hotline does, else by the recording track
 * (the desk's own end is channel 0), else by habits of speech. A greeting is asked before the track, because which
 * wire is soldered to which track differs from site to site, and what was said does not.
 */
export function nameSpeakers(turns: readonly RawTurn[]): readonly Speaker[] {
  const byTrack = new Set(turns.map((turn) => turn.channel)).size > 1;
  const keyOf = (turn: RawTurn): string | null => (byTrack ? turn.channel : turn.label);
  const named = turns.map((turn) => (turn.label === null ? null : speakerByName(turn.label)));
  const nameless = new Map<string, string[]>();
  turns.forEach((turn, index) => {
    const key = keyOf(turn);
    if (key === null || named[index] !== null) return;
    const said = nameless.get(key);
    if (said === undefined) nameless.set(key, [turn.text]);
    else said.push(turn.text);
  });
  const operators = findOperators(nameless, byTrack, new Set(named));
  return turns.map((turn, index) => {
    const key = keyOf(turn);
    const name = named[index] ?? null;
    if (name !== null) return name;
    if (operators === null || key === null) return 'unknown';
    return operators.has(key) ? 'operator' : 'caller';
  });
}

/** Which of the nameless speakers are operators; null when nobody can say. A transferred call has two. */
function findOperators(
  nameless: ReadonlyMap<string, readonly string[]>,
  byTrack: boolean,
  named: ReadonlySet<Speaker | null>,
): ReadonlySet<string> | null {
  if (named.has('operator')) return new Set();
  const keys = [...nameless.keys()];
  if (named.has('caller')) return keys.length === 1 ? new Set(keys) : null;
  if (keys.length < 2) return null;
  const greeting = keys.filter((key) => {
    const opening = nameless.get(key)?.slice(0, GREETING_TURNS) ?? [];
    return opening.some((text) => GREETING.test(text));
  });
  if (greeting.length > 0 && greeting.length < keys.length) return new Set(greeting);
  return byTrack && nameless.has('0') ? new Set(['0']) : operatorByHabits(nameless);
}

/**
 * Two people, and nobody greeted. The desk says 您 and its set phrases; the citizen says 我, and talks longer. Wrong is
 * worse than unknown here (the rules read the citizen's part), so the signs must not contradict one another.
 */
function operatorByHabits(groups: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> | null {
  const [first, second] = [...groups].map(([key, said]) => habitsOf(key, said.join('\n')));
  if (first === undefined || second === undefined || groups.size !== 2) return null;
  const signs = [
    clearSign(first.polite - second.polite),
    clearSign(first.deskWords - second.deskWords),
    clearSign(second.ownMatters - first.ownMatters),
    longerBy(second.length, first.length) - longerBy(first.length, second.length),
  ];
  const forFirst = signs.filter((sign) => sign > 0).length;
  const forSecond = signs.filter((sign) => sign < 0).length;
  if (forFirst >= SIGNS_NEEDED && forSecond === 0) return new Set([first.key]);
  return forSecond >= SIGNS_NEEDED && forFirst === 0 ? new Set([second.key]) : null;
}

function habitsOf(key: string, said: string) {
  return {
    key,
    polite: occurrences(said, /您/gu),
    deskWords: occurrences(said, DESK_WORDS),
    ownMatters: occurrences(said, /我/gu),
    length: said.length,
  };
}

function clearSign(difference: number): number {
  return Math.abs(difference) < CLEAR_COUNT ? 0 : Math.sign(difference);
}

function longerBy(length: number, other: number): number {
  return length > other * CLEAR_SHARE ? 1 : 0;
}

function occurrences(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
