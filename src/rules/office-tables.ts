import type { z } from 'zod';
import { createCalendar, type Calendar } from '../domain/calendar.ts';
import { checkCalendar } from '../domain/check-calendar.ts';
import { checkClocks } from '../domain/check-clocks.ts';
import { checkLadders } from '../domain/check-ladders.ts';
import { checkLocalDays, withLocalDays } from '../domain/local-calendar.ts';
import type { Clocks } from '../domain/deadlines.ts';
import type { Ladders } from '../domain/ladder.ts';
import type { Checked } from '../domain/plain-data.ts';
import { callScriptFile, type CallScript } from './call-script.ts';
import { readYaml } from './read-yaml.ts';
import { validate } from './rule-files.ts';
import type { RuleFile, RuleProblem } from './rule-problem.ts';
import { calendarFile, clocksFile, laddersFile, localCalendarFile } from './time-file-schemas.ts';

/** What stands beside the rules: time, and what operators say. */
export type OfficeTables = {
  readonly timing: { readonly calendar: Calendar; readonly clocks: Clocks; readonly ladders: Ladders };
  readonly script: CallScript;
};

/** A file of the root folder in the shape of `schema`, or null with its problems noted. */
export function readTable<T>(
  name: string,
  schema: z.ZodType<T>,
  files: readonly RuleFile[],
  problems: RuleProblem[],
  check: (data: T) => readonly { readonly path: readonly PropertyKey[]; readonly message: string }[] = () => [],
): T | null {
  const source = files.find(({ path }) => path === name || path === `rules/${name}`);
  if (source === undefined) {
    problems.push({
      file: name,
      line: 1,
      column: 1,
      message: 'file is missing',
      hint: 'restore it from the last version',
    });
    return null;
  }
  const read = readYaml(source);
  if (read.kind === 'invalid') {
    problems.push(...read.problems);
    return null;
  }
  const loaded = validate(read.file, schema, problems);
  if (loaded === null) return null;
  const found = check(loaded.data).map(({ path, message }) =>
    read.file.problemAt(path, message, 'docs/rules.md describes each file'),
  );
  problems.push(...found);
  return found.length === 0 ? loaded.data : null;
}

/** "years[3].holidays[0].from:text", as the domain's checks say it. */
function placed(problem: string): { path: PropertyKey[]; message: string } {
  const at = problem.slice(0, problem.indexOf(':'));
  return {
    path: [...at.matchAll(/[^.[\]]+/gu)].map(([key]) => (/^\d{1,3}$/u.test(key) ? Number(key) : key)),
    message: problem,
  };
}

function readChecked<T>(
  name: string,
  schema: z.ZodType,
  check: (data: unknown) => Checked<T>,
  files: readonly RuleFile[],
  problems: RuleProblem[],
): T | null {
  let value: T | null = null;
  readTable(name, schema, files, problems, (data) => {
    const checked = check(data);
    if (checked.kind === 'invalid') return checked.problems.map(placed);
    ({ value } = checked);
    return [];
  });
  return value;
}

/** Null when something is missing or wrong, with every problem noted. */
export function compileTables(files: readonly RuleFile[], problems: RuleProblem[]): OfficeTables | null {
  const years = readChecked('calendar.yaml', calendarFile, checkCalendar, files, problems);
  const local = readChecked('calendar-local.yaml', localCalendarFile, checkLocalDays, files, problems);
  const clocks = readChecked('clocks.yaml', clocksFile, checkClocks, files, problems);
  const ladders = readChecked('ladders.yaml', laddersFile, checkLadders, files, problems);
  const script = readTable('call-script.yaml', callScriptFile, files, problems);
  if (years === null || local === null || clocks === null || ladders === null || script === null) return null;
  return { timing: { calendar: withLocalDays(createCalendar(years), local), clocks, ladders }, script };
}
