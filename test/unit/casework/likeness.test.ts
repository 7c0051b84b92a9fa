import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST_LIKENESS, likeness } from '../../../src/casework/likeness.ts';
import { searchTerms } from '../../../src/casework/search-terms.ts';

const common = new Set(searchTerms('尊敬的领导您好我是一名学生家长向你们反映一个问题希望尽快答复谢谢'));
const shareOf = (term: number) => (common.has(term) ? 0.6 : 0.002);
const between = (a: string, b: string) => likeness(searchTerms(a), searchTerms(b), shareOf);

const TERMS = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 60 });

describe('how alike two texts are', () => {
  it('is between nothing and all, and the same from both sides', () => {
    fc.assert(
      fc.property(TERMS, TERMS, (a, b) => {
        const value = likeness(a, b, () => 0.01);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        expect(likeness(b, a, () => 0.01)).toBeCloseTo(value, 10);
      }),
    );
  });

  const TOLD = '尊敬的领导您好，我反映榆中县第九中学高二年级寒假补课，每人收了六百元，不给收据，希望尽快答复，谢谢。';

  it('is all of it for the same text, and for a long one that holds it', () => {
    expect(between(TOLD, TOLD)).toBe(1);
    expect(between(TOLD, `补充材料如下。${TOLD}另附照片三张，请查收。`)).toBe(1);
  });

  it('is much for the same matter told again', () => {
    expect(between(TOLD, '榆中县第九中学寒假给高二年级补课，每人收六百元，没有收据')).toBeGreaterThan(0.6);
  });

  it('is little where only the politeness is the same', () => {
    const other = '尊敬的领导您好，我是一名学生家长，食堂饭菜不新鲜，孩子拉肚子，希望尽快答复，谢谢。';
    expect(between(TOLD, other)).toBeLessThan(LEAST_LIKENESS);
  });

  it('is little for a greeting, although all of it stands in the other', () => {
    expect(between('尊敬的领导您好，我反映', TOLD)).toBeLessThan(LEAST_LIKENESS);
  });
});
