import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { intakeBars, todayEnds } from '../../../src/casework/today-days.ts';
import { officeCalendar } from '../domain/rule-files.ts';

const calendar = officeCalendar();
const HOUR_MS = 3_600_000;

describe('the instants that the start page counts between', () => {
  it('are days of Beijing: at 23:30 of a Friday there, which is the afternoon in Greenwich', () => {
    const ends = todayEnds(calendar, new Date('2014-07-25T15:30:00Z'));
    expect(ends).toEqual({
      begin: new Date('2014-07-24T16:00:00Z'),
      today: new Date('2014-07-25T16:00:00Z'),
      soon: new Date('2014-07-30T16:00:00Z'), // Monday, Tuesday, Wednesday
      firstDay: new Date('2014-07-11T16:00:00Z'),
    });
  });

  it('reach over a holiday: three working days after the last before National Day 2014', () => {
    const { soon } = todayEnds(calendar, new Date('2014-09-30T02:00:00Z'));
    expect(soon).toEqual(new Date('2014-10-10T16:00:00Z')); // 8, 9 and 10 October
  });
});

describe('what came in', () => {
  const now = new Date('2014-07-25T01:20:00Z'); // 09:20 in Beijing

  it('is 24 hours and 14 days, in order, ending now, empty ones included', () => {
    const { hours, days } = intakeBars([], now);
    expect([hours.length, days.length]).toEqual([24, 14]);
    expect(hours.at(-1)?.at).toEqual(new Date('2014-07-25T01:00:00Z'));
    expect(hours[0]?.at).toEqual(new Date('2014-07-24T02:00:00Z'));
    expect(days.at(-1)?.at).toEqual(new Date('2014-07-24T16:00:00Z'));
    expect(days[0]?.at).toEqual(new Date('2014-07-11T16:00:00Z'));
  });

  it('counts an hour to its day in Beijing', () => {
    const { days } = intakeBars([{ hour: new Date('2014-07-24T15:00:00Z'), channel: 'phone', count: 2 }], now);
    expect(days.at(-2)).toEqual({ at: new Date('2014-07-23T16:00:00Z'), email: 0, phone: 2 });
  });

  it('loses nothing that came within the time shown, and shows nothing that did not', () => {
    const count = fc.record({
      hour: fc
        .integer({ min: -20 * 24, max: 0 })
        .map((n) => new Date(Date.parse('2014-07-25T01:00:00Z') + n * HOUR_MS)),
      channel: fc.constantFrom('email' as const, 'phone' as const),
      count: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(count, { maxLength: 40 }), (counts) => {
        const { hours, days } = intakeBars(counts, now);
        for (const bars of [hours, days]) {
          for (const channel of ['email', 'phone'] as const) {
            const within = counts.filter((one) => one.channel === channel && one.hour >= (bars[0]?.at ?? now));
            const sum = within.reduce((total, one) => total + one.count, 0);
            expect(bars.reduce((total, bar) => total + bar[channel], 0)).toBe(sum);
          }
        }
      }),
    );
  });
});
