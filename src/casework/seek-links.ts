import type { Sealer } from '../platform/sealing.ts';
import type { CaseKey, LinkCandidate, NewSuggestion, UnsoughtCase } from './case-links.ts';
import { decideLinks } from './decide-links.ts';
import { FEWEST_TERMS, type TermShares } from './likeness.ts';
import { personKeys, type SealedPerson } from './person-keys.ts';
import { searchTerms } from './search-terms.ts';
import { identityContext } from './settle-mail.ts';

export type LinkTransaction = {
  /** false: another process is looking; it will find these cases too. */
  lockLinkSearch(): Promise<boolean>;
  unsoughtCases(limit: number): Promise<UnsoughtCase[]>;
  termShares(): Promise<TermShares>;
  insertCaseKeys(caseId: number, keys: readonly CaseKey[]): Promise<void>;
  insertCaseTerms(caseId: number, terms: readonly number[], shareOf: TermShares): Promise<void>;
  /** Cases looked through before that share a key with it, or the rarest of the terms. */
  linkCandidates(caseId: number, terms: readonly number[], shareOf: TermShares): Promise<LinkCandidate[]>;
  insertSuggestions(suggestions: readonly NewSuggestion[]): Promise<void>;
  markSought(caseId: number): Promise<void>;
};

export type SeekLinksDependencies = {
  transact<T>(work: (tx: LinkTransaction) => Promise<T>): Promise<T>;
  readonly sealer: Sealer;
  /** The schools that a text names, each in one spelling. */
  schoolsOf(text: string): readonly string[];
};

const BATCH = 20;
/** Of a long text the beginning tells what it is about. */
const MOST_TERMS = 2_000;

/**
 * Looks for cases that may belong together, for every registered case that has not been looked at: mails, calls and transcripts
 * alike, after they are on the clock, so that no failure here can hold up or lose an item. Answers how many cases were done.
 */
export async function seekLinks(dependencies: SeekLinksDependencies, signal: AbortSignal): Promise<number> {
  let done = 0;
  while (!signal.aborted) {
    const batch = await dependencies.transact((tx) => seekBatch(dependencies, tx));
    done += batch;
    if (batch < BATCH) break;
  }
  return done;
}

/** One batch at a time in the whole house: two at once would not see each other's cases, and letters of one campaign come together. */
async function seekBatch(dependencies: SeekLinksDependencies, tx: LinkTransaction): Promise<number> {
  if (!(await tx.lockLinkSearch())) return 0;
  const unsought = await tx.unsoughtCases(BATCH);
  if (unsought.length === 0) return 0;
  const shareOf = await tx.termShares();
  for (const one of unsought) {
    const keys = keysOf(dependencies, one);
    await tx.insertCaseKeys(one.caseId, keys);
    const terms = searchTerms(one.text, MOST_TERMS);
    await tx.insertCaseTerms(one.caseId, terms, shareOf);
    const seeking = terms.length < FEWEST_TERMS ? [] : terms;
    const candidates = await tx.linkCandidates(one.caseId, seeking, shareOf);
    await tx.insertSuggestions(
      decideLinks({ ...one, namesSchool: keys.some(({ kind }) => kind === 'school') }, terms, candidates, shareOf),
    );
    await tx.markSought(one.caseId);
  }
  return unsought.length;
}

function keysOf({ sealer, schoolsOf }: SeekLinksDependencies, unsought: UnsoughtCase): readonly CaseKey[] {
  const { text, targetName, sealedIdentity, itemId } = unsought;
  const person =
    sealedIdentity === null || itemId === null
      ? {}
      : (JSON.parse(sealer.unseal(sealedIdentity, identityContext(itemId)).toString('utf8')) as SealedPerson);
  const schools = schoolsOf(text).map((school): CaseKey => ({ kind: 'school', key: sealer.mac('school', school) }));
  return [...personKeys(sealer, person, text, targetName), ...schools];
}
