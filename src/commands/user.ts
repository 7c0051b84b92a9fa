import type { Command } from './command.ts';
import { ROLES, type Role } from '../domain/vocabulary.ts';
import { createUser, issueToken } from '../store/accounts.ts';
import { withHouse } from './open-for-command.ts';

const USAGE = `usage: shouli user NAME ROLE
  creates a user and prints his token, once. Roles: ${ROLES.filter((role) => role !== 'system').join(', ')}
`;

export const command: Command = {
  async run([name, role]) {
    if (name === undefined || name.trim() === '' || !isRole(role)) {
      process.stderr.write(USAGE);
      return 2;
    }
    const token = await withHouse('user', async ({ database }) =>
      issueToken(database.db, await createUser(database.db, name.trim(), role), 'first'),
    );
    process.stdout.write(`${token}\n`);
    return 0;
  },
};

function isRole(text: string | undefined): text is Role {
  return text !== 'system' && (ROLES as readonly (string | undefined)[]).includes(text);
}
