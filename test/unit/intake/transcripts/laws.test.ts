import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Turn } from '../../../../src/intake/item.ts';
import { readTranscript } from '../../../../src/intake/read-transcript.ts';
import { sniffFile } from '../../../../src/intake/sniff-file.ts';
import { splitCalls, splitMbox } from '../../../../src/intake/split-file.ts';
import { readOk } from './read-ok.ts';

const words = fc
  .array(fc.constantFrom('您好', '学校', '收费', '三百块', '𠮷', '，', '嗯', 'OK', '"', '\\'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((pieces) => pieces.join(''));
const speaker = fc.constantFrom<Turn['speaker']>('caller', 'operator');
/** Turns one after the other, at least one of each speaker, with whole milliseconds. */
const turns = fc
  .array(fc.record({ speaker, text: words, pause: fc.nat(5_000), length: fc.nat(60_000) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((pieces) => {
    let at = 0;
    return pieces.map(({ speaker: who, text, pause, length }): Turn => {
      const startMs = at + pause;
      at = startMs + length;
      return { speaker: who, text, startMs, endMs: at };
    });
  });

const clock = (ms: number, comma: string): string => {
  const parts = [Math.floor(ms / 3_600_000), Math.floor(ms / 60_000) % 60, Math.floor(ms / 1000) % 60];
  return `${parts.map((part) => String(part).padStart(2, '0')).join(':')}${comma}${String(ms % 1000).padStart(3, '0')}`;
};
const mark = (turn: Turn): string => (turn.speaker === 'caller' ? '来电人' : '话务员');
const untimed = (call: readonly Turn[]): readonly Turn[] =>
  call.map((turn) => ({ ...turn, startMs: null, endMs: null }));

/** Each known shape, written by our own hand. */
const writers: Readonly<Record<string, (call: readonly Turn[]) => string>> = {
  'iflytek-lfasr': (call) =>
    JSON.stringify({
      data: JSON.stringify(
        call.map((turn) => ({
          bg: String(turn.startMs),
          ed: String(turn.endMs),
          onebest: turn.text,
          speaker: mark(turn),
        })),
      ),
      err_no: 0,
      failed: null,
      ok: 0,
    }),
  'aliyun-filetrans': (call) =>
    JSON.stringify({
      StatusText: 'SUCCESS',
      Result: {
        Sentences: call.map((turn) => ({
          BeginTime: turn.startMs,
          EndTime: turn.endMs,
          Text: turn.text,
          SpeakerId: mark(turn),
        })),
      },
    }),
  'json-lines': (call) =>
    call
      .map((turn) => JSON.stringify({ start: turn.startMs, end: turn.endMs, text: turn.text, role: mark(turn) }))
      .join('\n'),
  srt: (call) =>
    call
      .map(
        (turn, n) =>
          `${n + 1}\n${clock(turn.startMs ?? 0, ',')} --> ${clock(turn.endMs ?? 0, ',')}\n${mark(turn)}：${turn.text}\n`,
      )
      .join('\n'),
  vtt: (call) =>
    `WEBVTT\n\n${call.map((turn) => `${clock(turn.startMs ?? 0, '.')} --> ${clock(turn.endMs ?? 0, '.')}\n<v ${mark(turn)}>${turn.text}\n`).join('\n')}`,
};

describe('reading is the inverse of writing', () => {
  for (const [shape, write] of Object.entries(writers)) {
    test(`${shape}: speakers, words and times survive`, () => {
      fc.assert(
        fc.property(turns, (call) => {
          expect(readOk(write(call)).turns).toEqual(call);
        }),
      );
    });
  }

  test('12345 and marked text: speakers and words survive', () => {
    fc.assert(
      fc.property(turns, (call) => {
        const hotline = {
          '1400000000001_x': call.map((turn) => ({ [turn.speaker === 'caller' ? 'citizen' : 'hot-line']: turn.text })),
        };
        expect(readOk(hotline).turns).toEqual(untimed(call));
        expect(readOk(call.map((turn) => `${mark(turn)}:${turn.text}`).join('\r\n')).turns).toEqual(untimed(call));
      }),
    );
  });

  test('the text that is stored reads as the same conversation', () => {
    fc.assert(
      fc.property(turns, (call) => {
        const { text } = readOk(writers['srt']?.(call) ?? '');
        expect(readOk(text).turns).toEqual(untimed(call));
        expect(readOk(text).text).toBe(text);
      }),
    );
  });
});

const row = fc.record(
  {
    bg: fc.oneof(fc.integer(), fc.double(), fc.string(), fc.constant(null)),
    ed: fc.oneof(fc.integer(), fc.string()),
    onebest: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
    speaker: fc.oneof(fc.constantFrom('1', '2', '话务员'), fc.integer()),
  },
  { requiredKeys: [] },
);
/** Bytes that come close to the shapes: pieces of them in any order, and plain noise. */
const nearlyAFile = fc.oneof(
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes)),
  fc.array(row).map((rows) => Buffer.from(JSON.stringify(rows))),
  fc.json().map((json) => Buffer.from(json)),
  fc
    .array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        '"',
        ':',
        ',',
        '\n',
        '\n\n',
        'NaN',
        '话务员：',
        '来电人:',
        'WEBVTT',
        '1',
        '00:00:01,000 --> 00:00:02,000',
        'From - ',
        'From: a@b.example',
        '<v A>',
        '\0',
        '\ud800',
        '\ufeff',
        '[00:01]',
        '"text"',
        '你好',
      ),
    )
    .map((pieces) => Buffer.from(pieces.join(''))),
);

describe('any bytes at all', () => {
  test('reading, telling apart and splitting never throw', () => {
    fc.assert(
      fc.property(nearlyAFile, fc.string(), (bytes, name) => {
        expect(['ok', 'unfinished', 'unreadable']).toContain(readTranscript(bytes, name).kind);
        expect(['mail', 'mbox', 'transcript', 'unknown']).toContain(sniffFile(name, bytes));
        expect(splitMbox(bytes).length).toBeGreaterThan(0);
        expect(splitCalls(bytes, name).length).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what was read can be stored: no NUL, no lone surrogate, one line a turn, times that never go back', () => {
    fc.assert(
      fc.property(nearlyAFile, (bytes) => {
        const result = readTranscript(bytes, 'x');
        if (result.kind !== 'ok') return;
        const { turns: read, text } = result.transcript;
        expect(text).not.toMatch(/\0|\p{Surrogate}/u);
        expect(text === '' ? 0 : text.split('\n').length).toBe(read.length);
        let earliest = 0;
        for (const turn of read) {
          for (const ms of [turn.startMs, turn.endMs]) {
            if (ms === null) continue;
            expect(ms).toBeGreaterThanOrEqual(earliest);
            earliest = ms;
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
