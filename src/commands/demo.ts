import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openHouse, type House } from '../compose.ts';
import { feedCalls, feedMails, feedTranscripts, type Doors, type Fed } from '../demo/feed.ts';
import { describe, differences } from '../demo/judge.ts';
import { readManifest } from '../demo/manifest.ts';
import type { Disposition } from '../domain/vocabulary.ts';
import { createLogger } from '../platform/logger.ts';
import { readConfig } from '../platform/read-config.ts';
import { closeOnSignals, createShutdown } from '../platform/shutdown.ts';
import { startApi } from '../roles/api-role.ts';
import { diagnose } from '../roles/diagnose.ts';
import { ROLES, runRoles } from '../roles/run-roles.ts';
import { OFFICE_USER, issueToken } from '../store/accounts.ts';
import { countAcknowledgements } from '../store/demo-items.ts';
import type { Command } from './command.ts';

export const command: Command = {
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { keep: { type: 'boolean' } } });
    const keep = values.keep === true;
    const folder = await mkdtemp(join(tmpdir(), 'shouli-demo-'));
    await chmod(folder, 0o711); // run as root, the embedded database has a user of its own
    const config = readConfig(demoEnvironment(folder, keep));
    const log = createLogger({ level: config.logLevel === 'info' ? 'warn' : config.logLevel, name: 'demo' });
    const shutdown = createShutdown(log);
    shutdown.add('demo folder', () => rm(folder, { recursive: true, force: true }));
    closeOnSignals(shutdown, log);
    const house = await openHouse(config, { log, shutdown, connections: 12 });
    const running = await runRoles(house, ROLES);
    const { address } = await startApi(house, running);
    const token = await issueToken(house.database.db, OFFICE_USER, 'demo');
    const doors = { house, smtpPort: running.servers.sandbox?.port ?? 0, address, token };
    const fed = await feedEverything(doors);
    await lettersAtRest(house);
    const { line, holds } = await sumUp(house, fed, (await diagnose(house, running.queue, 0)).problems);
    process.stdout.write(`${line}\n`);
    if (keep) {
      process.stdout.write(
        `\nstill up on ${address}, token ${token}; the desk is there too; Ctrl-C ends and forgets everything\n`,
      );
      return null;
    }
    await shutdown.close();
    return holds ? 0 : 1;
  },
};

/** A place of its own, whatever is configured: the demo never touches real mail or data. */
function demoEnvironment(folder: string, keep: boolean): Record<string, string | undefined> {
  const { LOG_LEVEL, HTTP_PORT, SANDBOX_SMTP_PORT } = process.env;
  return {
    LOG_LEVEL,
    DATA_DIR: folder,
    HTTP_PORT: keep ? HTTP_PORT : '0',
    SANDBOX_SMTP_PORT: keep ? SANDBOX_SMTP_PORT : '0',
  };
}

async function feedEverything(doors: Doors): Promise<Fed[]> {
  const { mails, calls, transcripts } = readManifest();
  const all: Fed[] = [];
  for (const feed of [feedMails(doors, mails), feedCalls(doors, calls), feedTranscripts(doors, transcripts)]) {
    for await (const one of feed) {
      const wrong = differences(one);
      process.stdout.write(`${describe(one)}${wrong.length === 0 ? '' : `\n${' '.repeat(11)}! ${wrong.join('; ')}`}\n`);
      all.push(one);
    }
  }
  return all;
}

async function lettersAtRest(house: House): Promise<void> {
  while ((await countAcknowledgements(house.database.db)).underway > 0) await sleep(100);
}

/** The law of the house, in one line: everything that went in has one place, and everybody was told or somebody must tell him. */
async function sumUp(
  house: House,
  fed: readonly Fed[],
  problems: readonly string[],
): Promise<{ line: string; holds: boolean }> {
  const items = fed.flatMap((one) => one.items);
  const count = (...dispositions: Disposition[]): number =>
    items.filter(({ disposition }) => dispositions.includes(disposition)).length;
  const mails = fed.filter(({ kind }) => kind === 'mail').length;
  const founding = fed
    .filter(({ kind }) => kind === 'mail')
    .flatMap((one) => one.items.filter(({ disposition }) => disposition === 'case' || disposition === 'quarantined'));
  const { sent } = await countAcknowledgements(house.database.db);
  const withheld = founding.length - sent;
  const sums = {
    cases: count('case'),
    followUps: count('follow-up'),
    automatic: count('automatic'),
    duplicates: count('duplicate'),
    person: count('quarantined', 'junk'),
  };
  const holds =
    problems.length === 0 &&
    items.length === fed.length &&
    Object.values(sums).reduce((sum, one) => sum + one, 0) === items.length &&
    founding.filter(({ ackSend }) => ackSend === true).length >= sent &&
    withheld >= 0;
  const asSaid = fed.filter((one) => differences(one).length === 0).length;
  const line = [
    `${asSaid} of ${fed.length} became what fixtures/demo.json says`,
    ...problems.map((problem) => `problem: ${problem}`),
    `demo: ${mails} mails, ${fed.length - mails} calls -> ${items.length} items: ${sums.cases} cases, ${sums.followUps} follow-ups, ` +
      `${sums.automatic} automatic, ${sums.duplicates} duplicates, ${sums.person} for a person; ${sent} acknowledgements sent, ` +
      `${withheld} withheld; ${holds ? 'sums hold' : 'SUMS DO NOT HOLD'}`,
  ].join('\n');
  return { line, holds };
}
