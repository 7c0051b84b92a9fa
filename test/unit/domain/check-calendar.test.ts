import { describe, expect, test } from 'vitest';
import { checkCalendar } from '../../../src/domain/check-calendar.ts';
import { readRuleFile } from './rule-files.ts';

const feast = { name: '元旦', from: '2027-01-01', to: '2027-01-03', work: ['2026-12-26'] };

function problemsOf(data: unknown): readonly string[] {
  const checked = checkCalendar(data);
  return checked.kind === 'invalid' ? checked.problems : [];
}

function yearWith(...holidays: unknown[]): unknown {
  return { years: [{ year: 2027, holidays }] };
}

describe('the calendar file', () => {
  test('as it stands is in order', () => {
    expect(problemsOf(readRuleFile('calendar.yaml'))).toEqual([]);
  });

  test('may leave out the days worked in exchange', () => {
    const { work: _work, ...without } = feast;
    expect(checkCalendar(yearWith(without))).toEqual({
      kind: 'valid',
      value: [{ year: 2027, holidays: [{ ...without, work: [] }] }],
    });
  });

  test.each([
    ['no file at all', null, ['calendar:应为键值结构', 'years:应为列表']],
    ['a list', [], ['calendar:应为键值结构', 'years:应为列表']],
    ['a key of another file', { years: [], clocks: {} }, ['calendar:不认识的键 clocks']],
    ['a year out of range', { years: [{ year: 27, holidays: [] }] }, ['years[0].year:应为 2000 至 2099 的整数']],
    [
      'a date of another year',
      yearWith({ ...feast, work: ['2025-12-27'] }),
      ['years[0].holidays[0].work[0]:应在 2027 年内(或上年12月)'],
    ],
    [
      'a date that is none',
      yearWith({ ...feast, to: '2027-02-30' }),
      ['years[0].holidays[0].to:应为 YYYY-MM-DD 格式的日期'],
    ],
    ['a missing name', yearWith({ ...feast, name: ' ' }), ['years[0].holidays[0].name:应为非空文字']],
    [
      'an end before the beginning',
      yearWith({ ...feast, from: '2027-01-04' }),
      ['years[0].holidays[0]:to 应在 from 当日或之后 30 日内'],
    ],
    [
      'a feast of half a year',
      yearWith({ ...feast, to: '2027-06-30' }),
      ['years[0].holidays[0]:to 应在 from 当日或之后 30 日内'],
    ],
    [
      'a weekday worked in exchange',
      yearWith({ ...feast, work: ['2027-01-05'] }),
      ['years[0].holidays[0].work[0]:调休上班日应为周六或周日'],
    ],
    ['a day off that is also worked', yearWith({ ...feast, work: ['2027-01-02'] }), ['years:2027-01-02 重复']],
    [
      'a year left out',
      {
        years: [
          { year: 2027, holidays: [] },
          { year: 2029, holidays: [] },
        ],
      },
      ['years[1].year:应为上一项的下一年'],
    ],
    [
      'a year given twice',
      {
        years: [
          { year: 2027, holidays: [] },
          { year: 2027, holidays: [] },
        ],
      },
      ['years[1].year:应为上一项的下一年'],
    ],
  ])('with %s is refused, saying where', (_what, data, problems) => {
    expect(problemsOf(data)).toEqual(problems);
  });
});
