import { describe, expect, it } from 'vitest';
import { readEntryQuery } from '../../../src/console/pages/reports/entry-query.ts';
import { lastOver, monthsOf, partsOf, yearsUntil } from '../../../src/console/pages/reports/period-choice.ts';
import { behindAddress, percent, seriesCode } from '../../../src/console/pages/reports/report-types.ts';

describe('the period of a report', () => {
  it('is at first the last one that is over, also across the turn of the year', () => {
    expect(monthsOf(lastOver('month', '2026-11-25'))).toEqual({ from: '2026-10', to: '2026-10' });
    expect(monthsOf(lastOver('month', '2026-01-01'))).toEqual({ from: '2025-12', to: '2025-12' });
    expect(monthsOf(lastOver('quarter', '2026-02-28'))).toEqual({ from: '2025-10', to: '2025-12' });
    expect(monthsOf(lastOver('quarter', '2026-11-25'))).toEqual({ from: '2026-07', to: '2026-09' });
    expect(monthsOf(lastOver('year', '2026-11-25'))).toEqual({ from: '2025-01', to: '2025-12' });
  });

  it('cannot be chosen before it has begun', () => {
    expect(partsOf('month', 2026, '2026-03-31')).toEqual([3, 2, 1]);
    expect(partsOf('quarter', 2026, '2026-03-31')).toEqual([1]);
    expect(partsOf('quarter', 2025, '2026-03-31')).toEqual([4, 3, 2, 1]);
    expect(yearsUntil('2026-03-31').slice(0, 2)).toEqual([2026, 2025]);
    expect(yearsUntil('2026-03-31').at(-1)).toBe(2000);
  });
});

describe('a figure', () => {
  const figure = {
    measure: 'timeliness',
    stage: 'acceptance',
    legal: true,
    by: 'unit',
    key: { code: 'BASIC', name: '基础教育处' },
  } as const;

  it('leads to an address that says which figure it is', () => {
    const address = new URL(behindAddress(3, figure, 'late'), 'http://desk.example');
    expect(address.pathname).toBe('/reports/3/cases');
    expect(readEntryQuery(address.searchParams)).toEqual({
      measure: 'timeliness',
      stage: 'acceptance',
      legal: 'true',
      by: 'unit',
      key: 'BASIC',
      counted: 'late',
    });
    const whole = { measure: 'intake', stage: null, legal: null, by: 'all', key: { code: '', name: '合计' } } as const;
    expect(behindAddress(3, whole, null)).toBe('/reports/3/cases?measure=intake&by=all&key=');
  });

  it('belongs to a series, and says no rate where nothing was judged', () => {
    expect(seriesCode(figure)).toBe('acceptance-legal');
    expect(seriesCode({ measure: 'backlog', stage: null, legal: false })).toBe('backlog-internal');
    expect([percent(6 / 7), percent(null)]).toEqual(['85.7%', '/']);
  });
});
