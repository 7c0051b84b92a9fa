import { join } from 'node:path';
import type { RuleTrial } from './casework/rule-records.ts';
import { readBaseline } from './intake/read-baseline.ts';
import { compileOfficeRules } from './office-rules.ts';
import { projectRoot } from './platform/project-root.ts';
import type { RuleFile, RuleProblem } from './rules/rule-problem.ts';
import { testRules, type RuleTestReport } from './rules/test-rules.ts';

/** A process of its own for files that somebody offers: should they bring it down, nothing else notices. */

process.on('message', ({ files, examples }: { readonly files: readonly RuleFile[]; readonly examples: boolean }) => {
  process.send?.(tryFiles(files, examples), () => process.exit(0));
});

function tryFiles(files: readonly RuleFile[], examples: boolean): RuleTrial {
  const compiled = compileOfficeRules(files);
  if (compiled.kind === 'invalid') return compiled;
  const { version, rules } = compiled.office;
  const report = examples ? testRules(rules, readBaseline(join(projectRoot(), 'fixtures/baseline'))) : null;
  const problems = report === null ? [] : problemsOf(report);
  if (problems.length > 0) return { kind: 'invalid', problems };
  return { kind: 'ok', version, units: rules.units.map(({ id }) => id), examples: report?.examplesTested ?? 0 };
}

function problemsOf({ failed, baseline, uncoveredConcepts }: RuleTestReport): readonly RuleProblem[] {
  const at = (file: string, message: string, hint: string): RuleProblem => ({
    file,
    line: 1,
    column: 1,
    message,
    hint,
  });
  return [
    ...failed.map(({ rule, file, expected, text }) =>
      at(file, `${rule} should ${expected}: ${text}`, 'change the rule or the example'),
    ),
    ...baseline.map(({ rule, text }) =>
      at('classification/', `${rule} fired on a neutral text: ${text.slice(0, 80)}`, 'make the rule narrower'),
    ),
    ...uncoveredConcepts.map((id) =>
      at('lexicon/', `no example contains: ${id}`, 'add an example to a rule that uses it'),
    ),
  ];
}
