import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueUrgency, lastMoment } from '../../../src/console/dates/due-day.ts';
import { clockTime, officialDate, officialMoment, shortDate } from '../../../src/console/dates/official-date.ts';

const NOW = new Date('2026-07-20T02:00:00Z');
const BEIJING_MS = 8 * 3_600_000;

describe('a date as officials write it', () => {
  it('is the day in Beijing, wherever the browser is', () => {
    expect(officialDate('2026-07-24T16:00:00Z', 'zh-CN', NOW)).toBe('7月25日 周六');
    expect(officialDate('2026-07-24T15:59:59Z', 'zh-CN', NOW)).toBe('7月24日 周五');
  });

  it('carries the year only when it is another one', () => {
    expect(officialDate('2027-01-04T02:00:00Z', 'zh-CN', NOW)).toBe('2027年1月4日 周一');
    expect(officialDate('2027-01-04T02:00:00Z', 'en', NOW)).toBe('Mon 4 Jan 2027');
    expect(officialDate('2026-12-31T15:00:00Z', 'zh-CN', NOW)).toBe('12月31日 周四');
    expect(officialDate('2026-12-31T17:00:00Z', 'zh-CN', NOW)).toBe('2027年1月1日 周五');
  });

  it('is followed by the hour where the hour matters', () => {
    expect(officialMoment('2026-07-24T06:30:00Z', 'zh-CN', NOW)).toBe('7月24日 周五 14:30');
    expect(clockTime('2026-07-24T16:05:00Z')).toBe('00:05');
  });

  it('is short where there is no room, in the order of the language', () => {
    expect(shortDate('2026-07-24T16:00:00Z', 'zh-CN')).toBe('7/25');
    expect(shortDate('2026-07-24T16:00:00Z', 'en')).toBe('25/7');
  });

  it('names the day of the week that the calendar has', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }), (at) => {
        const day = new Date(at.getTime() + BEIJING_MS).getUTCDay();
        expect(officialDate(at, 'zh-CN', NOW).at(-1)).toBe('日一二三四五六'[day]);
      }),
    );
  });
});

describe('what is due', () => {
  it('at midnight is due until the end of the day before', () => {
    const last = lastMoment('2026-07-24T16:00:00Z');
    expect(last.endOfDay).toBe(true);
    expect(officialDate(last.at, 'zh-CN', NOW)).toBe('7月24日 周五');
  });

  it('at an hour is due at that hour', () => {
    const last = lastMoment('2026-07-24T06:30:00Z');
    expect(last.endOfDay).toBe(false);
    expect(clockTime(last.at)).toBe('14:30');
  });

  it('is near on its day and the working day before', () => {
    expect([null, 0, 1, 2].map((days) => dueUrgency(false, days))).toEqual(['calm', 'soon', 'soon', 'calm']);
    expect(dueUrgency(true, -1)).toBe('overdue');
  });
});
