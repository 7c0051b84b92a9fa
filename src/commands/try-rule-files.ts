import { join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { rulesDirectory } from '../compose.ts';
import { readBaseline } from '../intake/read-baseline.ts';
import { readRuleFiles } from '../intake/read-rule-files.ts';
import { compileOfficeRules, type OfficeRules } from '../office-rules.ts';
import { projectRoot } from '../platform/project-root.ts';
import { classify } from '../rules/classify.ts';
import { countMoves, replayText, type ReplayChange } from '../rules/replay-rules.ts';
import type { RuleProblem } from '../rules/rule-problem.ts';
import { testRules, type RuleTestReport } from '../rules/test-rules.ts';
import type { ClassifyInput } from '../rules/verdict.ts';
import { pastTexts } from '../store/past-texts.ts';
import { colours, explainVerdict, plain } from './explain-verdict.ts';
import { withHouse } from './open-for-command.ts';

export function checkFiles(directory = rulesDirectory()): number {
  const rules = compiledOrReported(directory);
  if (rules === null) return 1;
  process.stdout.write(`the rules are in order, version ${rules.version.slice(0, 12)}\n`);
  return 0;
}

export function testFiles(directory = rulesDirectory()): number {
  const office = compiledOrReported(directory);
  return office === null
    ? 1
    : printTests(testRules(office.rules, readBaseline(join(projectRoot(), 'fixtures/baseline'))));
}

/** The rules of a directory, or null after every problem in it was printed. */
export function compiledOrReported(directory: string): OfficeRules | null {
  const compiled = compileOfficeRules(readRuleFiles(directory));
  if (compiled.kind === 'ok') return compiled.office;
  printProblems(compiled.problems);
  return null;
}

export function printProblems(problems: readonly RuleProblem[]): void {
  for (const { file, line, column, message, hint } of problems)
    process.stdout.write(`rules/${file}:${line}:${column}  ${message}${hint === '' ? '' : `\n    ${hint}`}\n`);
  process.stdout.write(`${problems.length} problems: these files do not take effect\n`);
}

export async function explainText(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { subject: { type: 'string' }, phone: { type: 'boolean' } },
  });
  const office = compiledOrReported(rulesDirectory());
  if (office === null) return 1;
  const { rules } = office;
  const text = positionals[0] ?? (await readAll(process.stdin)).trimEnd();
  const input: ClassifyInput = {
    channel: values.phone === true ? 'phone' : 'email',
    ...(values.subject === undefined ? {} : { subject: values.subject }),
    text,
  };
  const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? colours : plain;
  process.stdout.write(explainVerdict(rules, input, classify(rules, input), paint));
  return 0;
}

/** null: called with something else than it takes. */
export async function replayFiles(args: readonly string[]): Promise<number | null> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { last: { type: 'string', default: '1000' } },
  });
  const [directory] = positionals;
  const last = Number(values.last);
  if (directory === undefined || !Number.isInteger(last) || last < 1) {
    return null;
  }
  const after = compiledOrReported(directory);
  if (after === null) return 1;
  return withHouse('rules', async ({ database, rules }) => {
    const before = rules.current();
    const changes: ReplayChange[] = [];
    let texts = 0;
    for await (const { id, ...input } of pastTexts(database.db, last)) {
      texts += 1;
      const change = replayText(before.rules, after.rules, id, {
        ...input,
        subject: input.subject === '' ? undefined : input.subject,
      });
      if (change !== null) changes.push(change);
    }
    process.stdout.write(replayReport(before, after, texts, changes));
    return 0;
  });
}

function replayReport(
  before: OfficeRules,
  after: OfficeRules,
  texts: number,
  changes: readonly ReplayChange[],
): string {
  const moves = countMoves(changes).map(moveLine);
  const each = changes.map(
    ({ id, fields }) => `  item ${id}: ${fields.map((one) => `${one.field} ${one.before} -> ${one.after}`).join('; ')}`,
  );
  return [
    `${texts} texts under ${before.version.slice(0, 12)} (in force) and ${after.version.slice(0, 12)}: ${changes.length} would change`,
    ...(moves.length === 0 ? [] : ['', ' texts  what', ...moves, '', ...each]),
    '',
  ].join('\n');
}

/** One line of a table of moves. */
export function moveLine(move: ReturnType<typeof countMoves>[number]): string {
  return `${String(move.texts).padStart(6)}  ${move.field.padEnd(9)} ${move.before} -> ${move.after}`;
}

function printTests(report: RuleTestReport): number {
  for (const { rule, file, expected, text } of report.failed) {
    process.stdout.write(`rules/${file}: ${rule} should ${expected}: ${text}\n`);
  }
  for (const { rule, text } of report.baseline)
    process.stdout.write(`${rule} fired on a neutral text: ${text.slice(0, 80)}\n`);
  for (const concept of report.uncoveredConcepts) process.stdout.write(`no example contains: ${concept}\n`);
  const { rulesTested, examplesTested, baselineTested } = report;
  process.stdout.write(
    `${rulesTested} rules, ${examplesTested} examples, ${baselineTested} neutral texts: ${report.ok ? 'all as they say' : 'NOT all as they say'}\n`,
  );
  return report.ok ? 0 : 1;
}
