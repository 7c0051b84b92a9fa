import { rulesDirectory } from '../../src/compose.ts';
import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import type { RuleFile } from '../../src/rules/rule-problem.ts';

/** The files of rules/letters/, one a document. */
export function readDocumentFiles(): readonly RuleFile[] {
  return readRuleFiles(rulesDirectory()).filter(({ path }) => path.startsWith('letters/'));
}
