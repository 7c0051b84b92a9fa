import type { Command } from './command.ts';
import type { House } from '../compose.ts';
import { ROLES, type Role } from '../domain/vocabulary.ts';
import { createUser, findUsers, issueToken, moveUser } from '../store/accounts.ts';
import { withHouse } from './open-for-command.ts';

const USAGE = `usage: shouli user NAME ROLE [UNIT]
  creates a user and prints his token, once. Roles: ${ROLES.filter((role) => role !== 'system').join(', ')}.
  UNIT is an id of rules/units.yaml: a case that accuses it is hidden from him.
usage: shouli user unit NAME-OR-NUMBER UNIT|none
  moves a user into a unit, or out of any
`;

export const command: Command = {
  async run(args) {
    if (args[0] === 'unit' && !isRole(args[1])) return changeUnit(args.slice(1));
    const [name, role, unit, ...more] = args;
    if (name === undefined || name.trim() === '' || !isRole(role) || more.length > 0) return usage();
    return withHouse('user', async (house) => {
      if (unit !== undefined && !isUnit(house, unit)) return noSuchUnit(unit);
      const { db } = house.database;
      const id = await createUser(db, name.trim(), role, unit ?? null);
      process.stdout.write(`${await issueToken(db, id, 'first')}\n`);
      return 0;
    });
  },
};

async function changeUnit([who, unit, ...more]: readonly string[]): Promise<number> {
  if (who === undefined || unit === undefined || more.length > 0) return usage();
  return withHouse('user', async (house) => {
    if (unit !== 'none' && !isUnit(house, unit)) return noSuchUnit(unit);
    const [user, other] = await findUsers(house.database.db, who);
    if (user === undefined || other !== undefined) {
      process.stderr.write(
        user === undefined ? `nobody is called ${who}\n` : `several are called ${who}: say which number\n`,
      );
      return 1;
    }
    await house.database.transact((tx) => moveUser(tx, user.userId, unit === 'none' ? null : unit));
    process.stdout.write(`${who}: ${unit}\n`);
    return 0;
  });
}

function usage(): number {
  process.stderr.write(USAGE);
  return 2;
}

function noSuchUnit(unit: string): number {
  process.stderr.write(`no unit of the rules has the id ${unit}\n`);
  return 1;
}

function isUnit({ rules }: House, id: string): boolean {
  return rules.current().rules.units.some((unit) => unit.id === id);
}

function isRole(text: string | undefined): text is Role {
  return text !== 'system' && (ROLES as readonly (string | undefined)[]).includes(text);
}
