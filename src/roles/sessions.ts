import type { House } from '../compose.ts';
import type { HttpDependencies } from '../http/dependencies.ts';
import { userUnit } from '../store/accounts.ts';
import { endSession, openSession, readSession, sessionName, userName } from '../store/sessions.ts';
import type { ChangeHub } from './change-hub.ts';

type SessionFunctions = Pick<
  HttpDependencies,
  'openSession' | 'readSession' | 'endSession' | 'userName' | 'userUnit' | 'subscribe'
>;

/** What the API asks about people at the desk. */
export function sessionFunctions(
  { database: { db } }: Pick<House, 'database'>,
  hub: ChangeHub,
  idleMinutes: number,
): SessionFunctions {
  return {
    openSession: (token) => openSession(db, token, idleMinutes),
    readSession: (secret, touched) => readSession(db, secret, { idleMinutes, touched }),
    endSession: (secret) => endSession(db, secret),
    userName: ({ userId }) => userName(db, userId),
    userUnit: ({ userId }) => userUnit(db, userId),
    subscribe: ({ secret, ...listener }) =>
      hub.subscribe({ ...listener, session: secret === null ? null : sessionName(secret) }),
  };
}
