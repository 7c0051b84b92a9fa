import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readOk, said } from './read-ok.ts';

const SAMPLES = '../shared/data/transcripts/';

describe('recognisers and hotline systems', () => {
  test('iFlytek: an array of sentences with begin, end and speaker', () => {
    const call = readOk([
      { bg: '100', ed: '2100', onebest: '您好，厅效能办为您服务', speaker: '1' },
      { bg: '2300', ed: '5200', onebest: '我反映一个收费的事', speaker: '2' },
    ]);
    expect(call.shape).toBe('iflytek-lfasr');
    expect(call.turns).toEqual([
      { speaker: 'operator', text: '您好，厅效能办为您服务', startMs: 100, endMs: 2100 },
      { speaker: 'caller', text: '我反映一个收费的事', startMs: 2300, endMs: 5200 },
    ]);
    expect(call.flags).toEqual([]);
    expect(call.text).toBe('话务员:您好，厅效能办为您服务\n来电人:我反映一个收费的事');
  });

  test('iFlytek: the getResult envelope holds the array as a string', () => {
    const data = JSON.stringify([{ bg: '0', ed: '900', onebest: '喂', speaker: '1' }]);
    const call = readOk({ data, err_no: 0, failed: null, ok: 0 });
    expect(call.shape).toBe('iflytek-lfasr');
    expect(call.turns).toHaveLength(1);
  });

  test('iFlytek: word lists are read by their sentence, and word by word when the sentence is missing', () => {
    const words = [{ wordsName: '食堂' }, { wordsName: '涨价' }, { wordsName: '' }];
    expect(readOk([{ bg: '0', ed: '9', onebest: '食堂涨价。', wordsResultList: words }]).shape).toBe(
      'iflytek-lfasr-words',
    );
    expect(said(readOk([{ wordsResultList: words }]))).toEqual(['unknown:食堂涨价']);
  });

  test('iFlytek quality check: sentences with a speed and no speaker stay unseparated', () => {
    const call = readOk([
      { onebest: '您好', speed: '6.1' },
      { onebest: '我问一下', speed: '5.0' },
    ]);
    expect(call.shape).toBe('iflytek-qc');
    expect(call.turns.map((turn) => turn.startMs)).toEqual([null, null]);
    expect(call.flags).toEqual(['unseparated-speakers']);
  });

  test('iFlytek, second interface: a lattice of words', () => {
    const best = {
      st: { bg: '10', ed: '990', rl: '1', rt: [{ ws: [{ cw: [{ w: '您好' }] }, { cw: [{ w: '请讲' }] }] }] },
    };
    const orderResult = JSON.stringify({ lattice: [{ json_1best: JSON.stringify(best) }] });
    const call = readOk({ code: '000000', content: { orderInfo: { status: 4 }, orderResult } });
    expect(call.shape).toBe('iflytek-lfasr-v2');
    expect(call.turns).toEqual([{ speaker: 'unknown', text: '您好请讲', startMs: 10, endMs: 990 }]);
  });

  test('Aliyun: Result.Sentences, and success without a result is a silent call', () => {
    const sentence = { EndTime: 900, BeginTime: 100, Text: '喂', ChannelId: 0 };
    const call = readOk({ TaskId: 't', StatusText: 'SUCCESS', Result: { Sentences: [sentence] } });
    expect(call.shape).toBe('aliyun-filetrans');
    expect(call.turns).toHaveLength(1);
    const silent = readOk({ TaskId: 't', StatusText: 'SUCCESS_WITH_NO_VALID_FRAGMENT' });
    expect(silent.flags).toEqual(['empty']);
  });

  test('Aliyun dual channel: one end of the line after the other is woven together by time', () => {
    const call = readOk([
      { BeginTime: 0, EndTime: 900, Text: '哎，哪位', ChannelId: 0 },
      { BeginTime: 3000, EndTime: 3900, Text: '在哪个县', ChannelId: 0 },
      { BeginTime: 1000, EndTime: 2900, Text: '我问个学籍的事', ChannelId: 1 },
    ]);
    expect(said(call)).toEqual(['operator:哎，哪位', 'caller:我问个学籍的事', 'operator:在哪个县']);
    expect(call.flags).toEqual([]);
  });

  test('FunASR: recogniser tags are removed, time stamps and sentences with speakers are used', () => {
    const plain = readOk([
      {
        key: 'zh',
        text: '<|zh|><|NEUTRAL|><|Speech|><|withitn|>娃娃的学籍转不过来。',
        timestamp: [
          [30, 200],
          [210, 1480],
        ],
      },
    ]);
    expect(plain.turns).toEqual([{ speaker: 'unknown', text: '娃娃的学籍转不过来。', startMs: 30, endMs: 1480 }]);
    const sentences = [
      { text: '您好，请讲', start: 0, end: 800, spk: 0 },
      { text: '办证的事', start: 900, end: 1500, spk: 1 },
    ];
    expect(said(readOk([{ key: 'a', text: '您好，请讲办证的事', sentence_info: sentences }]))).toEqual([
      'operator:您好，请讲',
      'caller:办证的事',
    ]);
  });

  test('12345: an object of turns by call id', () => {
    const call = readOk({ '1400000000001_demo': [{ 'hot-line': '您好' }, { citizen: '学校让买教辅' }] });
    expect(call.shape).toBe('hotline-12345');
    expect(call.callId).toBe('1400000000001_demo');
    expect(said(call)).toEqual(['operator:您好', 'caller:学校让买教辅']);
  });

  test('any other list of utterances: text, role and seconds are recognised by their field names', () => {
    const call = readOk({ segments: [{ start: 0.5, end: 2.25, text: '你好', role: '坐席' }] });
    expect(call.turns).toEqual([{ speaker: 'operator', text: '你好', startMs: 500, endMs: 2250 }]);
  });

  test('a whole conversation in one text field is separated', () => {
    const call = readOk({ call_id: '20140901-000123', text: '话务员：您好。来电人：我反映个事。' });
    expect(said(call)).toEqual(['operator:您好。', 'caller:我反映个事。']);
    expect(call.callId).toBe('20140901-000123');
  });

  test('JSON Lines: one utterance a line', () => {
    const call = readOk('{"role":"agent","text":"您好"}\n{"role":"user","text":"我问个事"}\n', 'x.jsonl');
    expect(call.shape).toBe('json-lines');
    expect(said(call)).toEqual(['operator:您好', 'caller:我问个事']);
  });
});

