import { readText } from './classify.ts';
import { findInstitutions } from './find-institutions.ts';
import { findGeography } from './find-places.ts';
import { placeName, type RuleSet } from './rule-set.ts';
import type { ClassifyInput, Verdict } from './verdict.ts';

/** What people want, each with the words they say it in and the words an official says it in. */
const WANTS: readonly (readonly [RegExp, string])[] = [
  [/退[还回]?(?:款|费|钱|给)|返还|退掉/u, '退还费用'],
  [/补发|发放|发到|拨付|兑现|落实(?:待遇|政策|补贴|补助)|什么时候发/u, '落实应发待遇或资金'],
  [/查处|调查|核查|查一?查|查清|严肃处理/u, '核查处理'],
  [/整改|消除隐患|加固|维修|修好|改正|制止|停止/u, '限期整改'],
  [/办理|办下来|审批|批下来|颁发|发证|补办/u, '依法及时办理'],
  [/解释|说明|依据是什么|为什么|凭什么/u, '说明政策依据'],
  [/说法|答复|回复|盼复|告知/u, '书面答复'],
  [/入学|转学|学位安排|上学问题/u, '解决入学就读问题'],
];

/**
 * The request as a unit may read it: category, topic, place and wish, composed from the rule files and the registries. Not one
 * word of the citizen is in it, so nobody can be recognised by his words or learn from it what else the letter says.
 */
export function neutralSummary(rules: RuleSet, input: ClassifyInput, verdict: Verdict): string {
  const { reading } = readText(rules, input);
  const { places, universities } = findGeography(rules, reading, findInstitutions(rules, reading));
  const where = [
    ...new Set([
      ...places.map(({ place }) => placeName(rules, place)),
      ...universities.map((one) => one.university.name),
    ]),
  ];
  const wants = WANTS.filter(([words]) => words.test(input.text)).map(([, name]) => name);
  const topic = topicOf(rules, verdict);
  return [
    `反映事项：${rules.categories.find(({ id }) => id === verdict.category)?.name ?? '教育类诉求'}。`,
    topic === null ? '' : `涉及业务：${topic}。`,
    where.length === 0 ? '' : `涉及地区或学校：${where.join('、')}。`,
    verdict.urgent ? '情况紧急。' : '',
    `诉求：${wants.length === 0 ? '依法处理并答复' : wants.join('；')}。`,
  ].join('');
}

/** What the routing rules call the topic that chose the unit. */
function topicOf(rules: RuleSet, { evidence, unit }: Verdict): string | null {
  const fired = new Set(evidence.map(({ rule }) => rule));
  const topics = rules.rules.filter((rule) => fired.has(rule.id) && rule.unit === unit && rule.category === null);
  return topics.toSorted((a, b) => b.weight - a.weight)[0]?.why ?? null;
}
