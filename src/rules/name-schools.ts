import { readText } from './classify.ts';
import { findInstitutions } from './find-institutions.ts';
import { findGeography } from './find-places.ts';
import { placeName, type RuleSet } from './rule-set.ts';
import type { ClassifyInput } from './verdict.ts';

const NUMERALS = '零一二三四五六七八九';
const MOST_NAMES = 8;

/**
 * The schools that a text names, each in one spelling with its place, to be compared and not to be shown: 榆中县第三中学, 榆中三中 and
 * 第3中学 in a letter about 榆中 are one. A school without a name of its own (我们学校) is none.
 */
export function nameSchools(rules: RuleSet, input: ClassifyInput): readonly string[] {
  const { reading } = readText(rules, input);
  const institutions = findInstitutions(rules, reading);
  const { places, universities } = findGeography(rules, reading, institutions);
  const main = (places.find(({ place }) => !place.isPrefecture) ?? places[0])?.place;
  const named = institutions
    .filter(({ isBare, name }) => !isBare && !name.endsWith('局') && !name.endsWith('学区'))
    .map(({ name, start, end }) => {
      const inside = places.findLast((one) => one.start >= start && one.end < end);
      const place = inside?.place ?? main;
      const own = inside === undefined ? name : name.slice(inside.end - start);
      return place === undefined ? null : `${placeName(rules, place)} ${plainName(own)}`;
    });
  const known = universities.map(({ university }) => university.name);
  return [...new Set([...known, ...named.filter((name) => name !== null)])].slice(0, MOST_NAMES);
}

/** 县第3中学 -> 三中, 镇中心小学 -> 镇中心小. */
function plainName(name: string): string {
  return name
    .replace(/^[省市县区州]/u, '')
    .replaceAll(/\d/gu, (digit) => NUMERALS.charAt(Number(digit)))
    .replace(/^第/u, '')
    .replace(/(?:高级|初级|完全)?中学$/u, '中')
    .replace(/小学$|完小$/u, '小')
    .replace(/幼儿园$/u, '幼');
}
