import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentDisposition } from '../../../src/http/content-disposition.ts';

/** The name that a browser takes: `filename*`, decoded (RFC 8187). */
function shownName(header: string): string {
  return decodeURIComponent(/filename\*=UTF-8''([^;]*)$/u.exec(header)?.[1] ?? '');
}

describe('the name of a download', () => {
  it('keeps Chinese and offers an ASCII name beside it', () => {
    expect(attachmentDisposition('收费票据 (2).pdf')).toBe(
      `attachment; filename="____ (2).pdf"; filename*=UTF-8''${encodeURIComponent('收费票据 ')}%282%29.pdf`,
    );
  });

  it.each([
    ['../../etc/cron.d/x\0.pdf', '__.._etc_cron.d_x_.pdf'],
    ['C:\\Windows\\a.exe', 'C__Windows_a.exe'],
    ['.htaccess', '_htaccess'],
    ['\u200b.htaccess', '_.htaccess'],
    ['a\u202efdp.exe', 'a_fdp.exe'],
    ['a"; filename="b', 'a_; filename=_b'],
    ['a\r\nSet-Cookie: x=1', 'a__Set-Cookie_ x=1'],
    ['\ud83d', '_'],
    ['', '_'],
    ['  ', '_'],
  ])('%j becomes %j', (name, expected) => {
    expect(shownName(attachmentDisposition(name))).toBe(expected);
  });

  it('keeps its end when it is too long, for the end says what it is', () => {
    const name = shownName(attachmentDisposition(`${'长'.repeat(500)}.pdf`));
    expect([...name]).toHaveLength(150);
    expect(name.endsWith('长.pdf')).toBe(true);
  });

  it('is one header line with one name, whatever it is made from', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const header = attachmentDisposition(name);
        expect(header).toMatch(/^attachment; filename="[\w .()-]+"; filename\*=UTF-8''[\w%.~!&+,;=@#$^`{}[\]-]+$/u);
        expect(shownName(header)).toMatch(/^[^\\/:*?"<>|\p{Cc}\p{Cf}\p{Cs}]+$/u);
      }),
    );
  });
});
