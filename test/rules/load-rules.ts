import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { compileRules } from '../../src/rules/compile-rules.ts';
import type { RuleFile } from '../../src/rules/rule-problem.ts';
import type { RuleSet } from '../../src/rules/rule-set.ts';

const root = join(import.meta.dirname, '..', '..');

/** The rule files as they stand in the checkout. */
export function readRuleFolder(): RuleFile[] {
  const folder = join(root, 'rules');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => join(folder, name))
    .map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

let loaded: RuleSet | undefined;

/** The rule set of the checkout, compiled once a test file. */
export function loadRules(): RuleSet {
  if (loaded === undefined) {
    const compiled = compileRules(readRuleFolder());
    if (compiled.kind === 'invalid')
      throw new Error(compiled.problems.map(({ file, line, message }) => `${file}:${line} ${message}`).join('\n'));
    loaded = compiled.rules;
  }
  return loaded;
}

/** Lines of a JSON Lines file under `fixtures/` or, with a path that leaves the checkout, of the evaluation data beside it. */
export function readJsonLines(path: string): readonly unknown[] {
  const text = readFileSync(join(root, path), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

export function readTextFolder(path: string): readonly string[] {
  const folder = join(root, path);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => readFileSync(join(folder, name), 'utf8').trim());
}
