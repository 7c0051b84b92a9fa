import { importRegisterRows, pastClocks, rowFates, type RowFate } from '../casework/import-register.ts';
import type { House } from '../compose.ts';
import type { RegisterEntry } from '../intake/map-register.ts';
import { unitWords } from '../intake/register-units.ts';
import { systemClock } from '../platform/clock.ts';
import { systemRandom } from '../platform/random.ts';
import { classify } from '../rules/classify.ts';
import { denyClosure } from '../rules/deny.ts';
import { knownRows } from '../store/register-rows.ts';
import { installShippedRules } from './follow-rules.ts';

/** Rows in one transaction: few enough that the journal's head is never held for long. */
const BATCH = 100;

/** Takes the rows of a register by the rules in force. `file`: its name, for display. */
export async function openRegisterImporter(house: House, file: string) {
  await installShippedRules(house);
  const { rules, version } = house.rules.current();
  const { store, timing, sealer, database } = house;
  const dependencies = {
    transact: store.register,
    timing,
    sealer,
    clock: systemClock,
    random: systemRandom,
    file,
    denyClosure: (units: readonly string[]) => denyClosure(rules, units),
    classify: ({ channel, subject, text }: RegisterEntry) => ({
      verdict: classify(rules, { channel, subject, text }),
      rulesVersion: version,
    }),
  };
  return {
    units: unitWords(rules.units),
    /** Writes nothing. */
    async foresee(entries: readonly RegisterEntry[]): Promise<readonly RowFate[]> {
      const keys = entries.map(({ key }) => key);
      return rowFates(entries, await knownRows(database.db, keys));
    },
    /** Killed at any moment, it has taken whole batches, and going on takes the others. */
    async take(entries: readonly RegisterEntry[]): Promise<readonly RowFate[]> {
      const fates: RowFate[] = [];
      for (let from = 0; from < entries.length && !house.shutdown.signal.aborted; from += BATCH)
        fates.push(...(await importRegisterRows(dependencies, entries.slice(from, from + BATCH))));
      return fates;
    },
    isPast: (entry: RegisterEntry): boolean => pastClocks(timing, entry, systemClock.now()).length > 0,
  };
}
