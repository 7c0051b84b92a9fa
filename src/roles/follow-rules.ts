import { randomUUID } from 'node:crypto';
import { installRules } from '../casework/change-rules.ts';
import { rulesDirectory, shippedRules, type House } from '../compose.ts';
import { compileOfficeRules, type OfficeRules } from '../office-rules.ts';
import { readRuleFiles } from '../intake/read-rule-files.ts';
import { Fault } from '../platform/fault.ts';
import { startLoop } from '../queue/sweep-loop.ts';
import { versionOf } from '../rules/compile-rules.ts';
import { listen } from '../store/listen.ts';
import { forgetFollower, noteFollower } from '../store/rule-followers.ts';
import { readFiles, readInForce, transactRules } from '../store/rule-versions.ts';

type Parts = Pick<House, 'database' | 'log' | 'rules' | 'shutdown'>;

/** A change is announced; whoever missed that sees it this much later. */
const LOOK_EVERY_MS = 30_000;

/**
 * Keeps this process at the version in force, from now until the shutdown: a change takes effect without a restart, and what
 * does not check here never does.
 */
export async function followRules(house: Parts): Promise<void> {
  await installShippedRules(house);
  const process = randomUUID();
  await takeInForce(house);
  const { database, shutdown, log } = house;
  const loop = startLoop({
    everyMs: LOOK_EVERY_MS,
    signal: shutdown.signal,
    onError: (error) => log.warn({ err: error }, 'the version of the rules in force could not be read'),
    async run() {
      await takeInForce(house);
      const { current, refused } = house.rules;
      const version = current().version;
      await noteFollower(database.db, process, {
        version,
        refused: refused?.version ?? null,
        problems: refused?.problems ?? 0,
      });
    },
  });
  const heard = listen(database, 'shouli_rules', shutdown.signal, { onNotice: loop.kick, onListening: loop.kick });
  shutdown.add('rules in force', async () => {
    await Promise.all([loop.done, heard]);
    await forgetFollower(database.db, process).catch(() => undefined); // it is forgotten in three minutes
  });
}

/** Takes the files beside the program into the database. Files that are missing or wrong change nothing, loudly. */
export async function installShippedRules(
  house: Pick<Parts, 'database' | 'log' | 'rules'>,
  directory = rulesDirectory(),
): Promise<void> {
  const shipped = readShipped(house, directory);
  if (shipped === null) return;
  const { version, files } = shipped;
  const where = await installRules((work) => transactRules(house.database, work), version, files);
  if (where === 'waiting')
    house.log.info({ version }, 'the rule files beside the program wait for approval: others are in force');
  else if (house.rules.current().version !== version) house.rules.take(shipped);
}

function readShipped({ log, rules }: Pick<Parts, 'log' | 'rules'>, directory: string): OfficeRules | null {
  try {
    // Compiling takes a second of start-up; what is in force already was compiled from the same bytes.
    const current = rules.current();
    return versionOf(readRuleFiles(directory)) === current.version ? current : shippedRules(directory);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    log.error(
      { err: error },
      'the rule files beside the program are not used: `npm run rules -- check` names every problem',
    );
    return null;
  }
}

/** Takes what is in force, or keeps what there is when this program does not accept it. */
export async function takeInForce({ database, log, rules }: Pick<Parts, 'database' | 'log' | 'rules'>): Promise<void> {
  const inForce = await readInForce(database.db);
  if (inForce === null || inForce.version === rules.current().version) {
    rules.refused = null;
    return;
  }
  const { version } = inForce;
  if (rules.refused?.version === version) return;
  const compiled = compileOfficeRules((await readFiles(database.db, version)) ?? []);
  // What was stored under this name and has other contents is not what was approved.
  if (compiled.kind === 'invalid' || compiled.office.version !== version) {
    rules.refused = { version, problems: compiled.kind === 'invalid' ? compiled.problems.length : 0 };
    log.error(rules.refused, 'the version of the rules in force does not check here: the last good one stays');
    return;
  }
  rules.take(compiled.office);
  rules.refused = null;
  log.info({ version, how: inForce.how }, 'other rules are in force');
}
