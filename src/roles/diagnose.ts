import { pollCounts } from '../casework/poll-counts.ts';
import { shippedRules, type House } from '../compose.ts';
import { Fault } from '../platform/fault.ts';
import type { QueueBackend } from '../queue/backend.ts';
import { checkLaw, type LawReport } from '../store/doctor.ts';
import { countFollowers } from '../store/rule-followers.ts';
import { createFolderStore } from '../store/mail-folders.ts';
import { mailboxSources } from './mail-servers.ts';

export type Diagnosis = LawReport & {
  readonly queue: { readonly backend: 'redis' | 'postgres'; readonly reachable: boolean; readonly rearmed: number };
  readonly ok: boolean;
  /** What is wrong, in sentences. Empty when `ok`. */
  readonly problems: readonly string[];
};

/** The conservation law and the state of every part. Looks into the mailboxes themselves, changes nothing. */
export async function diagnose(house: House, queue: QueueBackend, rearmed: number): Promise<Diagnosis> {
  const problems: string[] = [];
  const mailbox = await countMailboxes(house, problems);
  const law = await checkLaw(house.database.db, mailbox);
  const reachable = await queue.reachable();
  if (law.mailbox.missing > 0) problems.push(`${law.mailbox.missing} mails in the mailbox are not stored yet`);
  if (law.items.stuck > 0) problems.push(`${law.items.stuck} items have waited longer than ten minutes for a reader`);
  if (law.deadlines.overdue > 0)
    problems.push(`${law.deadlines.overdue} ladder steps are overdue by more than two minutes`);
  if (law.unresolvedLetters > 0) {
    problems.push(`${law.unresolvedLetters} letters may or may not have been delivered`);
  }
  if (!reachable) problems.push('the queue cannot be reached: work goes on, up to half a minute later');
  problems.push(...law.broken, ...(await ruleProblems(house)));
  return { ...law, queue: { backend: queue.kind, reachable, rearmed }, ok: problems.length === 0, problems };
}

async function countMailboxes(house: House, problems: string[]): Promise<{ listed: number; stored: number }> {
  const folders = createFolderStore(house.database);
  const total = { listed: 0, stored: 0 };
  for (const source of mailboxSources(house)) {
    try {
      const mailbox = await source.connect();
      try {
        const counts = await pollCounts(folders, mailbox);
        total.listed += counts.listed;
        total.stored += counts.stored;
      } finally {
        await mailbox.close();
      }
    } catch (error) {
      const code = error instanceof Fault ? error.code : 'internal';
      problems.push(`mailbox ${source.name} cannot be read (${code})`);
    }
  }
  return total;
}

async function ruleProblems({ database, rules }: House): Promise<readonly string[]> {
  const problems: string[] = [];
  const { all, refusing } = await countFollowers(database.db);
  if (refusing > 0)
    problems.push(`${refusing} of ${all} processes do not accept the rules in force and work by an older version`);
  if (rules.refused !== null)
    problems.push('the rules in force do not check in this program, which works by an older version');
  try {
    shippedRules();
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    problems.push(
      'the rule files beside the program are missing or wrong: `npm run rules -- check` names every problem',
    );
  }
  return problems;
}
