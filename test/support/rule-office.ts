import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import { rulesDirectory, type House } from '../../src/compose.ts';
import type { Role, Viewer } from '../../src/domain/vocabulary.ts';
import { createRulesInForce, type OfficeRules } from '../../src/office-rules.ts';
import { createLogger } from '../../src/platform/logger.ts';
import { createShutdown } from '../../src/platform/shutdown.ts';
import { ruleFunctions } from '../../src/roles/rule-office.ts';
import type { RuleFile } from '../../src/rules/rule-problem.ts';
import { createUser } from '../../src/store/accounts.ts';
import { openDatabase } from '../../src/store/database.ts';
import { shippedOffice } from './shipped-office.ts';

export type RuleHouse = Pick<House, 'database' | 'log' | 'rules' | 'shutdown'> & { close(): Promise<void> };

/** What of a process has to do with rules, on a database. Begins by the files of the checkout, or by `first`. */
export function openRuleHouse(url: string, first: OfficeRules = shippedOffice()): RuleHouse {
  const log = createLogger({ level: 'silent', name: 'test' });
  const shutdown = createShutdown(log);
  const database = openDatabase(url, { max: 6, applicationName: 'shouli-test' });
  shutdown.add('database', () => database.close());
  return { database, log, shutdown, rules: createRulesInForce(first, null), close: () => shutdown.close() };
}

/** The rule files of the checkout with one of them edited. Fails when the edit changes nothing. */
export function editedFiles(path: string, edit: (text: string) => string): RuleFile[] {
  return readRuleFiles(rulesDirectory()).map((file) => {
    if (file.path !== path) return file;
    const text = edit(file.text);
    if (text === file.text) throw new Error(`the edit of ${path} changed nothing`);
    return { path, text };
  });
}

/** Other files that say the same: a version of their own. */
export const noted = (note: string): RuleFile[] => editedFiles('agencies.yaml', (text) => `${text}# ${note}\n`);

export function someone(house: Pick<House, 'database'>, name: string, role: Role): Promise<Viewer> {
  return createUser(house.database.db, name, role).then((userId) => ({ userId, role }));
}

/** Proposes, approves and puts in force, each by whom the law lets. */
export async function putInForce(
  house: Pick<House, 'database' | 'rules'>,
  { author, judge }: { readonly author: Viewer; readonly judge: Viewer },
  files: readonly RuleFile[],
): Promise<string> {
  const office = ruleFunctions(house);
  const proposed = await office.proposeRules(author, files, '试行');
  if (proposed.kind !== 'proposed') throw new Error(`not proposed: ${JSON.stringify(proposed)}`);
  for (const act of [office.approveRules, office.activateRules]) {
    const outcome = await act(judge, proposed.version, '同意');
    if (outcome.kind !== 'done') throw new Error(`refused: ${outcome.reason}`);
  }
  return proposed.version;
}
