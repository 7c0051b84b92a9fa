import { describe, expect, test } from 'vitest';
import { readOk } from './read-ok.ts';

const HASH = 'a1'.repeat(32);
const turn = { role: 'user', text: '喂' };
const ids = (content: unknown, name: string) => {
  const { callId, audioSha256 } = readOk(content, name);
  return [callId, audioSha256];
};

describe('H18 H19 the ids by which transcript, recording and form find one another', () => {
  test('known fields are used, around the turns or the same in every turn', () => {
    expect(ids({ callId: '20140722-000017', audioSha256: HASH.toUpperCase(), turns: [turn] }, 'x.json')).toEqual([
      '20140722-000017',
      HASH,
    ]);
    expect(
      ids(
        [
          { ...turn, call_id: '20140722-000018' },
          { ...turn, call_id: '20140722-000018' },
        ],
        'x.json',
      ),
    ).toEqual(['20140722-000018', null]);
    expect(ids({ record_id: 8_000_123, turns: [turn] }, 'x.json')).toEqual(['8000123', null]);
  });

  test('a field that differs from turn to turn names the turn, not the call', () => {
    expect(
      ids(
        [
          { ...turn, uuid: '20140722-000001' },
          { ...turn, uuid: '20140722-000002' },
        ],
        'x.json',
      ),
    ).toEqual([null, null]);
  });

  test('a file name is an id when it looks like one, and its endings do not count', () => {
    expect(ids('喂', 'in/20140722-000019.wav.json')).toEqual(['20140722-000019', null]);
    expect(ids('喂', 'C:\\calls\\0c9a4f10-77d2-4e1b-9a53-5d0e21b6c804.txt')[0]).toBe(
      '0c9a4f10-77d2-4e1b-9a53-5d0e21b6c804',
    );
    for (const name of ['call.json', 'iflytek-sample-966.json', '录音3.txt', ''])
      expect(ids('喂', name)).toEqual([null, null]);
  });

  test("a FunASR key that only names the language, and a caller's number in a file name, are no ids", () => {
    expect(ids([{ key: 'zh', text: '喂' }], 'x.json')).toEqual([null, null]);
    expect(ids('喂', '13900000000_20140722.json')).toEqual([null, null]);
  });

  test('a file named after the hash of its recording gives the hash', () => {
    expect(ids('喂', `${HASH}.txt`)).toEqual([null, HASH]);
  });

  test('several calls in one file have no common id and are flagged: they should have been split', () => {
    const call = readOk({ '1400000000001_a': [turn], '1400000000002_b': [turn] });
    expect(call.callId).toBeNull();
    expect(call.turns).toHaveLength(2);
    expect(call.flags).toContain('malformed-structure');
  });
});
