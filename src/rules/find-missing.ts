import { classifiedText, readText } from './classify.ts';
import { countOf } from './countable-words.ts';
import { findInstitutions } from './find-institutions.ts';
import { findGeography, type Geography } from './find-places.ts';
import type { Reading } from './fire-rules.ts';
import { originalSpan } from './normal-text.ts';
import { placeName, termNumber, type RuleSet } from './rule-set.ts';
import type { Voices } from './set-aside.ts';
import type { ClassifyInput } from './verdict.ts';

/** What a record needs before anybody can work on it: 谁、何地、何时、哪个单位、要求什么. */
export const MISSING = ['who', 'where', 'when', 'unit', 'wish'] as const;
export type Missing = (typeof MISSING)[number];

/** What the text does not say yet, and where it happened as far as it says: a place by its full name. */
export type Completeness = { readonly missing: readonly Missing[]; readonly place: string | null };

/** Surnames common enough to tell 王女士 and 我叫王 from other words. */
const SURNAME =
  '[王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤]';

/** Somebody who says who he is, or that he will not. */
const WHO = new RegExp(
  [
    String.raw`我(?:的名字)?(?:姓|叫|名叫)\p{Script=Han}`,
    String.raw`(?:我是|本人|来电人|来信人|反映人|投诉人|举报人|报告人|联系人|署名)[:：]?${SURNAME}\p{Script=Han}{1,2}(?![\p{Script=Han}])`,
    String.raw`${SURNAME}(?:先生|女士|同志|师傅|姓(?:家长|市民|群众|同学|学生)|某)`,
    String.raw`免贵姓|姓名|匿名|化名|实名`,
    String.raw`(?:不想|不愿意?|不方便|不便|不肯)(?:透露|说|讲|留|提供|公开)`,
    String.raw`(?:联系|手机|我的)(?:电话|方式|号码)|电话[:：是]?\s?\d`,
    String.raw`(?<!\d)1[3-9]\d{9}(?!\d)`,
  ].join('|'),
  'u',
);

const NUMBER = '[0-9０-９〇零一二两三四五六七八九十半几数]';
const WHEN = new RegExp(
  [
    `${NUMBER}{1,4}年|${NUMBER}{1,3}月|${NUMBER}{1,3}[号日](?!线|楼|院)|${NUMBER}{1,3}(?:点|时)(?:钟|半|左右|多|${NUMBER})?`,
    `${NUMBER}{1,6}个?多?(?:天|周|星期|礼拜|月|年|学期|小时|分钟)(?:前|以前|之前|了|来|多|没|都)`,
    '今天|昨天|前天|明天|今早|昨晚|今晚|当天|当晚|近日|日前|近期|最近|刚才|刚刚|目前|现在|如今|至今|一直|长期|多年|历年|从来',
    '今年|去年|前年|本年|上周|这周|本周|下周|上个?月|这个?月|本月|下个?月|月[初中底末]|年[初中底末]',
    '(?:上|下|这|本|新)个?(?:学期|学年|星期|礼拜)|每(?:天|周|月|年|学期|学年|次|晚|个)',
    '寒假|暑假|假期|开学|放假|放学|国庆|春节|过年|五一|清明|端午|中秋|元旦|期中|期末|毕业前|高考|中考',
    '周[一二三四五六日末天]|星期[一二三四五六日天]|礼拜[一二三四五六日天]|早上|清晨|上午|中午|下午|傍晚|晚上|夜里|半夜|凌晨',
    '[春夏秋冬][季天]',
  ].join('|'),
  'u',
);

const WISH = new RegExp(
  [
    '希望|要求|请求|恳请|恳求|诉求|盼|建议|呼吁|强烈要求|请予|望(?:予|能|尽快|早日|贵|领导)',
    '请(?:问|贵|你|您|教育|厅|省|领导|上级|有关|相关|部门|尽快|马上|立即|查|核|处|解决|协调|督促|责令|帮|给|把|派|关注|重视|告)',
    '想(?:要|让|请|问|知道|咨询|了解|求)|能不能|能否|可否|可不可以|行不行|怎么办|如何(?:办|处理|解决)|该(?:找|怎么)',
    '(?:给|讨|要)(?:我们?|大家|家长|学生)?一?个?(?:说法|答复|交代|解释|公道)|咨询|求助|帮(?:忙|我|助|帮)',
    '(?:应当?|应该|必须|要)(?:退|停|取消|整改|处理|查处|处分|追究|撤)|退(?:还|款|费|钱|回)|查处|严肃处理|追究',
  ].join('|'),
  'u',
);

/**
 * What a text still lacks. A hint for whoever is on the telephone, nothing that decides: words of the operator himself do not
 * count, and a bare 学校 names no school.
 */
export function findMissing(rules: RuleSet, input: ClassifyInput): Completeness {
  const { reading, voices } = readText(rules, input);
  const institutions = findInstitutions(rules, reading);
  const geography = findGeography(rules, reading, institutions);
  const words = citizensWords(reading, voices, classifiedText(input));
  const said: Readonly<Record<Missing, boolean>> = {
    who: WHO.test(words),
    where: geography.places.length + geography.universities.length + geography.provinces.length > 0,
    when: WHEN.test(words),
    unit:
      institutions.some(({ isBare }) => !isBare) || geography.universities.length > 0 || namesOffice(rules, reading),
    wish: WISH.test(words),
  };
  return { missing: MISSING.filter((one) => !said[one]), place: placeOf(rules, geography) };
}

/** A unit of the department, the department, or a bureau below it: 县教育局 is one of few once the place is known. */
function namesOffice(rules: RuleSet, { found, words }: Reading): boolean {
  if (countOf(words, termNumber(rules, 'concept', 'local-bureau')) > 0) return true;
  return found.touched.some((term) => ['unit', 'department'].includes(rules.terms[term]?.kind ?? ''));
}

/** The county that is named first, else the prefecture. */
function placeOf(rules: RuleSet, { places }: Geography): string | null {
  const mention = places.find(({ place }) => !place.isPrefecture) ?? places[0];
  return mention === undefined ? null : placeName(rules, mention.place);
}

/** Of a conversation everything but the operator's turns, as it was written. */
function citizensWords({ text }: Reading, { turns }: Voices, whole: string): string {
  let words = '';
  let at = 0;
  for (const { speaker, start, end } of turns) {
    if (speaker !== 'operator' || end <= start) continue;
    const span = originalSpan(text, start, end);
    words += whole.slice(at, span.start);
    at = span.end;
  }
  return words + whole.slice(at);
}
