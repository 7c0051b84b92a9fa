import type { Reading } from './fire-rules.ts';
import { isHan, isMark } from './normal-text.ts';
import type { RuleSet } from './rule-set.ts';
import { termNumber } from './rule-set.ts';

/** A school, bureau or training body as the citizen names it. Folded positions. */
export type Institution = {
  readonly start: number;
  readonly end: number;
  readonly name: string;
  readonly isBare: boolean;
};

const MAX_NAME_UNITS = 14;
// A name in running text begins after one of these: 投诉|A小学, 我在|B中学, 孩子的|C幼儿园.
const BEFORE_NAMES = new Set(
  [
    ...'的在是到对和与把被让给说了我们你他她这那某个所为由从向叫问找请求望诉映报于及至去来有上读念进也都就又却但还以其该本贵之能将如说话',
  ].map((c) => c.charCodeAt(0)),
);

function nameStart(reading: Reading, end: number, suffixStart: number): number {
  const { units, clause } = reading.text;
  let start = suffixStart;
  while (start > 0 && end - start < MAX_NAME_UNITS) {
    const unit = units[start - 1] as number;
    if (isMark(unit) || !(isHan(unit) || (unit >= 0x30 && unit <= 0x7a)) || BEFORE_NAMES.has(unit)) break;
    if (clause[start - 1] !== clause[suffixStart]) break;
    start -= 1;
  }
  return start;
}

/** All institutions named in the citizen's own words, in reading order. A longer name swallows the ones inside it. */
export function findInstitutions(rules: RuleSet, reading: Reading): readonly Institution[] {
  const { text, found, words } = reading;
  const term = termNumber(rules, 'concept', 'institution');
  const institutions: Institution[] = [];
  for (let k = words.from[term] ?? 0; k < (words.to[term] ?? 0) && institutions.length < 200; k += 1) {
    const i = words.index[k] as number;
    const suffixStart = found.start[i] as number;
    const end = found.end[i] as number;
    const start = nameStart(reading, end, suffixStart);
    const name = String.fromCharCode(...text.units.subarray(start, end));
    const last = institutions.at(-1);
    if (last !== undefined && start <= last.start) institutions.pop();
    institutions.push({ start, end, name, isBare: start === suffixStart });
  }
  return institutions;
}
