import { describe, expect, it } from 'vitest';
import { readTranscriptFile } from '../../../src/console/pages/call/read-transcript-file.ts';

const read = (text: string) => readTranscriptFile(new TextEncoder().encode(text).buffer);
const textOf = (text: string) => {
  const file = read(text);
  return file.kind === 'text' ? file.text : file.kind;
};

describe('a transcript dropped on the page', () => {
  it('keeps plain lines as they are', () => {
    expect(textOf('\uFEFF话务员：您好\r\n来电人：学校收费\r\n')).toBe('话务员：您好\n来电人：学校收费');
  });

  it('gives the words of subtitles, with the voice that says them', () => {
    const srt = '1\n00:00:01,000 --> 00:00:02,000\n您好\n\n2\n00:00:03,000 --> 00:00:05,500\n学校收了\n补课费\n';
    expect(textOf(srt)).toBe('您好\n学校收了 补课费');
    const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v 来电人>学校<b>收费</b></v>\n\nNOTE 不是话\n';
    expect(textOf(vtt)).toBe('来电人:学校收费');
  });

  it('finds the turns of a recogniser in whatever they are wrapped, and not the whole text beside them', () => {
    const turns = [
      { spk: 0, text: '您好' },
      { spk: 1, text: '学校收费' },
    ];
    expect(textOf(JSON.stringify({ code: 0, result: { text: '您好学校收费', sentences: turns } }))).toBe(
      '0:您好\n1:学校收费',
    );
    expect(textOf(JSON.stringify([{ speaker: '来电人', sentence: '补课' }]))).toBe('来电人:补课');
    expect(textOf(JSON.stringify({ text: '只有全文' }))).toBe('只有全文');
  });

  it('takes a text that only looks like JSON, or JSON without words, as the text that it is', () => {
    expect(textOf('[00:12] 话务员: 您好')).toBe('[00:12] 话务员: 您好');
    expect(textOf('{"code":1}')).toBe('{"code":1}');
  });

  it('reads GB18030 when the bytes are no UTF-8', () => {
    const bytes = Uint8Array.from([0xc4, 0xfa, 0xba, 0xc3]);
    expect(readTranscriptFile(bytes.buffer)).toEqual({ kind: 'text', text: '您好' });
  });

  it('refuses what is no text, what is empty, and what is longer than a record may be', () => {
    expect(readTranscriptFile(Uint8Array.from([0, 1, 2, 0]).buffer)).toEqual({ kind: 'not-text' });
    expect(read(' \n')).toEqual({ kind: 'empty' });
    expect(read('字'.repeat(200_001))).toEqual({ kind: 'too-long' });
  });

  it('survives a nest of any depth', () => {
    expect(textOf(`${'['.repeat(5_000)}${']'.repeat(5_000)}`)).toContain('[[');
  });
});
