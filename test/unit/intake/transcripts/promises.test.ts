import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findPromises } from '../../../../src/intake/transcript-promises.ts';

const terms = (text: string) => findPromises(text).map(({ amount, unit }) => [amount, unit]);

describe('what the desk promised', () => {
  test('working days, days, hours, weeks, with the larger end of a range', () => {
    expect(terms('话务员:三个工作日内给您回电')).toEqual([[3, 'working-days']]);
    expect(terms('话务员:三到五个工作日会有人跟您联系')).toEqual([[5, 'working-days']]);
    expect(terms('话务员:15日内书面告知您，60日内答复')).toEqual([
      [15, 'days'],
      [60, 'days'],
    ]);
    expect(terms('话务员:二十四小时之内联系您')).toEqual([[24, 'hours']]);
    expect(terms('话务员:一个半小时给您打过去')).toEqual([[1.5, 'hours']]);
    expect(terms('话务员:半个小时内给您回电')).toEqual([[0.5, 'hours']]);
    expect(terms('话务员:十五分钟之内给您打过去')).toEqual([[0.25, 'hours']]);
    expect(terms('话务员:最迟两周给您回复')).toEqual([[14, 'days']]);
    expect(terms('话务员:给您回电话最晚不超过十五天')).toEqual([[15, 'days']]);
  });

  test('date words count calendar days from the call; weekdays and dates need a calendar', () => {
    expect(terms('话务员:明天上午回复您')).toEqual([[1, 'date-word']]);
    expect(terms('话务员:大后天给您回电')).toEqual([[3, 'date-word']]);
    expect(terms('话务员:下周一之前给您答复')).toEqual([[null, 'date-word']]);
    expect(terms('话务员:7月25日前答复您')).toEqual([[null, 'date-word']]);
  });

  test('offsets point at the words', () => {
    const text = '来电人:那就拜托了\n话务员:您放心，明天上午回复您。';
    const [promise] = findPromises(text);
    expect(promise).toEqual({
      text: '明天上午回复您',
      start: 18,
      end: 25,
      kind: 'call-back',
      amount: 1,
      unit: 'date-word',
    });
  });

  test('what callers demand, desks refuse, suppose, ask or report is no promise', () => {
    for (const text of [
      '来电人:你们三天内给我回电话',
      '市民：三个工作日内答复我',
      '话务员:我不能保证三天内给您回电',
      '话务员:如果三天内没有给您回电，您再打这个电话',
      '话务员:请您三天后再打电话来',
      '话务员:您明天再打电话问问',
      '话务员:三天前给您回过电话',
      '话务员:他们说三天内能回电吗',
      '话务员:您三天内把材料送来',
      '话务员:第三天给您回电的是谁',
    ]) {
      expect([text, findPromises(text)]).toEqual([text, []]);
    }
  });

  test('a polite tag question is still a promise, and so is what the operator noted himself', () => {
    expect(terms('话务员:三天内给您回电，好吗？')).toEqual([[3, 'days']]);
    expect(terms('话务员:没问题，两天内给您回电')).toEqual([[2, 'days']]);
    expect(terms('已告知来电人，五个工作日内回电')).toEqual([[5, 'working-days']]);
  });

  test('in any text at all the offsets cut out the text of the promise', () => {
    const piece = fc.constantFrom(
      '话务员:',
      '来电人:',
      '三个工作日',
      '内',
      '明天',
      '给您回电',
      '，',
      '。',
      '\n',
      '不能',
      '𠮷',
      '半',
      '十五日',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('');
        for (const promise of findPromises(text)) expect(text.slice(promise.start, promise.end)).toBe(promise.text);
      }),
    );
  });
});
