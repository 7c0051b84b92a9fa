import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createNormalText,
  MAX_TEXT_UNITS,
  normalise,
  normalPhrase,
  originalSpan,
} from '../../../src/rules/normal-text.ts';

function folded(text: string): string {
  return normalPhrase(text);
}

describe('folding brings every spelling of a word to one', () => {
  it.each([
    ['zero-width space', '基教\u200b处', '基教处'],
    ['bidi override', '举报\u202e长处', '举报长处'],
    ['full-width letters', 'ＪＪＣ', 'jjc'],
    ['Cyrillic letters that look Latin', 'ЈЈС', 'jjc'],
    ['Kangxi radicals', '⼈⼤', '人大'],
    ['traditional characters', '教育廳基礎教育處', '教育厅基础教育处'],
    ['Japanese forms', '広河県教育庁', '广河县教育厅'],
    ['middle dots', '基·教·处', '基教处'],
    ['spaces', '基 教 处', '基教处'],
    ['ideographic spaces', '基　教　处', '基教处'],
    ['a line break in the middle of a word', '基教\n处', '基教处'],
    ['dashes and stars', '基-教*处', '基教处'],
    ['an accent flood', '基\u0334\u0335教\u0336处', '基教处'],
    ['mathematical letters', '𝐣𝐣𝐜', 'jjc'],
    ['a circled number', '㈠', '(一)'],
    ['a soft hyphen', '基\u00ad教处', '基教处'],
  ])('%s', (_name, written, expected) => {
    expect(folded(written)).toBe(expected);
  });

  it('keeps the space between Latin words, so that two words do not become a third', () => {
    expect(folded('spk0 we')).toBe('spk0 we');
  });

  it('keeps commas and full stops, so that no word is found across them', () => {
    expect(folded('收，费。站')).toBe('收,费。站');
  });

  it('counts what could not be decoded', () => {
    const text = createNormalText();
    normalise('乱收\ufffd\ud800费', text);
    expect(text.replacementUnits).toBe(2);
  });
});

describe('the way back to the original', () => {
  it('gives whole characters for words written with astral letters', () => {
    const text = createNormalText();
    normalise('投诉𝐉𝐉𝐂的人', text);
    const { start, end } = originalSpan(text, 2, 5);
    expect('投诉𝐉𝐉𝐂的人'.slice(start, end)).toBe('𝐉𝐉𝐂');
  });

  it('is monotone and stays inside the text, for any string', () => {
    const text = createNormalText();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (original) => {
        normalise(original, text);
        for (let i = 0; i < text.length; i += 1) {
          expect(text.at[i]).toBeLessThan(original.length);
          if (i > 0) expect(text.at[i]).toBeGreaterThanOrEqual(text.at[i - 1] ?? 0);
        }
      }),
    );
  });

  it('folding twice changes nothing more', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 100 }), (original) => {
        const once = folded(original);
        expect(folded(once).replaceAll(' ', '')).toBe(once.replaceAll(' ', ''));
      }),
    );
  });

  it('looks at 200,000 units and no more', () => {
    const text = createNormalText();
    normalise('字'.repeat(MAX_TEXT_UNITS + 5), text);
    expect(text.length).toBe(MAX_TEXT_UNITS);
  });
});

describe('sentences and clauses', () => {
  const sentencesOf = (original: string, head = 0): number => {
    const text = createNormalText();
    normalise(original, text, head);
    return new Set(text.sentence.subarray(0, text.length)).size;
  };

  it('a full stop and an empty line end a sentence, a wrapped line does not', () => {
    expect(sentencesOf('学校补课。收了钱')).toBe(2);
    expect(sentencesOf('学校补课\n\n收了钱')).toBe(2);
    expect(sentencesOf('学校补课\n收了钱')).toBe(1);
  });

  it('the subject is a sentence of its own', () => {
    expect(sentencesOf('学校补课\n收了钱', 4)).toBe(2);
  });
});
