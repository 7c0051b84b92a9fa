import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES, readYaml } from '../../../src/rules/read-yaml.ts';

function messagesOf(text: string): readonly string[] {
  const read = readYaml({ path: 'rules/x.yaml', text });
  return read.kind === 'ok' ? [] : read.problems.map(({ line, message }) => `${line}: ${message}`);
}

function valueOf(text: string): unknown {
  const read = readYaml({ path: 'rules/x.yaml', text });
  return read.kind === 'ok' ? read.file.value : read.problems;
}

describe('a rule file is refused, with its line, when', () => {
  it.each([
    ['R01 it is indented with tabs', 'a:\n\t- 1', /^2: Tabs/],
    ['R02 a key stands twice', 'a: 1\na: 2', /^2: Map keys must be unique/],
    ['R03 it holds an alias bomb', 'a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]', /^1: anchor &a/],
    ['R04 brackets nest twenty thousand deep', '['.repeat(20_000), /^1: nested too deeply/],
    ['R04 dashes nest twenty thousand deep', `${'- '.repeat(20_000)}x`, /^1: nested too deeply/],
    [
      'R04 blocks nest by indentation',
      Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
      /: nested too deeply/,
    ],
    ['R06 it is larger than 256 kB', 'x'.repeat(MAX_FILE_BYTES + 1), /^1: file is larger than 256 kB/],
    ['R23 it holds a tag for code', 'a: !!js/function "x"', /Unresolved tag/],
    ['R24 it was saved as GBK and decoded as UTF-8', 'a: \ufffd\ufffd', /not UTF-8/],
    ['it holds two documents', 'a: 1\n---\nb: 2', /^2: /],
    ['a quote is not closed', 'a: "x\n', /: Missing closing/],
    ['it holds a NUL', 'a: x\u0000y', /not UTF-8/],
  ])('%s', (_title, text, expected) => {
    expect(messagesOf(text)[0]).toMatch(expected);
  });
});

describe('a rule file is read as written', () => {
  it('R24 with a byte order mark and CR LF line ends', () => {
    expect(valueOf('\ufeffa: 1\r\nb: x\r\n')).toEqual({ a: 1, b: 'x' });
  });

  it('R22 no, on, yes and dates stay texts', () => {
    expect(valueOf('a: no\nb: on\nc: 2014-07-22')).toEqual({ a: 'no', b: 'on', c: '2014-07-22' });
  });

  it('R21 an unquoted 0931 is a number, which no schema of a phone or phrase takes', () => {
    expect(valueOf('a: 0931')).toEqual({ a: 931 });
  });

  it('tells the line of a value deep inside', () => {
    const read = readYaml({ path: 'rules/x.yaml', text: 'rules:\n  - id: a\n    why: b\n' });
    if (read.kind !== 'ok') throw new Error('expected a readable file');
    expect(read.file.problemAt(['rules', 0, 'why'], 'm', 'h')).toEqual({
      file: 'rules/x.yaml',
      line: 3,
      column: 10,
      message: 'm',
      hint: 'h',
    });
  });
});
