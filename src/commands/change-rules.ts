import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import type { RuleOutcome, RuleRefusal } from '../casework/rule-records.ts';
import type { House } from '../compose.ts';
import type { Viewer } from '../domain/vocabulary.ts';
import { readRuleFiles } from '../intake/read-rule-files.ts';
import { Fault } from '../platform/fault.ts';
import { ruleFunctions } from '../roles/rule-office.ts';
import type { ShadowReport } from '../rules/shadow-report.ts';
import { findUsers } from '../store/accounts.ts';
import { findVersions, readFiles } from '../store/rule-versions.ts';
import { colours, plain } from './explain-verdict.ts';
import { withHouse } from './open-for-command.ts';
import { moveLine, printProblems } from './try-rule-files.ts';

type Verb = (args: readonly string[]) => Promise<number | null>;
type Asked = { readonly house: House; readonly viewer: Viewer; readonly why: string; readonly first: string | null };

const REFUSALS: Readonly<Record<RuleRefusal, string>> = {
  role: 'this role may not do that',
  unknown: 'there is no such version',
  'same-person': 'who proposed a version cannot approve it: ask a colleague',
  'judged-already': 'it was approved or rejected before',
  'not-approved': 'nobody has approved it yet',
  'in-force': 'it is in force, or somebody was faster',
  'nothing-before': 'there is nothing to go back to',
  'check-failed': 'this program does not accept its files',
  'units-in-use': 'units that hold open cases would be gone: assign those cases to others first',
};

/** The verbs that ask the service to change something, and those that look at it. */
export const changeVerbs: Readonly<Record<string, Verb>> = {
  propose: acting(propose),
  approve: acting(async ({ house, viewer, why, first }) =>
    printOutcome('approved', await ruleFunctions(house).approveRules(viewer, await wholeVersion(house, first), why)),
  ),
  reject: acting(async ({ house, viewer, why, first }) =>
    printOutcome('rejected', await ruleFunctions(house).rejectRules(viewer, await wholeVersion(house, first), why)),
  ),
  activate: acting(async ({ house, viewer, why, first }) =>
    printOutcome('in force', await ruleFunctions(house).activateRules(viewer, await wholeVersion(house, first), why)),
  ),
  rollback: acting(async ({ house, viewer, why }) =>
    printOutcome('in force again', await ruleFunctions(house).rollBackRules(viewer, why)),
  ),
  shadow,
  proposals: () => withHouse('rules', printProposals),
  export: ([beginning, directory]) =>
    directory === undefined
      ? Promise.resolve(null)
      : withHouse('rules', (house) => exportFiles(house, beginning ?? null, directory)),
  history: () => withHouse('rules', printHistory),
};

/** A verb that is done by somebody, for a reason. Answers null when one of the two is missing. */
function acting(act: (asked: Asked) => Promise<number | null>, needsWhy = true): Verb {
  return (args) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { as: { type: 'string' }, why: { type: 'string' } },
    });
    const { as: name, why = '' } = values;
    if (name === undefined || (needsWhy && why.trim() === '')) return Promise.resolve(null);
    return withHouse('rules', async (house) =>
      act({ house, viewer: await whoIs(house, name), why: why.trim(), first: positionals[0] ?? null }),
    );
  };
}

async function whoIs({ database }: House, name: string): Promise<Viewer> {
  const [viewer, another] = await findUsers(database.db, name);
  if (viewer === undefined) throw new Fault('input.invalid', 'There is no such user: `npm run -s user` makes one.');
  if (another !== undefined) throw new Fault('input.invalid', 'Several users have this name: give the number instead.');
  return viewer;
}

/** A version may be shortened, as git does it. */
async function wholeVersion({ database }: House, beginning: string | null): Promise<string> {
  if (beginning === null || !/^[0-9a-f]{6,64}$/u.test(beginning))
    throw new Fault(
      'input.invalid',
      'Name a version by its first six characters or more: `rules proposals` lists them.',
    );
  const [version = beginning, another] = await findVersions(database.db, beginning);
  if (another !== undefined) throw new Fault('input.invalid', 'Several versions begin so: give more of it.');
  return version;
}

