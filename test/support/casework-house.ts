import pg from 'pg';
import type { AcknowledgeContext } from '../../src/casework/acknowledge.ts';
import type { ReceiveDependencies } from '../../src/casework/receive.ts';
import type { SettleContext } from '../../src/casework/settle-port.ts';
import type { Role, Viewer } from '../../src/domain/vocabulary.ts';
import { createLetterWriter } from '../../src/letters/compose-letter.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { createSealer } from '../../src/platform/sealing.ts';
import { createUser } from '../../src/store/accounts.ts';
import { createCaseworkStore } from '../../src/store/casework-store.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createTestDatabase } from './database.ts';
import { shippedOffice } from './shipped-office.ts';

export const OFFICE = 'xiaoneng@office.example';
export const OFFICE_DOMAIN = 'office.example';
/** A mail domain that belongs to a unit of the registry. */
export const UNIT_DOMAIN = 'unit.example';

export type CaseworkHouse = Awaited<ReturnType<typeof openCasework>>;

/** The use cases on a real PostgreSQL, with the real letters, clocks and seals; only the readers' answers are given. */
export async function openCasework(given?: { readonly url: string; readonly adminUrl: string }) {
  const test = given === undefined ? await createTestDatabase() : { ...given, drop: () => Promise.resolve() };
  const database = openDatabase(test.url, { max: 24, applicationName: 'shouli-test' });
  const admin = new pg.Pool({ connectionString: test.adminUrl, max: 4 });
  admin.on('error', () => undefined); // the database is dropped under it
  const store = createCaseworkStore(database);
  const sealer = createSealer(Buffer.alloc(32, 7));
  const timing = shippedOffice().timing;
  const acknowledge = acknowledgeContext(sealer);
  const receive: ReceiveDependencies = {
    transact: store.receive,
    opening: { timing, clock: systemClock, random: systemRandom },
    sealer,
    observe: () => undefined,
  };
  const settle: SettleContext = {
    transact: store.settle,
    timing,
    clock: systemClock,
    sealer,
    acknowledge,
    ownAddresses: [OFFICE],
    ownDomains: [OFFICE_DOMAIN],
    ownedByUnit: (domain) => domain === UNIT_DOMAIN,
    observe: () => undefined,
  };
  return {
    url: test.url,
    database,
    store,
    sealer,
    timing,
    acknowledge,
    receive,
    settle,
    /** As the superuser: to set the scene, and to do what nobody of ours may do. */
    sql: async (text: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> => {
      const { rows } = await admin.query<Record<string, unknown>>(text, [...values]);
      return rows;
    },
    officer: async (role: Role): Promise<Viewer> => ({
      userId: await createUser(database.db, `岗位 ${role}`, role),
      role,
    }),
    async close(): Promise<void> {
      await admin.end();
      await database.close();
      await test.drop();
    },
  };
}

function acknowledgeContext(sealer: AcknowledgeContext['sealer']): AcknowledgeContext {
  return {
    sealer,
    random: systemRandom,
    writer: createLetterWriter({ templates: shippedOffice().templates, officeAddress: OFFICE }),
    domain: OFFICE_DOMAIN,
    tokenKey: sealer.mac('letter-tokens', 'key'),
  };
}

/** One number out of one row, for counting. */
export async function countOf(house: CaseworkHouse, from: string, values: readonly unknown[] = []): Promise<number> {
  const [row] = await house.sql(`select count(*)::int as n from ${from}`, values);
  return Number(row?.['n']);
}

/** How many clocks of a kind run for a case. */
export function armed(house: CaseworkHouse, caseId: number, kind: string): Promise<number> {
  return countOf(house, `deadlines where case_id = $1 and kind = $2 and state = 'armed'`, [caseId, kind]);
}
