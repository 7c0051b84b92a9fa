import { describe, expect, it } from 'vitest';
import { parseRegisterDate } from '../../../../src/intake/register-date.ts';

describe('a day in a register', () => {
  it.each([
    '2014年3月5日',
    '2014年03月05号',
    '2014.3.5',
    '2014/3/5',
    '2014-03-05',
    '20140305',
    '２０１４年３月５日',
    ' 2014 年 3 月 5 日 ',
    '41703',
  ])('is read from %s', (written) => {
    expect(parseRegisterDate(written, false)).toEqual({ date: '2014-03-05', minutes: null });
  });

  it.each([
    ['2014-03-05 14:20', 860],
    ['2014-03-05T14:20:31.5', 860],
    ['2014年3月5日 9时5分', 545],
    ['2014年3月5日 9点', 540],
    ['41703.5', 720],
  ])('has its time in %s', (written, minutes) => {
    expect(parseRegisterDate(written, false)).toEqual({ date: '2014-03-05', minutes });
  });

  it('counts bare numbers from 1904 where the file does', () => {
    expect(parseRegisterDate('40241', true)).toEqual({ date: '2014-03-05', minutes: null });
  });

  it.each([
    '',
    '3月5日',
    '14.3.5',
    '2014-02-30',
    '2014-13-01',
    '20141301',
    '2014-03-05 24:00',
    '2014',
    'n/a',
    '2014年3月',
  ])('is not guessed from %j', (written) => {
    expect(parseRegisterDate(written, false)).toBeNull();
  });
});
