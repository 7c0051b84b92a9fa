import { openHouse } from '../compose.ts';
import { createLogger } from '../platform/logger.ts';
import { readConfig } from '../platform/read-config.ts';
import { closeOnSignals, createShutdown } from '../platform/shutdown.ts';
import { startApi } from '../roles/api-role.ts';
import { ROLES, runRoles } from '../roles/run-roles.ts';
import { hasTokens, issueToken, OFFICE_USER } from '../store/accounts.ts';
import type { Command } from './command.ts';

export const command: Command = {
  async run() {
    const config = readConfig();
    const log = createLogger({ level: config.logLevel, name: 'shouli' });
    const shutdown = createShutdown(log);
    closeOnSignals(shutdown, log);
    const house = await openHouse(config, { log, shutdown, connections: 12 });
    const running = await runRoles(house, ROLES);
    const { address } = await startApi(house, running);
    const token = (await hasTokens(house.database.db))
      ? null
      : await issueToken(house.database.db, OFFICE_USER, 'first start');
    process.stdout.write(
      welcome({ address, token, sandboxPort: running.servers.sandbox?.port ?? null, office: config.officeAddress }),
    );
    return null;
  },
};

function welcome(facts: { address: string; token: string | null; sandboxPort: number | null; office: string }): string {
  const { address, token, sandboxPort, office } = facts;
  const desk = address.replace('127.0.0.1', 'localhost');
  const lines = ['', `受理 is ready: open`, ''];
  // Behind # nothing is ever sent to a server or written into a log: the page takes it from there, once.
  lines.push(`  the desk           ${desk}/${token === null ? '' : `sign-in#token=${token}`}`);
  if (sandboxPort !== null) {
    lines.push(
      '',
      `  send a mail to     ${office}, by SMTP to 127.0.0.1 port ${sandboxPort} (no login), or from the page`,
      `  read the answers   ${desk}/sandbox`,
    );
  }
  lines.push(`  the API            ${desk}/api/openapi.json`);
  lines.push(
    token === null
      ? '  the token          was shown at the first start; `npm run -s user -- NAME ROLE` makes another'
      : `  the token          ${token}\n                     shown this once: it opens the desk, and programs send it as "Authorization: Bearer ..."`,
  );
  return `${lines.join('\n')}\n\n`;
}
