import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deadlineJobId, deadlinePayload, PAYLOADS, QUEUE_NAMES, WAKE_UP } from '../../../src/queue/contracts.ts';

const steps = fc.record({
  id: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
  stepAt: fc.date({ min: new Date(0), max: new Date('2100-01-01T00:00:00Z'), noInvalidDate: true }),
});

describe('the id of an alarm', () => {
  it('is never one that BullMQ refuses: no colon, nothing that reads as an integer', () => {
    fc.assert(
      fc.property(steps, (step) => {
        const jobId = deadlineJobId(step);
        expect(jobId).not.toContain(':');
        expect(String(Number.parseInt(jobId, 10))).not.toBe(jobId);
      }),
    );
  });

  it('tells deadlines and seconds apart, and nothing else', () => {
    fc.assert(
      fc.property(steps, steps, (one, other) => {
        const second = (date: Date): number => Math.floor(date.getTime() / 1000);
        const same = one.id === other.id && second(one.stepAt) === second(other.stepAt);
        expect(deadlineJobId(one) === deadlineJobId(other)).toBe(same);
      }),
    );
    expect(deadlineJobId({ id: 41, stepAt: new Date(1_416_800_000_999) })).toBe('t_41_1416800000');
  });

  it.each([0, -1, 1.5, Number.NaN, 2 ** 53])('cannot be made from the id %s', (id) => {
    expect(() => deadlineJobId({ id, stepAt: new Date(0) })).toThrow('positive integer id');
  });

  it('cannot be made without a valid time', () => {
    expect(() => deadlineJobId({ id: 1, stepAt: new Date(Number.NaN) })).toThrow('valid time');
  });
});

describe('payloads', () => {
  it('survive the way through JSON', () => {
    fc.assert(
      fc.property(steps, (step) => {
        const payload = deadlinePayload(step);
        expect(PAYLOADS.deadlines.parse(JSON.parse(JSON.stringify(payload)))).toEqual(payload);
      }),
    );
    expect(PAYLOADS.triage.parse(WAKE_UP)).toEqual(WAKE_UP);
    expect(PAYLOADS.letters.parse(WAKE_UP)).toEqual(WAKE_UP);
  });

  it('of any other shape are refused in every queue', () => {
    const names = fc.constantFrom(...QUEUE_NAMES);
    fc.assert(
      fc.property(names, fc.jsonValue(), fc.string(), (name, value, key) => {
        const forged = { version: 1, deadlineId: 5, [`x${key}`]: value };
        expect(PAYLOADS[name].safeParse(forged).success).toBe(false);
        expect(PAYLOADS[name].safeParse({ version: 2 }).success).toBe(false);
        expect(PAYLOADS[name].safeParse([value]).success).toBe(false);
      }),
    );
  });
});
