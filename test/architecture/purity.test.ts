import { describe, expect, it } from 'vitest';
import { sourceFiles, withoutComments } from '../support/source-files.ts';

/** What makes a decision depend on anything but its arguments. */
const AMBIENT = {
  'the clock': /\bDate\.now\(|\bnew Date\(\s*\)|\bDate\(\s*\)|\bperformance\.now\(|\bprocess\.hrtime/u,
  chance: /\bMath\.random\(|\brandomUUID\(|\brandomBytes\(|\brandomInt\(/u,
  timers: /\bset(?:Timeout|Interval|Immediate)\(|\bqueueMicrotask\(/u,
  'the environment': /\bprocess\.(?:env|cwd|platform|argv|pid)\b/u,
  'the locale of the machine':
    /\.toLocale(?:String|DateString|TimeString|LowerCase|UpperCase)\(\s*\)|\.localeCompare\([^,)]*\)/u,
  'the time zone of the machine':
    /\.(?:get|set)(?:Hours|Minutes|Date|Day|Month|FullYear|Seconds)\(|\.getTimezoneOffset\(/u,
  'the console': /\bconsole\./u,
};

/** Where the decisions are made, and the files there that are processes of their own or read rule files. */
const PURE = sourceFiles(['src/domain', 'src/rules'], /\.ts$/u);

describe.each(Object.entries(AMBIENT))('decisions do not depend on %s', (_, pattern) => {
  it.each(['src/domain', 'src/rules'])('in %s', (folder) => {
    const found = PURE.filter(({ path }) => path.startsWith(`${folder}/`)).flatMap(({ path, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) ? [`${path}:${String(index + 1)}: ${line.trim()}`] : [])),
    );
    expect(found).toEqual([]);
  });
});

describe('the check itself', () => {
  it.each([
    ['the clock', 'const now = new Date();'],
    ['the clock', 'const now = Date.now();'],
    ['chance', 'if (Math.random() < 0.5) {'],
    ['timers', 'setTimeout(later, 5);'],
    ['the environment', `process.env['HOME']`],
    ['the locale of the machine', 'names.sort((a, b) => a.localeCompare(b))'],
    ['the time zone of the machine', 'date.getHours()'],
  ] as const)('sees %s', (name, line) => {
    expect(AMBIENT[name].test(line)).toBe(true);
  });

  it('has looked at the files it speaks of', () => {
    for (const folder of ['src/domain/', 'src/rules/']) {
      expect(PURE.filter(({ path }) => path.startsWith(folder)).length).toBeGreaterThan(3);
    }
  });
});
