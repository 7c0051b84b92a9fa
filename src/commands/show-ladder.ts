import { parseArgs } from 'node:util';
import type { Timing } from '../casework/case-change.ts';
import {
  forecastDeadlines,
  replayDeadlines,
  type ForecastLine,
  type ReplayLine,
  type ReplayReport,
} from '../casework/forecast-deadlines.ts';
import type { House } from '../compose.ts';
import { type CalendarDate, endOfDay, isCalendarDate, plusDays } from '../domain/calendar-date.ts';
import { STEP_EFFECTS } from '../domain/forecast-ladder.ts';
import { LADDER_STEP_NAMES, SKIP_REASONS } from '../domain/ladder.ts';
import { groupDigits } from '../domain/spoken-digits.ts';
import { databaseNow } from '../store/deadlines.ts';
import { allRunningClocks, clocksThatRan } from '../store/forecast-clocks.ts';
import { withHouse } from './open-for-command.ts';
import { shownWidth } from './shown-width.ts';
import { compiledOrReported } from './try-rule-files.ts';

const PAGE = 1_000;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

type Asked = {
  readonly days: number;
  readonly rules: string | null;
  /** null: look ahead. */
  readonly past: { readonly since: CalendarDate; readonly until: CalendarDate | null } | null;
};

/** What the ladders will do, or would have done. Writes nothing. null: called with something else than it takes. */
export async function showLadder(args: readonly string[]): Promise<number | null> {
  const asked = readArguments(args);
  if (asked === null) return null;
  const office = asked.rules === null ? null : compiledOrReported(asked.rules);
  if (office === null && asked.rules !== null) return 1;
  return withHouse('rules', async (house) => {
    const timing = office?.timing ?? house.timing;
    const which = office === null ? 'the rules in force' : `version ${office.version.slice(0, 12)}`;
    const now = await databaseNow(house.database.db);
    if (asked.past === null) await printForecast(house, timing, which, { now, days: asked.days });
    else await printReplay(house, timing, which, period(asked.past, now));
    return 0;
  });
}

function readArguments(args: readonly string[]): Asked | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      days: { type: 'string' },
      rules: { type: 'string' },
      since: { type: 'string' },
      until: { type: 'string' },
    },
  });
  const { days, rules = null, since, until } = values;
  const ahead = Number(days ?? '14');
  if (positionals.length > 0 || !Number.isInteger(ahead) || ahead < 1 || ahead > MOST_DAYS) return null;
  const past = pastOf(since, until);
  const both = past !== null && days !== undefined;
  return past === 'wrong' || both ? null : { days: ahead, rules, past };
}

function pastOf(since: string | undefined, until: string | undefined): Asked['past'] | 'wrong' {
  if (since === undefined) return until === undefined ? null : 'wrong';
  if (!isCalendarDate(since)) return 'wrong';
  if (until === undefined) return { since, until: null };
  return isCalendarDate(until) ? { since, until } : 'wrong';
}

/** Whole days in Asia/Shanghai, the last one as far as it has come. */
function period({ since, until }: NonNullable<Asked['past']>, now: Date): { from: Date; until: Date } {
  const end = until === null ? now : endOfDay(until);
  return { from: endOfDay(plusDays(since, -1)), until: end.getTime() < now.getTime() ? end : now };
}

async function printForecast(
  { database }: House,
  timing: Timing,
  which: string,
  { now, days }: { readonly now: Date; readonly days: number },
): Promise<void> {
  const until = new Date(now.getTime() + days * DAY_MS);
  const lines: ForecastLine[] = [];
  for await (const clocks of allRunningClocks(database.db, PAGE))
    lines.push(...forecastDeadlines(timing, clocks, { now, until }));
  const sorted = lines.toSorted((a, b) => a.firesAt.getTime() - b.firesAt.getTime());
  const rows = sorted.map((line) => [
    instant(line.firesAt),
    caseShown(line),
    timing.clocks[line.kind].name,
    `${LADDER_STEP_NAMES[line.step]}${line.late ? '（补）' : ''}`,
    dueShown(line),
    [STEP_EFFECTS[line.effect], ...line.skipped.map(skipShown)].join('；'),
  ]);
  print(
    `${lines.length} steps until ${instant(until)} under ${which}, if nobody touches the cases`,
    ...table(['时间', '编号', '时限', '步骤', '到期（顺延前）', '结果'], rows),
  );
}

async function printReplay(
  { database }: House,
  timing: Timing,
  which: string,
  span: { readonly from: Date; readonly until: Date },
): Promise<void> {
  const lines: ReplayLine[] = [];
  const skipped: ReplayReport['skipped'][number][] = [];
  for await (const clocks of clocksThatRan(database.db, span, PAGE)) {
    const report = replayDeadlines(timing, clocks, span);
    lines.push(...report.lines);
    skipped.push(...report.skipped);
  }
  const would = lines.filter((line) => line.would !== null).length;
  const was = lines.filter((line) => line.was !== null).length;
  const rows = lines.map((line) => [
    line.would === null ? '—' : instant(line.would.firesAt),
    line.was === null ? '—' : instant(line.was),
    caseShown(line),
    timing.clocks[line.kind].name,
    LADDER_STEP_NAMES[line.step],
    dueShown(line),
    line.would === null ? '' : STEP_EFFECTS[line.would.effect],
  ]);
  print(
    `${instant(span.from)} to ${instant(span.until)}: ${was} steps were taken, ${would} would have been under ${which}`,
    ...table(['按该规则', '实际', '编号', '时限', '步骤', '到期（顺延前）', '结果'], rows),
    ...skipped.map((one) => `${caseShown(one)} ${timing.clocks[one.kind].name}: ${skipShown(one)}`),
  );
}

const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

const FORMAT = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' });
const instant = (at: Date): string => FORMAT.format(at);

const caseShown = ({ caseId, caseNumber }: { readonly caseId: number; readonly caseNumber: string | null }): string =>
  caseNumber === null ? `(${caseId})` : groupDigits(caseNumber, 3);

/** The bare end only where a rest day moved it. */
function dueShown({ dueRaw, dueAt }: { readonly dueRaw: Date; readonly dueAt: Date }): string {
  return dueRaw.getTime() === dueAt.getTime() ? instant(dueAt) : `${instant(dueAt)}（${instant(dueRaw)}）`;
}

const skipShown = ({ step, at, reason }: ReplayReport['skipped'][number] | ForecastLine['skipped'][number]): string =>
  `${LADDER_STEP_NAMES[step]} ${instant(at)} ${SKIP_REASONS[reason]}`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => shownWidth(row[column] ?? ''))));
  const pad = (text: string, column: number): string => text + ' '.repeat((widths[column] ?? 0) - shownWidth(text));
  return all.map((row) => row.map(pad).join('  ').trimEnd());
}
