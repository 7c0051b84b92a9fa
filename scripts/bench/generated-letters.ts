import type { SealedPerson } from '../../src/casework/person-keys.ts';
import { createChance } from '../../test/support/kill-chance.ts';
import { ownTexts } from '../labelled-texts.ts';

export type BenchLetter = { readonly text: string; readonly person: SealedPerson; readonly school: string };

const PLACES = ['永昌县', '榆中县', '会宁县', '静宁县', '山丹县', '民乐县', '成县', '徽县', '临泽县', '高台县'];
const NAMES = [...'东西南北红柳沙枣白杨青石龙泉河湾桥山口新城关永安平和光明春风晨曦育才启智文昌博雅'];
const SCHOOLS = 2_000;
/** One in so many writes a second time; one in so many leaves a number. */
const WRITES_AGAIN = 0.03;
const LEAVES_NUMBER = 0.3;

/**
 * Letters as they come in over years, one after the other, the same for the same seed: sentences of our labelled texts put
 * together anew, so that pairs of characters are as frequent as people write them; two thousand schools, a few of them in very
 * many letters; names, amounts and dates of their own.
 */
export function letterWriter(seed: number): (n: number) => BenchLetter {
  const chance = createChance(seed);
  const sentences = ownTexts().flatMap(({ text }) => text.match(/[^。！？\n]{6,60}[。！？]/gu) ?? []);
  const name = (length: number): string => Array.from({ length }, () => chance.pick(NAMES)).join('');
  const schools = Array.from(
    { length: SCHOOLS },
    () => `${chance.pick(PLACES)}${name(3)}${chance.pick(['小学', '中学', '幼儿园'])}`,
  );
  return (n) => {
    const school = schools[Math.floor(SCHOOLS * (chance.below(1_000) / 1_000) ** 3)] ?? '';
    const told = Array.from({ length: 3 + chance.below(6) }, () => chance.pick(sentences));
    const own = `${name(3)}老师${chance.below(12) + 1}月${chance.below(28) + 1}日说要交${chance.below(900) + 100}元。`;
    const writer = chance.happens(WRITES_AGAIN) ? chance.below(n) : n;
    const number = chance.happens(LEAVES_NUMBER) ? `联系电话 139${String(writer).padStart(8, '0')}` : '';
    return {
      text: `反映${school}的问题。${chance.shuffled([...told, own]).join('')}${number}`,
      person: { address: `citizen-${String(writer)}@example.org` },
      school,
    };
  };
}

/** The same letter, as the next person signs it: another greeting, another ending, one sentence less. */
export function passedOn(text: string, n: number): BenchLetter {
  const sentences = text.split('。');
  const kept = sentences.filter((_, at) => at !== 1).join('。');
  return { text: `各位领导好！${kept}盼复。`, person: { address: `signer-${String(n)}@example.org` }, school: '' };
}
