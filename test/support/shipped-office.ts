import { rulesDirectory } from '../../src/compose.ts';
import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import { openOfficeRules, type OfficeRules } from '../../src/office-rules.ts';

let opened: OfficeRules | null = null;

/** The files beside the program, opened once in a test file; the rules of classification are compiled by whoever looks at them. */
export function shippedOffice(): OfficeRules {
  if (opened !== null) return opened;
  const compiled = openOfficeRules(readRuleFiles(rulesDirectory()));
  if (compiled.kind === 'invalid') throw new Error(`The shipped rules have ${compiled.problems.length} problems.`);
  return (opened = compiled.office);
}
