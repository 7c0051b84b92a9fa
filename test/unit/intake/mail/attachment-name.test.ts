import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attachmentName } from '../../../../src/intake/attachment-name.ts';

describe('the name an attachment is shown under', () => {
  it.each([
    ['举报材料.doc', '举报材料.doc', false],
    ['附件 1  照片.jpg', '附件 1 照片.jpg', false],
    ['../../../etc/cron.d/x\0.pdf', 'x.pdf', true],
    ['C:\\Users\\wang\\证据.jpg', '证据.jpg', true],
    ['\u200b.htaccess', '.htaccess', true],
    ['.htaccess', '.htaccess', true],
    ['证据\u202efdp.exe', '证据[U+202E]fdp.exe', true],
    ['CON', '_CON', true],
    ['aux.txt', '_aux.txt', true],
    ['a.', 'a', true],
    ['证据.pdf.exe', '证据.pdf.exe', true],
    ['证据.jpg          .scr', '证据.jpg .scr', true],
    ['/', '未命名附件', true],
    ['', '未命名附件', false],
    [null, '未命名附件', false],
  ])('%j is shown as %s, suspicious: %s', (written, name, suspicious) => {
    expect(attachmentName(written, 'application/octet-stream')).toEqual({ name, suspicious });
  });

  it('takes an ending from the type when there is no name', () => {
    expect(attachmentName(null, 'image/jpeg').name).toBe('未命名附件.jpg');
  });

  it('keeps the ending of a long name', () => {
    const { name, suspicious } = attachmentName(`${'长'.repeat(300)}.exe`, 'x/y');
    expect(name).toMatch(/^长+…长+\.exe$/);
    expect(suspicious).toBe(true);
    expect(name.length).toBeLessThanOrEqual(120);
  });

  it('is never empty, never a path and never holds what the eye cannot see, whatever was written', () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom('/', '\\', '\0', '\u202e', '\u200b', '.', ' ', '\r', '\n', '\ud800'),
        fc.string({ unit: 'grapheme', maxLength: 1 }),
      ),
      maxLength: 400,
    });
    fc.assert(
      fc.property(nasty, (written) => {
        const { name } = attachmentName(written, 'x/y');
        expect(name).not.toBe('');
        expect(name).not.toMatch(/[/\\]|\p{Cc}|\p{Surrogate}|[\u202a-\u202e\u2066-\u2069]|^[ ]|[. ]$/u);
        expect(name.length).toBeLessThan(4_100);
      }),
    );
  });
});
