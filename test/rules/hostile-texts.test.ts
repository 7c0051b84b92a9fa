import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify } from '../../src/rules/classify.ts';
import { MAX_TEXT_UNITS } from '../../src/rules/normal-text.ts';
import { loadRules } from './load-rules.ts';

const rules = loadRules();

const filled = (piece: string): string =>
  piece.repeat(Math.ceil(MAX_TEXT_UNITS / piece.length)).slice(0, MAX_TEXT_UNITS);

describe('200,000 characters', () => {
  // Each of these made some step quadratic once, or would if a step became so: the test's time limit is the assertion.
  it.each([
    ['of one phrase', '收费'],
    ['of the start of a phrase with a gap', '收'],
    ['of a phrase inside a longer one', '收费站'],
    ['of opening quotes', '“'],
    ['of quoted documents', '“文件规定”'],
    ['of prohibitions', '规定不得'],
    ['of negations', '没有'],
    ['of denials', '我没意见'],
    ['of speaker labels', '话务员：来电人：'],
    ['of numbered speakers', 'spk0:请讲spk1:'],
    ['of units', '基教处'],
    ['of units written by ear', '鸡脚处'],
    ['of places', '会宁县静宁县宁县'],
    ['of schools', '某某县第一小学'],
    ['of universities', '兰州大学天水师范学院'],
    ['of the start of an expression', '甘'],
    ['of digits', '1'],
    ['of number words', '一'],
    ['of zero-width spaces', '\u200b'],
    ['of combining marks', 'a\u0300'],
    ['of quoted lines', '>a\n'],
    ['of emoji families', '👨‍👩‍👧'],
    ['of half surrogates', '\ud800'],
    ['of everything at once', '学校没有乱收费，不是收费站。基教处不管，厅长包庇，你们效能办没人理；'],
  ])('%s', (_title, piece) => {
    const text = filled(piece);
    const verdict = classify(rules, { channel: 'phone', subject: text.slice(0, 500), text });
    expect(verdict.deny).not.toContain(verdict.unit);
    expect(verdict.review).toBe(true);
  });
});

describe('any string at all', () => {
  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc
      .array(
        fc.constantFrom(
          '学校',
          '乱收费',
          '基教处',
          '没有',
          '厅长',
          '，',
          '。',
          '\n',
          '>',
          '“',
          '”',
          '话务员：',
          '来电人：',
          '\ud83d',
          '收',
          '600',
          '元',
          ' ',
        ),
        { maxLength: 60 },
      )
      .map((list) => list.join('')),
  );

  it('is classified without a throw, with evidence that is exactly the text at its offsets', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('email' as const, 'phone' as const),
        fc.option(anyText, { nil: undefined }),
        anyText,
        (channel, subject, text) => {
          const verdict = classify(rules, { channel, subject, text });
          const original = subject === undefined || subject === '' ? text : `${subject}\n${text}`;
          for (const { start, end, text: words } of [...verdict.evidence, ...verdict.ignored]) {
            expect(start).toBeLessThan(end);
            expect(original.slice(start, end)).toBe(words);
          }
          expect(verdict.deny).not.toContain(verdict.unit);
          expect(verdict.confidence).toBeGreaterThanOrEqual(0);
          expect(verdict.confidence).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('always gets the same verdict, whatever was classified in between', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const first = classify(rules, { channel: 'email', text });
        classify(rules, { channel: 'phone', subject: '插入', text: other });
        expect(classify(rules, { channel: 'email', text })).toEqual(first);
      }),
      { numRuns: 200 },
    );
  });

  it('adding spaces between all characters changes no accused unit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('基教处没人接，推诿不管', '督导团的人收红包', '省学位办压着不批'),
        fc.constantFrom(' ', '\u200b', '·', '\n'),
        (text, mark) => {
          const plain = classify(rules, { channel: 'email', text }).deny;
          expect(classify(rules, { channel: 'email', text: [...text].join(mark) }).deny).toEqual(plain);
        },
      ),
    );
  });
});