const short = (version: string): string => version.slice(0, 12);
const print = (...lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n`);

async function propose({ house, viewer, why, first }: Asked): Promise<number | null> {
  if (first === null) return null;
  const outcome = await ruleFunctions(house).proposeRules(viewer, readRuleFiles(first), why);
  switch (outcome.kind) {
    case 'proposed':
      print(
        `proposed ${short(outcome.version)}: ${outcome.examples} examples do as they say`,
        'now somebody else: rules approve',
      );
      return 0;
    case 'known':
      print(`${short(outcome.version)} is here already, ${outcome.state}`);
      return 1;
    case 'invalid':
      printProblems(outcome.problems);
      return 1;
    case 'refused':
      return printOutcome('', outcome);
  }
}

function printOutcome(done: string, outcome: RuleOutcome): number {
  if (outcome.kind === 'done') {
    print(`${short(outcome.version)} ${done}`);
    return 0;
  }
  print(`refused: ${REFUSALS[outcome.reason]}${outcome.units === undefined ? '' : ` (${outcome.units.join(' ')})`}`);
  return 1;
}

async function shadow(args: readonly string[]): Promise<number | null> {
  if (args[0] === '--report') return withHouse('rules', printShadow);
  return acting(async ({ house, viewer, first }) => {
    const version = first === 'off' ? null : await wholeVersion(house, first);
    return printOutcome(
      version === null ? 'no shadow any more' : 'runs as a shadow',
      await ruleFunctions(house).shadowRules(viewer, version),
    );
  }, false)(args);
}

async function printShadow(house: House): Promise<number> {
  const running = await ruleFunctions(house).readShadowReport();
  if (running === null) {
    print('no shadow is running');
    return 1;
  }
  print(`shadow ${short(running.version)} since ${running.since.toISOString()}`, ...shadowLines(running.report));
  return 0;
}

/** What would let a unit see a case that accuses it comes first, and in red. */
function shadowLines({ items, changed, lostDenials, moves, changes }: ShadowReport): readonly string[] {
  const paint = process.stdout.isTTY && process.env['NO_COLOR'] === undefined ? colours : plain;
  return [
    ...lostDenials.map(({ itemId, units }) =>
      paint('alarm', `item ${itemId} would no longer be kept from ${units.join(' ')}`),
    ),
    `${items} texts: ${changed} would be judged otherwise`,
    ...(moves.length === 0 ? [] : ['', ' texts  what', ...moves.map(moveLine), '']),
    ...changes.map(
      ({ id, fields }) =>
        `  item ${id}: ${fields.map((one) => `${one.field} ${one.before} -> ${one.after}`).join('; ')}`,
    ),
  ];
}

async function printProposals(house: House): Promise<number> {
  for (const one of await ruleFunctions(house).listRuleVersions()) {
    print(
      `${short(one.version)}  ${one.state.padEnd(8)}  ${one.proposedAt.toISOString()}  ${one.proposedByName}: ${one.why}`,
    );
    if (one.judgedByName !== null)
      print(`${' '.repeat(14)}${one.state} by ${one.judgedByName}: ${one.judgement ?? ''}`);
  }
  return 0;
}

/** Into a folder that is not there yet: to compare, to try on past texts, or to begin the next change from. */
async function exportFiles(house: House, beginning: string | null, directory: string): Promise<number> {
  const version = await wholeVersion(house, beginning);
  const files = await readFiles(house.database.db, version);
  if (files === null) return printOutcome('', { kind: 'refused', reason: 'unknown' });
  await mkdir(directory); // refused by the system when it is there: nothing is written over
  for (const { path, text } of files) {
    const place = join(directory, path);
    if (relative(directory, place).startsWith('..'))
      throw new Fault('rules.invalid', 'A file of this version lies outside of it.');
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, text);
  }
  print(`${files.length} files of ${short(version)} are in ${directory}`);
  return 0;
}

async function printHistory(house: House): Promise<number> {
  const { history, here, shadow: tried, followers } = await ruleFunctions(house).readRules();
  for (const { version, how, byName, reason, at } of history)
    print(`${short(version)}  ${how.padEnd(11)}  ${at.toISOString()}  ${byName}: ${reason}`);
  if (here.refused !== null)
    print(`this program does not accept ${short(here.refused)} and works by ${short(here.version)}`);
  if (tried !== null) print(`beside it ${short(tried.version)} runs as a shadow since ${tried.since.toISOString()}`);
  print(
    `${followers.all} processes judge${followers.refusing === 0 ? '' : `, ${followers.refusing} by an older version`}`,
  );
  return 0;
}
