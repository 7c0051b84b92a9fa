import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitCalls, splitMbox } from '../../../../src/intake/split-file.ts';
import { readOk, said } from './read-ok.ts';

const SAMPLES = '../shared/data/mail/mimekit/UnitTests__TestData__mbox__';
const ENVELOPE = 'From someone@example.org Tue Jul 22 18:26:00 2014\n';
const texts = (bytes: string | Buffer) => splitMbox(Buffer.from(bytes)).map((mail) => mail.toString('latin1'));

describe('mbox', () => {
  test('each entry is one mail, without envelope line and closing blank line', () => {
    const first = 'From: a@example.org\nSubject: 1\n\none\n';
    const second = 'From: b@example.org\n\ntwo\n\nmore\n';
    expect(texts(`${ENVELOPE}${first}\nFrom - \n${second}\n`)).toEqual([first, second]);
  });

  test('a line that begins with "From " inside a letter begins no entry', () => {
    const mail = 'Subject: visit\n\nThe way:\n\nFrom Lanzhou to Yuzhong\n\nFrom the office at 9:00 in 2014\n\nbye\n';
    expect(texts(`${ENVELOPE}${mail}\n`)).toEqual([mail]);
  });

  test('one level of quoting is taken away in the body, none in the header', () => {
    const [mail] = texts(`${ENVELOPE}Subject: x\n>From gateway: y\n\n>From here\n>>From there\n> From afar\n\n`);
    expect(mail).toBe('Subject: x\n>From gateway: y\n\nFrom here\n>From there\n> From afar\n');
  });

  test('a Content-Length that fits is believed, even over envelope lines in the body; a wrong one is not', () => {
    const body = `one\n\n${ENVELOPE}To: x\n\n>From me\n`;
    const counted = `Subject: 1\nContent-Length: ${body.length}\n\n${body}`;
    const second = 'Subject: 2\n\ntwo\n';
    expect(texts(`${ENVELOPE}${counted}\n${ENVELOPE}${second}\n`)).toEqual([counted, second]);
    expect(texts(`${ENVELOPE}${counted.replace(/Length: \d+/, 'Length: 5')}\n${ENVELOPE}${second}\n`)).toHaveLength(3);
  });

  test('CRLF, a byte order mark, and writers that leave the blank line out', () => {
    expect(texts('\uFEFFFrom - \r\nSubject: 1\r\n\r\none\r\n\r\nFrom - \r\nSubject: 2\r\n\r\ntwo\r\n')).toEqual([
      'Subject: 1\r\n\r\none\r\n',
      'Subject: 2\r\n\r\ntwo\r\n',
    ]);
    expect(texts(`${ENVELOPE}Subject: 1\n\none\n${ENVELOPE}Subject: 2\n\ntwo\n`)).toHaveLength(2);
  });

  test('what is no mbox is one mail, byte for byte', () => {
    for (const bytes of ['', 'Subject: x\n\nFrom - \nSubject: y\n', 'From nowhere\n\n', 'From: a@example.org\n\n']) {
      expect(texts(bytes)).toEqual([bytes]);
    }
  });

  test('real mailboxes: the known number of messages, and no byte lost but envelopes and closing lines', () => {
    const known = {
      'content-length.mbox.txt': 29,
      'issue1189.mbox.txt': 4,
      'unmunged.mbox.txt': 2,
      'simple.mbox.txt': 3,
    };
    for (const [name, count] of Object.entries(known)) {
      const bytes = readFileSync(SAMPLES + name);
      const mails = splitMbox(bytes);
      expect([name, mails.length]).toEqual([name, count]);
      let at = 0;
      for (const mail of mails) {
        const found = bytes.indexOf(mail, at);
        const between = bytes.toString('latin1', at, found);
        expect(between).toMatch(/^(?:\u00EF\u00BB\u00BF)?(?:\r?\n)?From [^\n]*\n$/);
        at = found + mail.length;
      }
      expect(bytes.toString('latin1', at).trim()).toBe('');
    }
  });

  const line = fc.constantFrom(
    'hello',
    '',
    'From ',
    'From - ',
    '>From x',
    ENVELOPE.trim(),
    'Subject: y',
    '\u00C4\u00E3',
    ' x',
  );
  const mail = fc.array(line, { minLength: 1 }).map((lines) => `From: a@example.org\n\n${lines.join('\n')}\n`);

  test('mboxrd: splitting is the inverse of joining, for any letters', () => {
    fc.assert(
      fc.property(fc.array(mail, { minLength: 1 }), (mails) => {
        const joined = mails.map((text) => `${ENVELOPE}${text.replaceAll(/^(>*From )(?!a@)/gm, '>$1')}\n`).join('');
        expect(splitMbox(Buffer.from(joined, 'latin1')).map((bytes) => bytes.toString('latin1'))).toEqual(mails);
      }),
    );
  });
});

describe('files with several calls', () => {
  const first = [{ citizen: '收费的事' }, { 'hot-line': '您讲' }];
  const second = [{ citizen: '办证的事' }];

  test('a 12345 object with several ids becomes one file a call, each with its own id', () => {
    const calls = splitCalls(
      Buffer.from(JSON.stringify({ '1400000000001_a': first, '1400000000002_b': second })),
      'day.json',
    );
    expect(calls.map((call) => call.name)).toEqual(['day.json#1400000000001_a', 'day.json#1400000000002_b']);
    const read = calls.map((call) => readOk(call.bytes, call.name));
    expect(read.map((call) => call.callId)).toEqual(['1400000000001_a', '1400000000002_b']);
    expect(read.map(said)).toEqual([['caller:收费的事', 'operator:您讲'], ['caller:办证的事']]);
  });

  test('JSON Lines and lists of whole calls are split too', () => {
    const calls = [
      { call_id: '20140722-000001', turns: [{ role: 'user', text: '一' }] },
      { call_id: '20140722-000002', turns: [{ role: 'user', text: '二' }] },
    ];
    for (const file of [JSON.stringify(calls), calls.map((call) => JSON.stringify(call)).join('\n')]) {
      const parts = splitCalls(Buffer.from(file), 'day.jsonl');
      expect(parts.map((part) => readOk(part.bytes, part.name).callId)).toEqual(['20140722-000001', '20140722-000002']);
    }
  });

  test('a file with one call stays as it is, byte for byte', () => {
    const whole = { '1400000000001_a': first };
    const utterances = '{"role":"user","text":"一","tags":[]}\n{"role":"agent","text":"二","tags":[]}';
    const words = [
      { onebest: '一', wordsResultList: [{ wordsName: '一' }] },
      { onebest: '二', wordsResultList: [] },
    ];
    for (const content of [JSON.stringify(whole), utterances, JSON.stringify(words), '来电人：喂', '', '{"a":']) {
      const bytes = Buffer.from(content);
      expect(splitCalls(bytes, 'one.json')).toEqual([{ name: 'one.json', bytes }]);
    }
  });
});
