import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sniffFile } from '../../../src/intake/sniff-file.ts';

const MAIL = '../shared/data/mail/';
const TRANSCRIPTS = '../shared/data/transcripts/';
/** Stands among the mails as the attachment that one of them contains. */
const NO_MAIL = 'UnitTests__TestData__tnef__long-filename__message.rtf';

const sniff = (content: string | Buffer, name = 'file') => sniffFile(name, Buffer.from(content));

describe('telling files apart by content', () => {
  test('every mail of the evaluation set is a mail or an mbox, under any name', () => {
    let seen = 0;
    for (const folder of readdirSync(MAIL)) {
      for (const name of readdirSync(MAIL + folder)) {
        if (name === NO_MAIL) continue;
        const bytes = readFileSync(`${MAIL}${folder}/${name}`);
        expect(['mail', 'mbox'], name).toContain(sniffFile('some.bin', bytes));
        seen += 1;
      }
    }
    expect(seen).toBeGreaterThan(1_000);
  });

  test('every transcript of the evaluation set is a transcript, under any name', () => {
    const names = readdirSync(TRANSCRIPTS);
    expect(names.length).toBeGreaterThanOrEqual(9);
    for (const name of names) expect(sniffFile('some.bin', readFileSync(TRANSCRIPTS + name)), name).toBe('transcript');
  });

  test('mail headers make a mail even in a .txt or .json file; one envelope line before them makes an mbox', () => {
    expect(sniff('Received: from x\n\nhello', 'a.txt')).toBe('mail');
    expect(sniff('x-store-info:abc\r\nMIME-Version: 1.0\r\n', 'a.json')).toBe('mail');
    expect(sniff('From - Tue Jul 22 18:26:00 2014\nSubject: x\n\n', 'a.eml')).toBe('mbox');
  });

  test('subtitles, JSON, JSON Lines and marked text are transcripts', () => {
    expect(sniff('WEBVTT\n\n00:01.000 --> 00:02.000\n喂')).toBe('transcript');
    expect(sniff('1\n00:00:01,000 --> 00:00:02,000\n喂')).toBe('transcript');
    expect(sniff('{"text":"喂"}\n{"text":"嗯"}')).toBe('transcript');
    expect(sniff('话务员：您好\n来电人：喂')).toBe('transcript');
    expect(sniff('通话记录 2014年7月22日\n\nspk0: 您好\nspk1: 喂')).toBe('transcript');
  });

  test('prose is what its name says: a body without headers, or a call that nobody separated', () => {
    expect(sniff('我反映一个问题', 'a.eml')).toBe('mail');
    expect(sniff('我反映一个问题', 'a.txt')).toBe('transcript');
    expect(sniff('我反映一个问题', 'a.pdf')).toBe('unknown');
    expect(sniff('', 'empty.eml')).toBe('mail');
    expect(sniff('', 'empty.txt')).toBe('unknown');
  });

  test('sound, pictures, archives and rich text are unknown', () => {
    expect(sniff(Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'a.png')).toBe('unknown');
    expect(sniff(Buffer.from('504b0304140000000800000021000000', 'hex'), 'a.zip')).toBe('unknown');
    expect(sniff(Buffer.from('52494646240000005741564566', 'hex'), 'a.wav')).toBe('unknown');
    expect(sniff('{\\rtf1\\ansi hello}', 'a.rtf')).toBe('unknown');
  });
});
