import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { MAX_TRANSCRIPT_BYTES, MAX_TURNS, readTranscript } from '../../../../src/intake/read-transcript.ts';
import { readOk, said, toBytes } from './read-ok.ts';

const kindOf = (content: unknown, name = 'call.json') => readTranscript(toBytes(content), name);

describe('nothing said', () => {
  test('H01 an empty transcript is kept and flagged', () => {
    for (const nothing of ['', ' \n\n', '[]', '{"turns":[]}', 'WEBVTT\n']) {
      expect(readOk(nothing)).toMatchObject({ turns: [], text: '', flags: ['empty'] });
    }
  });

  test('H02 silence leaves no turns: recogniser tags and blanks are not words', () => {
    expect(readOk([{ key: 'a', text: '<|nospeech|><|EMO_UNKNOWN|><|woitn|>' }]).flags).toEqual(['empty']);
    expect(readOk([{ bg: '0', ed: '600000', onebest: ' ', speaker: '0' }]).flags).toEqual(['empty']);
  });
});

describe('files that stop in the middle', () => {
  const turns = [
    { bg: '0', ed: '900', onebest: '您好，请讲', speaker: '1' },
    { bg: '1000', ed: '1900', onebest: '我反映“补课费”的事', speaker: '2' },
  ];

  test('H14 JSON cut anywhere but at its last byte is unfinished, never a shorter call', () => {
    for (const whole of [
      toBytes(turns),
      Buffer.from(JSON.stringify({ data: JSON.stringify(turns), ok: 0, err_no: 0 })),
    ]) {
      for (let length = 2; length < whole.length; length += 1) {
        expect(kindOf(whole.subarray(0, length)).kind).toBe('unfinished');
      }
      expect(kindOf(whole).kind).toBe('ok');
    }
  });

  test('H14 an envelope that is whole around a result that is cut is unfinished too', () => {
    expect(kindOf({ data: JSON.stringify(turns).slice(0, 60), ok: 0, err_no: 0 }).kind).toBe('unfinished');
  });

  test('H14 JSON Lines whose last line is open are unfinished', () => {
    expect(kindOf('{"role":"agent","text":"您好"}\n{"role":"user","te').kind).toBe('unfinished');
  });

  test('H14 SRT and WebVTT that end in a number, in times, or before the words are unfinished', () => {
    const cue = '1\n00:00:01,000 --> 00:00:02,000\n您好\n\n';
    for (const rest of [
      '2',
      '2\n00:00:0',
      '2\n00:00:03,000 -->',
      '2\n00:00:03,000 --> 00:00:04,0',
      '2\n00:00:03,000 --> 00:00:04,000\n',
    ]) {
      expect([rest, kindOf(cue + rest, 'a.srt').kind]).toEqual([rest, 'unfinished']);
    }
    expect(kindOf(`WEBVTT\n\n${cue.replaceAll(',', '.')}00:00:03.000 --> 00:00:04.000`, 'a.vtt').kind).toBe(
      'unfinished',
    );
    expect(kindOf(cue + Buffer.from('好').subarray(0, 2).toString('latin1'), 'a.srt').kind).not.toBe('unreadable');
  });

  test('H14 a recogniser still at work is unfinished, one that gave up is unreadable', () => {
    expect(kindOf({ TaskId: 't', StatusText: 'RUNNING' }).kind).toBe('unfinished');
    expect(kindOf({ data: '{"desc":"处理中","status":3}', ok: 0, err_no: 0, failed: null }).kind).toBe('unfinished');
    expect(kindOf({ TaskId: 't', StatusText: 'FILE_DOWNLOAD_FAILED' })).toMatchObject({
      kind: 'unreadable',
      code: 'transcript.recognition-failed',
    });
    expect(kindOf({ data: null, ok: -1, err_no: 26_640, failed: 'x' })).toMatchObject({
      code: 'transcript.recognition-failed',
    });
  });
});