describe('text', () => {
  test('speaker marks with half- and full-width colons, alone on a line or run together', () => {
    expect(said(readOk('话务员：您好\n来电人:我问个事\n坐席02：请讲'))).toEqual([
      'operator:您好',
      'caller:我问个事',
      'operator:请讲',
    ]);
    expect(said(readOk('客服：您好，请讲。市民：学校乱收费！客服：哪个学校？'))).toEqual([
      'operator:您好，请讲。',
      'caller:学校乱收费！',
      'operator:哪个学校？',
    ]);
    expect(said(readOk('spk0: 您好，请讲\nspk1: 我反映个事'))).toEqual(['operator:您好，请讲', 'caller:我反映个事']);
    expect(said(readOk('A：有什么可以帮您\nB：我问个事'))).toEqual(['operator:有什么可以帮您', 'caller:我问个事']);
  });

  test('unmarked lines continue the turn above them', () => {
    expect(said(readOk('来电人：第一句\n第二句\n\n话务员：嗯'))).toEqual(['caller:第一句 第二句', 'operator:嗯']);
  });

  test('a colon inside what is said begins no turn', () => {
    expect(said(readOk('来电人：通知上写的：每人交三百，地点：教务处。\n话务员：嗯'))[0]).toContain('地点：教务处。');
  });

  test('times in front of marks, and headings of meeting recorders, are read', () => {
    expect(readOk('[00:01:02.5] 话务员：您好').turns[0]).toEqual({
      speaker: 'operator',
      text: '您好',
      startMs: 62_500,
      endMs: null,
    });
    const recorder = readOk('发言人1 00:03\n您好，请讲\n\n发言人2 00:06\n我问个事\n还有一件');
    expect(said(recorder)).toEqual(['operator:您好，请讲', 'caller:我问个事 还有一件']);
    expect(recorder.turns[1]?.startMs).toBe(6000);
    expect(readOk('[0:0.020,0:2.380,1]  你好').turns[0]).toMatchObject({ startMs: 20, endMs: 2380 });
  });

  test('SRT: cues with marks in the text', () => {
    const call = readOk(
      '1\n00:00:01,000 --> 00:00:02,500\n话务员：您好\n\n2\n00:00:03,000 --> 00:00:04,000\n来电人：喂\n在吗\n',
    );
    expect(call.shape).toBe('srt');
    expect(call.turns).toEqual([
      { speaker: 'operator', text: '您好', startMs: 1000, endMs: 2500 },
      { speaker: 'caller', text: '喂 在吗', startMs: 3000, endMs: 4000 },
    ]);
  });

  test('WebVTT: voice tags name the speaker, styling and notes disappear', () => {
    const call = readOk(
      'WEBVTT\n\nNOTE 录音\n\nc1\n00:01.000 --> 00:02.000\n<v.loud 话务员>您好</v>\n\n00:03.000 --> 00:04.000 align:start\n<v 来电人><b>收费</b>&lt;三百&gt;\n',
    );
    expect(call.shape).toBe('vtt');
    expect(said(call)).toEqual(['operator:您好', 'caller:收费<三百>']);
  });
});

test('every public sample is read, none as an unknown shape', () => {
  const names = readdirSync(SAMPLES);
  expect(names.length).toBeGreaterThanOrEqual(9);
  const shapes = names.map((name) => readOk(readFileSync(SAMPLES + name), name)).map((call) => call.shape);
  expect(new Set(shapes)).toEqual(
    new Set(['aliyun-filetrans', 'hotline-12345', 'iflytek-lfasr', 'iflytek-lfasr-words', 'iflytek-qc', 'funasr']),
  );
});
