import { describe, expect, it } from 'vitest';
import { rulesDirectory } from '../../src/compose.ts';
import { readRuleFiles, readSteadily } from '../../src/intake/read-rule-files.ts';
import { compileOfficeRules } from '../../src/office-rules.ts';
import { classify } from '../../src/rules/classify.ts';
import type { RuleFile } from '../../src/rules/rule-problem.ts';
import { editedFiles } from '../support/rule-office.ts';

const FILES = readRuleFiles(rulesDirectory());

function problemsOf(files: readonly RuleFile[]) {
  const compiled = compileOfficeRules(files);
  return compiled.kind === 'ok' ? [] : compiled.problems;
}

const textOf = (files: readonly RuleFile[]): string =>
  problemsOf(files)
    .map(({ file, message }) => `${file}: ${message}`)
    .join('\n');

/** A line of units.yaml put behind the first line of a unit. */
const withUnitLine = (unit: string, line: string): RuleFile[] =>
  editedFiles('units.yaml', (text) => text.replace(`  - id: ${unit}\n`, `  - id: ${unit}\n    ${line}\n`));

describe('`rules check` looks at every file', () => {
  it.each([
    ['calendar.yaml', 'from: 2007-01-01, to: 2007-01-03', 'from: 2007-01-03, to: 2007-01-01', /to 应在 from/u],
    ['clocks.yaml', 'unit: calendar-days', 'unit: fortnights', /unit/u],
    ['ladders.yaml', 'workingDays: 10', 'workingDays: 1', /应在前一级之后/u],
    ['letters.yaml', '{{code}}', '{{cod}}', /\{\{cod\}\} is not known here/u],
    ['call-script.yaml', 'opening:', 'openning:', /openning/u],
  ])('%s, with line and column of what is wrong', (path, before, after, expected) => {
    const files = editedFiles(path, (text) => text.replace(before, after));
    const line =
      files
        .find((file) => file.path === path)
        ?.text.slice(0)
        .split('\n')
        .findIndex((one) => one.includes(after)) ?? -1;
    const found = problemsOf(files).find(({ message }) => expected.test(message));
    expect(found).toMatchObject({ file: path, hint: expect.stringMatching(/./u) as string });
    expect(found?.column).toBeGreaterThan(0);
    expect(Math.abs((found?.line ?? 0) - 1 - line)).toBeLessThanOrEqual(path === 'letters.yaml' ? 20 : 6);
  });

  it('and tells all that is wrong in all of them at once', () => {
    const broken = FILES.map(({ path, text }) => ({ path, text: `${text}\nnobody-knows-this: 1\n` }));
    expect(new Set(problemsOf(broken).map(({ file }) => file))).toEqual(new Set(FILES.map(({ path }) => path)));
  });

  it('and names each that is missing', () => {
    for (const { path } of FILES.filter((file) => !file.path.includes('/')))
      expect(textOf(FILES.filter((file) => file.path !== path))).toContain(`${path}: file is missing`);
  });
});

describe('chains', () => {
  it('R11 an escalation that runs in a circle: no step of a ladder comes twice or goes back', () => {
    const again = editedFiles('ladders.yaml', (text) =>
      text.replace('{ step: raise, workingDays: 10 }', '{ step: urge, workingDays: 10 }'),
    );
    expect(textOf(again)).toMatch(/ladders\.yaml: .*应在前一级之后/u);
  });

  it('R13 a unit that delegates to itself, as its own parent or its own people', () => {
    expect(textOf(withUnitLine('PRESS', 'parent: PRESS'))).toMatch(/above themselves: PRESS -> PRESS/u);
    expect(textOf(withUnitLine('PRESS', 'same_people: [PRESS]'))).toMatch(/PRESS shares its people with itself/u);
  });

  it('R14 a chain that ends with the accused: every unit that drags the supervision along is told', () => {
    const told = textOf(withUnitLine('PRESS', 'same_people: [DISC]'));
    expect(told).toMatch(/whoever accuses PRESS accuses DISC too/u);
  });
});

describe('files that change under the reader', () => {
  const [whole, half] = [FILES, FILES.slice(1)];

  it('R25 a file replaced while it is read: only what two readings agree on is taken', () => {
    const readings = [half, whole, half, whole, whole];
    expect(readSteadily(() => readings.shift() ?? [])).toEqual(whole);
  });

  it('R25 and what never holds still is not taken at all', () => {
    let reading = 0;
    expect(() => readSteadily(() => [{ path: 'units.yaml', text: String((reading += 1)) }])).toThrow(
      /while they are read/u,
    );
  });
});

describe('R27 five thousand rules', () => {
  it('R27 load, and judge a hundred mails, within the time of a test', () => {
    const concepts = FILES.filter(({ path }) => path.startsWith('lexicon/')).flatMap(({ text }) =>
      [...text.matchAll(/^ {2}- id: ([a-z0-9-]+)$/gmu)].map(([, id = '']) => id),
    );
    const pairs = concepts.flatMap((a, i) => concepts.slice(i + 1).map((b) => [a, b] as const)).slice(0, 5_000);
    expect(pairs).toHaveLength(5_000);
    const rules = pairs.map(
      ([a, b], n) =>
        `  - { id: many.r${n}, why: 试, when: { all: [${a}, ${b}] }, assign: { category: 8, weight: 1 }, matches: [甲乙], ignores: [丙丁] }`,
    );
    const many = Array.from({ length: 5 }, (_, n) => ({
      path: `classification/many-${n}.yaml`,
      text: `rules:\n${rules.slice(n * 1_000, (n + 1) * 1_000).join('\n')}\n`,
    }));
    const compiled = compileOfficeRules([...FILES, ...many]);
    if (compiled.kind === 'invalid') throw new Error(compiled.problems[0]?.message);
    expect(compiled.office.rules.rules.length).toBeGreaterThan(5_000);
    const text =
      '孩子所在的学校要求每人交三百元补课费，不交就不让上课，向教育局反映一直没有人管，电话也没人接。'.repeat(20);
    for (let n = 0; n < 100; n += 1)
      expect(classify(compiled.office.rules, { channel: 'email', text }).category).not.toBeNull();
  });
});
