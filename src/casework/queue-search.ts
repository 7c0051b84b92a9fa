import { normalisePhone } from '../intake/caller-number.ts';
import type { Sealer } from '../platform/sealing.ts';
import { recipientKeys } from './acknowledge.ts';
import { phoneKey } from './person-keys.ts';
import { foldWords, searchTerms } from './search-terms.ts';

/** What the words of a search may stand for. A case is found by any of them. */
export type QueueSearch = {
  /** Folded. All of them stand in one text of the case: subject and text of an item, or a note. */
  readonly words: readonly string[];
  /** Pairs of the words; empty: no word has two characters, and no text is looked for. */
  readonly terms: readonly number[];
  /** Nine digits: the number of a case. */
  readonly caseNumber: string | null;
  /** As it was typed: the number of a signed letter, or the one that a case had in the old register. */
  readonly documentNumber: string;
  /** Ids of units of that name. */
  readonly units: readonly string[];
  /** MACs of the mail address or telephone number that was typed. Nothing sealed is opened for them. */
  readonly personKeys: readonly Buffer[];
};

export type SearchKnowledge = {
  readonly sealer: Pick<Sealer, 'mac'>;
  /** Ids of the units that are called exactly so. */
  unitsNamed(name: string): readonly string[];
};

const MOST_WORDS = 10;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

/** Reads what was typed into the search. Reads nothing but the text itself, and never fails. */
export function readSearch({ sealer, unitsNamed }: SearchKnowledge, typed: string): QueueSearch {
  const text = typed.normalize('NFKC').trim();
  const digits = text.replaceAll(/[\s-]/gu, '');
  const words = foldWords(text).slice(0, MOST_WORDS);
  return {
    words,
    terms: searchTerms(words.join(' ')),
    caseNumber: /^\d{9}$/u.test(digits) ? digits : null,
    documentNumber: text,
    units: unitsNamed(text),
    personKeys: personKeysOf(sealer, text),
  };
}

function personKeysOf(sealer: Pick<Sealer, 'mac'>, text: string): readonly Buffer[] {
  if (ADDRESS.test(text)) return [recipientKeys(sealer, text).recipientKey];
  return normalisePhone(text).kind === 'number' ? [phoneKey(sealer, text)] : [];
}
