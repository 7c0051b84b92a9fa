import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMailDate, readClaimedDate } from '../../../../src/intake/mail-date.ts';

const day = (text: string): number => Date.parse(text);

describe('the date of a mail', () => {
  it.each([
    ['Tue, 22 Jul 2014 18:26:00 +0800', '2014-07-22T10:26:00Z'],
    ['22 Jul 2014 18:26 +0800', '2014-07-22T10:26:00Z'],
    ['Tue, 22 Jul 2014 18:26:00 +0800 (CST)', '2014-07-22T10:26:00Z'],
    ['Tue, 22 Jul 2014 10:26:00 GMT', '2014-07-22T10:26:00Z'],
    ['Tue, 22 Jul 2014 06:26:00 EDT', '2014-07-22T10:26:00Z'],
    ['Tue,  1 Jul 2014 00:00:60 +0000', '2014-07-01T00:00:59Z'],
  ])('%s is %s', (written, instant) => {
    expect(parseMailDate(written)).toBe(day(instant));
  });

  it.each([
    '',
    '2014年7月22日 18:26',
    'Tue, 22 Jul 14 18:26:00 +0800',
    'Tue, 22 Jul 114 18:26:00 +0800',
    '31 Feb 2014 00:00:00 +0000',
    '22 Jul 2014 25:00:00 +0000',
    '22 Xyz 2014 10:00:00 +0000',
    'x'.repeat(300),
  ])('%j is no date', (written) => {
    expect(parseMailDate(written)).toBeNull();
  });

  it('gives back every instant it was written from', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1995-01-01'), max: new Date('2099-12-31'), noInvalidDate: true }),
        (date) => {
          const whole = Math.floor(date.getTime() / 1_000) * 1_000;
          expect(parseMailDate(new Date(whole).toUTCString())).toBe(whole);
        },
      ),
    );
  });

  it('is claimed, never "now", and suspicious when it cannot be', () => {
    const received = 'by mx; Tue, 22 Jul 2014 18:26:05 +0800';
    expect(readClaimedDate(null, received)).toEqual({ iso: null, suspicious: false });
    expect(readClaimedDate('soon', received)).toEqual({ iso: null, suspicious: true });
    expect(readClaimedDate('Tue, 22 Jul 2014 18:26:00 +0800', received)).toEqual({
      iso: '2014-07-22T10:26:00.000Z',
      suspicious: false,
    });
    expect(readClaimedDate('Wed, 23 Jul 2014 18:26:00 +0800', received).suspicious).toBe(false);
    expect(readClaimedDate('Thu, 24 Jul 2014 18:26:00 +0800', received).suspicious).toBe(true);
    expect(readClaimedDate('Thu, 24 Jul 2014 18:26:00 +0800', null).suspicious).toBe(false);
    expect(readClaimedDate('Fri, 31 Dec 99999 23:59:59 +0000', null)).toEqual({ iso: null, suspicious: true });
  });
});