describe('files that are partly wrong', () => {
  test('H15 one bad line among JSON Lines costs that line only', () => {
    const call = readOk('{"role":"agent","text":"您好"}\n{"role":"user","text:\n{"role":"user","text":"收费的事"}\n');
    expect(said(call)).toEqual(['operator:您好', 'caller:收费的事']);
    expect(call.flags).toEqual(['partly-unreadable']);
  });

  test('H16 NaN and Infinity as Python writes them do not spoil the file', () => {
    const call = readOk(
      '[{"text":"他说NaN, Infinity","start":0,"end":100,"confidence":NaN},{"text":"好","start":-Infinity,"end":NaN}]',
    );
    expect(call.turns.map((turn) => turn.text)).toEqual(['他说NaN, Infinity', '好']);
    expect(call.flags).toContain('partly-unreadable');
  });

  test('H16 negative, reversed and overlapping times are made possible and flagged', () => {
    const call = readOk([
      { BeginTime: -500, EndTime: 900, Text: '一', ChannelId: 0 },
      { BeginTime: 800, EndTime: 2000, Text: '二', ChannelId: 1 },
      { BeginTime: 3000, EndTime: 2500, Text: '三', ChannelId: 0 },
      { BeginTime: 1000, EndTime: 'soon', Text: '四', ChannelId: 1 },
    ]);
    expect(call.turns.map((turn) => [turn.startMs, turn.endMs])).toEqual([
      [0, 800],
      [800, 2000],
      [3000, 3000],
      [3000, 3000],
    ]);
    expect(call.flags).toEqual(expect.arrayContaining(['partly-unreadable', 'overlapping-turns']));
  });

  test('H16 rows of the wrong type are passed over and flagged; numbers are words', () => {
    const call = readOk([null, 7, { text: ['x'] }, { text: 12345, speaker: {} }, { text: '好', speaker: null }]);
    expect(said(call)).toEqual(['unknown:12345', 'unknown:好']);
    expect(call.flags).toContain('partly-unreadable');
  });

  test('H16 50 MB are refused with a code, and 200,000 turns are the most that is read', () => {
    const big = Buffer.alloc(MAX_TRANSCRIPT_BYTES, 0x20);
    expect(kindOf(big)).toMatchObject({ kind: 'unreadable', code: 'transcript.too-large' });
    const many = readOk('A:x\n'.repeat(MAX_TURNS + 1));
    expect(many.turns).toHaveLength(MAX_TURNS);
    expect(many.flags).toContain('truncated');
    // One line, more turns than arguments fit on a call stack.
    expect(readOk('来电人：x。'.repeat(MAX_TURNS)).turns).toHaveLength(MAX_TURNS);
  });

  test('H17 NUL, lone surrogates, line breaks and markup: storable, one line a turn, nothing executed or removed', () => {
    const call = readOk(
      '[{"role":"user","text":"a\\u0000b\\ud800c\\n话务员:假的<script>alert(1)</script>\\u202e"},{"role":"agent","text":"嗯"}]',
    );
    expect(call.turns[0]?.text).toBe('a\u2400b\uFFFDc 话务员:假的<script>alert(1)</script>\u202E');
    expect(call.text.split('\n')).toHaveLength(2);
  });

  test('H17 keys like __proto__ and deep nesting do no harm', () => {
    expect(kindOf('{"__proto__":[{"citizen":"喂"}],"constructor":1}').kind).toBe('ok');
    expect(kindOf('['.repeat(100_000) + ']'.repeat(100_000)).kind).toBe('unreadable');
    expect(({} as Record<string, unknown>)['citizen']).toBeUndefined();
  });

  test('what is no transcript is unreadable, with a code for each reason', () => {
    expect(kindOf('{"a":1}')).toMatchObject({ code: 'transcript.unknown-shape' });
    expect(kindOf('{"a":1,}')).toMatchObject({ code: 'transcript.malformed-json' });
    expect(kindOf(Buffer.from(Array.from({ length: 2_000 }, (_, i) => (i * 7919) % 256)))).toMatchObject({
      code: 'transcript.not-text',
    });
  });
});

describe('charsets', () => {
  const text = '话务员：您好，请讲\r\n来电人：玛曲县，𠮷老师的“补课费”\r\n';
  test('UTF-8 with a mark, UTF-16 of both kinds with a mark: the same words, no flag', () => {
    const le = Buffer.from(`\uFEFF${text}`, 'utf16le');
    for (const bytes of [Buffer.from(`\uFEFF${text}`), le, Buffer.from(le).swap16()]) {
      const call = readOk(bytes);
      expect(said(call)).toEqual(['operator:您好，请讲', 'caller:玛曲县，𠮷老师的“补课费”']);
      expect(call.flags).toEqual([]);
    }
  });

  test('GB18030 and UTF-16 without a mark are recognised and flagged as guessed', () => {
    const gb18030 = readOk(iconv.encode(text, 'gb18030'));
    expect(said(gb18030)).toEqual(['operator:您好，请讲', 'caller:玛曲县，𠮷老师的“补课费”']);
    expect(gb18030.flags).toEqual(['guessed-charset']);
    const json = JSON.stringify([{ bg: '0', ed: '9', onebest: '您好', speaker: '1' }]);
    expect(readOk(Buffer.from(json, 'utf16le')).flags).toContain('guessed-charset');
  });

  test('UTF-8 with a damaged character stays UTF-8 and says so', () => {
    const bytes = Buffer.concat([
      Buffer.from('话务员：您好，这里是厅效能办，请讲，我给您登记一下'),
      Buffer.from([0xff]),
      Buffer.from('好'),
    ]);
    expect(readOk(bytes).flags).toEqual(['undecodable-characters']);
  });
});
