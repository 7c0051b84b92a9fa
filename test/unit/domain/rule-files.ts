import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Calendar, type CalendarYear, createCalendar } from '../../../src/domain/calendar.ts';
import { checkCalendar } from '../../../src/domain/check-calendar.ts';
import { checkClocks } from '../../../src/domain/check-clocks.ts';
import { checkLadders } from '../../../src/domain/check-ladders.ts';
import type { Clocks } from '../../../src/domain/deadlines.ts';
import type { Ladders } from '../../../src/domain/ladder.ts';
import type { Checked } from '../../../src/domain/plain-data.ts';

/** One of the files that the office edits, as parsed YAML. */
export function readRuleFile(name: string): unknown {
  return parse(readFileSync(join(import.meta.dirname, '../../../rules', name), 'utf8'));
}

function valid<T>(checked: Checked<T>): T {
  if (checked.kind === 'invalid') throw new Error(checked.problems.join('\n'));
  return checked.value;
}

export function officeYears(): readonly CalendarYear[] {
  return valid(checkCalendar(readRuleFile('calendar.yaml')));
}

export function officeCalendar(): Calendar {
  return createCalendar(officeYears());
}

export function officeClocks(): Clocks {
  return valid(checkClocks(readRuleFile('clocks.yaml')));
}

export function officeLadders(): Ladders {
  return valid(checkLadders(readRuleFile('ladders.yaml')));
}
