import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readTranscript } from '../../../../src/intake/read-transcript.ts';
import { readOk, said } from './read-ok.ts';

const INVENTED_CALLS = '../shared/data/complaints/gansu-dev.jsonl';

describe('who is the operator', () => {
  test('H06 the name of the role decides, whatever is said', () => {
    expect(said(readOk('市民：很高兴为您服务，你们就会说这个\n坐席：您消消气'))).toEqual([
      'caller:很高兴为您服务，你们就会说这个',
      'operator:您消消气',
    ]);
  });

  test('H06 a greeting outweighs the recording track, because tracks are wired differently from site to site', () => {
    const call = readOk([
      { BeginTime: 0, EndTime: 900, Text: '喂', ChannelId: 0 },
      { BeginTime: 1000, EndTime: 1900, Text: '您好，厅效能办，很高兴为您服务', ChannelId: 1 },
    ]);
    expect(call.turns.map((turn) => turn.speaker)).toEqual(['caller', 'operator']);
  });

  test('H06 without a greeting channel 0 is the desk', () => {
    const call = readOk([
      { BeginTime: 0, EndTime: 900, Text: '喂', ChannelId: 1 },
      { BeginTime: 1000, EndTime: 1900, Text: '哎', ChannelId: 0 },
    ]);
    expect(call.turns.map((turn) => turn.speaker)).toEqual(['caller', 'operator']);
  });

  test('H25 a call that was transferred has two operators', () => {
    const call = readOk(
      'spk0：您好，请讲\nspk1：我反映收费的事\nspk0：我给您转过去\nspk2：您好，请问有什么可以帮您\nspk1：我再说一遍',
    );
    expect(call.turns.map((turn) => turn.speaker)).toEqual(['operator', 'caller', 'operator', 'operator', 'caller']);
  });

  test('H05 speakers that nothing tells apart stay unknown, the whole text is kept and the item is flagged', () => {
    const call = readOk('spk0：嗯\nspk1：哦\nspk0：那就这样');
    expect(said(call)).toEqual(['unknown:嗯', 'unknown:哦', 'unknown:那就这样']);
    expect(call.text).toBe('说话人:嗯\n说话人:哦\n说话人:那就这样');
    expect(call.flags).toEqual(['unseparated-speakers']);
  });

  test('H05 a heading before the first speaker is kept and is no fault', () => {
    const call = readOk('通话记录 编号 7\n话务员：您好\n来电人：喂');
    expect(said(call)[0]).toBe('unknown:通话记录 编号 7');
    expect(call.flags).toEqual([]);
  });

  test('H05 one run-on text without marks is one turn of an unknown speaker', () => {
    const text = '我是榆中的我娃上初二学校让交补课费我问了不给收据';
    const call = readOk(text);
    expect(said(call)).toEqual([`unknown:${text}`]);
    expect(call.flags).toEqual(['unseparated-speakers']);
  });

  test('H05 a call recorded on one track with one label is not separated, even when it begins with a greeting', () => {
    const call = readOk([
      { bg: '0', ed: '900', onebest: '您好请讲', speaker: '0' },
      { bg: '1000', ed: '1900', onebest: '我问个事', speaker: '0' },
    ]);
    expect(call.flags).toContain('unseparated-speakers');
  });
});

test('H06 role names taken away from invented calls, the desk is found again in most and mistaken in none', () => {
  const calls = readFileSync(INVENTED_CALLS, 'utf8').trim().split('\n');
  let found = 0;
  let mistaken = 0;
  let marked = 0;
  for (const line of calls) {
    const { text } = JSON.parse(line) as { text: string };
    const truth = readOk(text.replaceAll(/spk0[:：]/g, '话务员：').replaceAll(/spk1[:：]/g, '来电人：'));
    if (truth.flags.includes('unseparated-speakers')) continue;
    marked += 1;
    const nameless = text
      .replaceAll(/(?:坐席|话务员)[:：]/g, '\nspk0：')
      .replaceAll(/(?:市民|来电人)[:：]/g, '\nspk1：');
    const guess = readTranscript(Buffer.from(nameless), 'call.txt');
    const speakers = guess.kind === 'ok' ? guess.transcript.turns.map((turn) => turn.speaker) : [];
    if (speakers.includes('unknown')) continue;
    if (speakers.join() === truth.turns.map((turn) => turn.speaker).join()) found += 1;
    else mistaken += 1;
  }
  expect(marked).toBeGreaterThanOrEqual(30);
  expect(mistaken).toBe(0);
  expect(found / marked).toBeGreaterThan(0.9);
});
