import { setTimeout as sleep } from 'node:timers/promises';
import { readWaitingItems } from '../casework/read-items.ts';
import type { House } from '../compose.ts';
import { readImported, type ImportedRow } from '../store/imported-items.ts';
import { identityContext } from '../casework/settle-mail.ts';
import { installShippedRules } from './follow-rules.ts';
import { openReaderPool, triageDependencies } from './triage-role.ts';

/** One item as the import prints it. */
export type ImportedItem = Omit<ImportedRow, 'identity'> & { readonly from: string | null };

/** Reads what was imported, with the same code as a worker. Letters are queued only when answers were asked for. */
export async function openImporter(house: House, answer: boolean) {
  await installShippedRules(house);
  const dependencies = triageDependencies(house, {
    reader: openReaderPool(house),
    wakeUps: { letters: () => undefined },
  });
  return {
    answer,
    /** Waits until each of the items has its disposition, whoever gives it: a running worker may be faster. */
    async settle(itemIds: readonly number[]): Promise<Map<number, ImportedItem>> {
      for (;;) {
        await readWaitingItems(dependencies, house.shutdown.signal);
        const rows = await readImported(house.database.db, itemIds);
        if (rows.length === new Set(itemIds).size)
          return new Map(rows.map((row) => [row.item, withSender(house, row)]));
        await sleep(100);
      }
    },
  };
}

function withSender(house: House, { identity, ...row }: ImportedRow): ImportedItem {
  if (identity === null) return { ...row, from: null };
  const opened = JSON.parse(house.sealer.unseal(identity, identityContext(row.item)).toString('utf8')) as {
    from?: string;
  };
  return { ...row, from: opened.from === undefined || opened.from === '' ? null : opened.from };
}
