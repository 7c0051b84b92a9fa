import { describe, expect, it } from 'vitest';
import { dueUrgency, lastMoment } from '../../../src/console/dates/due-day.ts';

describe('the last moment in time', () => {
  it('of a period of days is on its last day, though the service writes the midnight after it', () => {
    const last = lastMoment('2026-07-25T16:00:00.000Z'); // 26 July 00:00 in Beijing
    expect(last.endOfDay).toBe(true);
    expect(last.at.toISOString()).toBe('2026-07-25T15:59:59.999Z'); // still 25 July there
  });

  it('of a period of hours is its minute', () => {
    expect(lastMoment('2026-07-25T06:30:00.000Z')).toEqual({
      at: new Date('2026-07-25T06:30:00.000Z'),
      endOfDay: false,
    });
  });

  it('is not taken for midnight where it is midnight elsewhere only', () => {
    expect(lastMoment('2026-07-25T00:00:00.000Z').endOfDay).toBe(false);
  });
});

describe('how near a due date is', () => {
  it.each([
    [true, -3, 'overdue'],
    [true, null, 'overdue'],
    [false, 0, 'soon'],
    [false, 1, 'soon'],
    [false, 2, 'calm'],
    [false, null, 'calm'],
  ] as const)('overdue %s with %s working days left is %s', (overdue, left, urgency) => {
    expect(dueUrgency(overdue, left)).toBe(urgency);
  });
});
