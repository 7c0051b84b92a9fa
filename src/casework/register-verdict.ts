import type { CaseVerdict } from '../domain/case-file.ts';
import { FINDINGS } from '../domain/case-reasons.ts';
import type { RegisterEntry } from '../intake/map-register.ts';
import { REGISTER_FIELDS, type RegisterField } from '../intake/register-mapping.ts';
import type { Verdict } from '../rules/verdict.ts';
import { toCaseVerdict } from './settle-verdict.ts';

/**
 * What the rules say of an old case, with what the register says in place of theirs: category and unit. Whom either of them
 * accuses is denied, so that a unit of the register which is accused is not proposed; a person decides.
 */
export function registerVerdict(
  { category, unit, accused, accusesOthers, finding }: RegisterEntry,
  judged: { readonly verdict: Verdict; readonly rulesVersion: string },
  denyClosure: (units: readonly string[]) => readonly string[],
): CaseVerdict {
  const deny = [...new Set([...judged.verdict.deny, ...denyClosure(accused)])];
  const told = {
    ...judged.verdict,
    deny,
    category: category ?? judged.verdict.category,
    unit: unit ?? judged.verdict.unit,
    review: judged.verdict.review || accusesOthers || finding === 'open',
  };
  const verdict = toCaseVerdict(told, judged.rulesVersion);
  return { ...verdict, secondary: verdict.secondary === verdict.category ? null : verdict.secondary };
}

/** In which order the register's own words are shown. Who wrote is sealed, and what he wrote is the item itself. */
const SHOWN: readonly RegisterField[] = [
  'number',
  'channel',
  'state',
  'closed',
  'unit',
  'accused',
  'category',
  'finding',
];

/** What the register says of the case, as a note on it: found by the search like any other. */
export function registerNote({ words, finding, answer }: RegisterEntry): string {
  const lines = SHOWN.flatMap((field) => {
    const word = words[field];
    return word === undefined ? [] : [`${REGISTER_FIELDS[field]}：${word}`];
  });
  const found = finding === null || words.finding === FINDINGS[finding] ? [] : [`按${FINDINGS[finding]}登记`];
  return ['原台账记载', ...lines, ...found, ...(answer === null ? [] : [`答复内容：${answer}`])].join('\n');
}
