import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { classify } from '../../../src/rules/classify.ts';
import { compileRules } from '../../../src/rules/compile-rules.ts';
import type { RuleFile } from '../../../src/rules/rule-problem.ts';
import { loadRules, readRuleFolder } from '../../rules/load-rules.ts';

const folder = readRuleFolder();

/** The checkout's files with some added or replaced. */
function withFiles(...changed: readonly RuleFile[]): RuleFile[] {
  const paths = new Set(changed.map(({ path }) => path));
  return [...folder.filter(({ path }) => !paths.has(path)), ...changed];
}

function edited(path: string, edit: (text: string) => string): RuleFile {
  const file = folder.find((candidate) => candidate.path === path);
  if (file === undefined) throw new Error(`no such rule file: ${path}`);
  const text = edit(file.text);
  if (text === file.text) throw new Error(`the edit of ${path} changed nothing`);
  return { path, text };
}

function problemsOf(...changed: readonly RuleFile[]): readonly string[] {
  const compiled = compileRules(withFiles(...changed));
  return compiled.kind === 'ok' ? [] : compiled.problems.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

const rule = (lines: string): RuleFile => ({
  path: 'rules/classification/extra.yaml',
  text: `rules:\n  - id: extra.one\n    why: 试\n${lines}`,
});
const concept = (lines: string): RuleFile => ({
  path: 'rules/lexicon/extra.yaml',
  text: `concepts:\n  - id: extra\n    says: 试\n${lines}`,
});
const EXAMPLES = '    matches: [乱收费]\n    ignores: [天气好]\n';

describe('the rule files of the checkout', () => {
  it('compile', () => {
    expect(loadRules().rules.length).toBeGreaterThan(100);
  });

  it('have a version that only their contents decide', () => {
    const reversed = compileRules(folder.toReversed());
    const changed = compileRules(withFiles(edited('rules/agencies.yaml', (text) => `${text}# 注\n`)));
    expect(reversed.kind === 'ok' && reversed.rules.version).toBe(loadRules().version);
    expect(loadRules().version).toMatch(/^[0-9a-f]{64}$/);
    expect(changed.kind === 'ok' && changed.rules.version).not.toBe(loadRules().version);
  });

  it('leave the files of other parts of the house alone', () => {
    expect(problemsOf({ path: 'rules/clocks.yaml', text: '][' })).toEqual([]);
  });
});

describe('none_within', () => {
  const silenced = (noneWithin: string, text: string): boolean => {
    const compiled = compileRules(
      withFiles(
        rule(
          `    when: { all: [smoke-and-fire], none: [settled], ${noneWithin}within: sentence }\n    assign: { urgent: true, weight: 3 }\n${EXAMPLES}`,
        ),
      ),
    );
    if (compiled.kind !== 'ok') throw new Error('the rule must compile');
    const verdict = classify(compiled.rules, { channel: 'email', text });
    return !verdict.evidence.some(({ rule: id }) => id === 'extra.one');
  };
  const elsewhere = '宿舍楼着火了,去年装的喷头没有水';

  it('lets a word of none take the rule back only where it says', () => {
    expect(silenced('none_within: clause, ', elsewhere)).toBe(false);
    expect(silenced('none_within: clause, ', '去年宿舍楼着火了')).toBe(true);
  });

  it('reaches as far as within when it is absent', () => {
    expect(silenced('', elsewhere)).toBe(true);
  });
});

describe('a bad file is refused when', () => {
  it.each([
    ['R05 it is empty', { path: 'rules/agencies.yaml', text: '# 空\n' }, /agencies\.yaml:1/],
    ['R05 it has no rules', { path: 'rules/classification/extra.yaml', text: 'rules: []\n' }, /extra\.yaml:1/],
    [
      'R07 a unit is unknown',
      rule(`    when: { all: [tutoring] }\n    assign: { unit: NOBODY, weight: 1 }\n${EXAMPLES}`),
      /unknown unit NOBODY/,
    ],
    [
      'R08 a category is the ninth',
      rule(`    when: { all: [tutoring] }\n    assign: { category: 9, weight: 1 }\n${EXAMPLES}`),
      /eight categories/,
    ],
    [
      'R09 a rule id is taken',
      {
        path: 'rules/classification/extra.yaml',
        text: `rules:\n  - id: charging.arbitrary\n    why: 试\n    when: { all: [tutoring], any: [pupil] }\n    assign: { category: 7, weight: 1 }\n${EXAMPLES}`,
      },
      /charging\.arbitrary is already defined/,
    ],
    [
      'R10 two rules say the same',
      rule(`    when: { all: [arbitrary-fee] }\n    assign: { category: 7, unit: FIN, weight: 1 }\n${EXAMPLES}`),
      /says the same as/,
    ],
    [
      'a concept is unknown',
      rule(`    when: { all: [no-such] }\n    assign: { category: 7, weight: 1 }\n${EXAMPLES}`),
      /unknown concept no-such/,
    ],
    [
      'a rule asks for nothing',
      rule(`    when: { none: [tutoring] }\n    assign: { category: 7, weight: 1 }\n${EXAMPLES}`),
      /can never fire/,
    ],
    [
      'a rule needs what it forbids',
      rule(`    when: { all: [tutoring-fee], none: [tutoring] }\n    assign: { category: 7, weight: 1 }\n${EXAMPLES}`),
      /can never fire: tutoring is both/,
    ],
    [
      'a rule decides nothing',
      rule(`    when: { all: [tutoring] }\n    assign: { weight: 1 }\n${EXAMPLES}`),
      /decides nothing/,
    ],
    [
      'a rule has no text that it matches',
      rule('    when: { all: [tutoring] }\n    assign: { category: 7, weight: 1 }\n    ignores: [天气好]\n'),
      /matches/,
    ],
    [
      'a rule has no text that it ignores',
      rule(
        '    when: { all: [tutoring] }\n    assign: { category: 7, weight: 1 }\n    matches: [补课]\n    ignores: []\n',
      ),
      /ignores/,
    ],
    ['R21 a phrase is a number', concept('    phrases: [0931]\n'), /expected string, received number/],
    ['R22 a phrase is written 1e3', concept('    phrases: [1e3]\n'), /expected string, received number/],
    ['R23 a key is __proto__', concept('    phrases: [试试]\n    __proto__: { x: 1 }\n'), /__proto__/],
    ['a key is misspelt', concept('    phrase: [试试]\n'), /Unrecognized key/],
    ['a phrase stands twice in a concept', concept('    phrases: [试试看, (试|尝)试看]\n'), /stands twice/],
    [
      'a phrase stands in a concept and in one it includes',
      concept('    includes: [tutoring-fee]\n    phrases: [补课费]\n'),
      /stands twice, in tutoring-fee and extra|stands twice, in extra and tutoring-fee/,
    ],
    ['a concept has no words', concept('    negation: counts\n'), /extra has no words/],
    [
      'concepts include each other',
      {
        path: 'rules/lexicon/extra.yaml',
        text: 'concepts:\n  - { id: xa, says: 试, includes: [xb] }\n  - { id: xb, says: 试, includes: [xa] }\n',
      },
      /include themselves/,
    ],
    ['R18 an expression looks ahead', concept("    expressions: [{ near: 甘, re2: '甘(?=肃)' }]\n"), /甘\(\?=肃\)/],
    ['R18 an expression refers back', concept("    expressions: [{ near: 甘, re2: '(甘)\\1' }]\n"), /\(甘\)/],
    [
      'R19 an expression matches the empty text',
      concept("    expressions: [{ near: 甘, re2: '甘*' }]\n"),
      /matches the empty text/,
    ],
    ['R20 an expression uses \\w', concept("    expressions: [{ near: 甘, re2: '甘\\w+' }]\n"), /do not know Chinese/],
    [
      'the file has a name of no part',
      { path: 'rules/lexcon/fee.yaml', text: 'concepts: []\n' },
      /no part of the rules/,
    ],
  ] as const)('%s', (_title, file, expected) => {
    expect(problemsOf(file).join('\n')).toMatch(expected);
  });

  it('R12 a unit stands above itself', () => {
    const looped = edited('rules/units.yaml', (text) =>
      text.replace('  - id: FIN\n', '  - id: FIN\n    parent: AID\n'),
    );
    expect(problemsOf(looped).join('\n')).toMatch(/units are above themselves: (FIN -> AID -> FIN|AID -> FIN -> AID)/);
  });

  it('two units share an alias', () => {
    const shared = edited('rules/units.yaml', (text) =>
      text
        .replace('aliases: [师资处', 'aliases: [基教处, 师资处')
        .replace('      - 师资处\n', '      - 师资处\n      - 基教处\n'),
    );
    expect(problemsOf(shared).join('\n')).toMatch(/基教处: stands twice, in BASIC and TEACHER/);
  });

  it('a file that everything needs is missing', () => {
    const compiled = compileRules(folder.filter(({ path }) => path !== 'rules/units.yaml'));
    expect(compiled.kind === 'invalid' && compiled.problems[0]).toMatchObject({
      file: 'units.yaml',
      message: 'file is missing',
    });
  });

  it('and every problem of every file is told at once, each with a hint', () => {
    const compiled = compileRules(
      withFiles(
        rule(`    when: { all: [no-such, neither] }\n    assign: { unit: NOBODY, weight: 1 }\n${EXAMPLES}`),
        concept('    phrases: [试试看, 试试看]\n'),
      ),
    );
    if (compiled.kind !== 'invalid') throw new Error('expected problems');
    expect(compiled.problems).toHaveLength(4);
    expect(compiled.problems.every(({ hint, line }) => hint.length > 0 && line > 0)).toBe(true);
  });
});

describe('expressions are linear', () => {
  it.each(['(甘+)+乙', '(.*甘){20}乙', '((甘|乙)+)+丙', '(甘?){30}甘{30}'])(
    'R15-R17 %s is refused, or harmless',
    (re2) => {
      const compiled = compileRules(withFiles(concept(`    expressions: [{ near: 甘, re2: '${re2}' }]\n`)));
      // RE2 has no backtracking: what compiles runs in linear time (the hostile texts run through it elsewhere).
      expect(['ok', 'invalid']).toContain(compiled.kind);
    },
  );
});

describe('mutated files', () => {
  it('never throw, and never give a rule set that was not checked', () => {
    const target = folder.find(({ path }) => path === 'rules/classification/charging.yaml');
    const text = target?.text ?? '';
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(40), fc.string({ unit: 'binary', maxLength: 8 }), (at, cut, put) => {
        const compiled = compileRules(
          withFiles({
            path: 'rules/classification/charging.yaml',
            text: text.slice(0, at) + put + text.slice(at + cut),
          }),
        );
        if (compiled.kind === 'invalid') expect(compiled.problems.length).toBeGreaterThan(0);
        else
          expect(compiled.rules.rules.every(({ matches, ignores }) => matches.length > 0 && ignores.length > 0)).toBe(
            true,
          );
      }),
      { numRuns: 12 },
    );
  });
});
