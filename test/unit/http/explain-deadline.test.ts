import { describe, expect, it } from 'vitest';
import { planDeadline } from '../../../src/domain/deadlines.ts';
import { explainDeadline } from '../../../src/http/explain-deadline.ts';
import { shippedOffice } from '../../support/shipped-office.ts';

const timing = shippedOffice().timing;
const triggerAt = new Date('2014-09-25T10:00:00+08:00'); // a Thursday before the seven days of the National Day
const planned = planDeadline(timing.clocks, timing.calendar, 'TRIAGE', '2014', triggerAt);
const deadline = { kind: 'TRIAGE', amount: null, triggerAt, dueAt: planned.dueAt } as const;

function explain(now: string) {
  return explainDeadline(timing, deadline, '2014', new Date(now));
}

describe('why a deadline falls where it falls', () => {
  it('is told day by day, with the day worked in exchange for a holiday', () => {
    const { amount, unit, dueAt, days } = explain('2014-09-25T11:00:00+08:00');
    expect({ amount, unit, dueAt }).toEqual({
      amount: 3,
      unit: 'working-days',
      dueAt: new Date('2014-09-30T00:00:00+08:00'),
    });
    expect(days.map(({ date, part, count, reason }) => [date, part, count, reason])).toEqual([
      ['2014-09-25', 'start', null, 'working'],
      ['2014-09-26', 'counted', 1, 'working'],
      ['2014-09-27', 'passed', null, 'weekend'],
      ['2014-09-28', 'counted', 2, 'make-up'],
      ['2014-09-29', 'counted', 3, 'working'],
    ]);
  });

  it.each([
    ['2014-09-25T23:59:59+08:00', 3, false],
    ['2014-09-26T00:00:00+08:00', 2, false],
    ['2014-09-29T23:59:59+08:00', 0, false],
    ['2014-09-30T00:00:00+08:00', -1, true],
    ['2014-10-08T09:00:00+08:00', -2, true],
  ])('at %s leaves %i working days', (now, left, overdue) => {
    expect(explain(now)).toMatchObject({ workingDaysLeft: left, overdue });
  });
});
