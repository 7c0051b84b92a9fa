import type {
  CaseKeyKind,
  LinkCandidate,
  LinkReason,
  NewSuggestion,
  SuggestionKind,
  UnsoughtCase,
} from './case-links.ts';
import { countPhrases } from './count-phrases.ts';
import { LEAST_LIKENESS, likeness, type TermShares } from './likeness.ts';

/** From here on two texts are one text with small changes: nobody tells the same in his own words so alike. */
const SAME_TEXT = 0.72;
/** What two letters about one school must have in common besides: with one category, and with two. */
const SAME_SCHOOL = 0.06;
const OTHER_CATEGORY = 0.3;
/** Two people of one place may bear one name: the words must speak for it too. */
const NAMESAKE_LIKENESS = 0.15;
const MOST_OF_A_KIND = 3;

/** The case for which others are looked for, and whether it names a school. */
export type LinkSubject = Pick<UnsoughtCase, 'caseId' | 'text' | 'category' | 'targetName'> & {
  readonly namesSchool: boolean;
};
type Weighed = { readonly candidate: LinkCandidate; readonly likeness: number };

/**
 * Which other cases may belong to this one: at most three letters of the same person, and the likest case of each cluster. A
 * cluster grows by one line per case, however many cases it has.
 */
export function decideLinks(
  unsought: LinkSubject,
  terms: readonly number[],
  candidates: readonly LinkCandidate[],
  shareOf: TermShares,
): readonly NewSuggestion[] {
  const weighed = candidates
    .map((candidate) => ({ candidate, likeness: round(likeness(terms, candidate.terms, shareOf)) }))
    .toSorted((a, b) => b.likeness - a.likeness || b.candidate.caseId - a.candidate.caseId);
  const counts = new Map<SuggestionKind, number>();
  const clusters = new Set<number>();
  return weighed.flatMap((one) => {
    const kind = kindOf(unsought, one);
    if (kind === null) return [];
    const { candidate } = one;
    const clusterId = kind === 'same-person' ? null : (candidate.clusterId ?? candidate.caseId);
    const count = counts.get(kind) ?? 0;
    if (count >= MOST_OF_A_KIND || (clusterId !== null && clusters.has(clusterId))) return [];
    counts.set(kind, count + 1);
    if (clusterId !== null) clusters.add(clusterId);
    const why = { reasons: reasonsOf(unsought, one), phrases: countPhrases(unsought.text, candidate.terms) };
    return [{ caseId: unsought.caseId, otherId: candidate.caseId, kind, likeness: one.likeness, why, clusterId }];
  });
}

type Told = Pick<LinkSubject, 'category' | 'targetName'>;

function kindOf(unsought: LinkSubject, { candidate, likeness: alike }: Weighed): SuggestionKind | null {
  const { shared } = candidate;
  if (isSamePerson(shared, alike)) return 'same-person';
  if (namesAnotherSchool(unsought, candidate)) return null;
  if (alike >= SAME_TEXT) return 'campaign';
  if (shared.includes('school'))
    return alike >= (sameCategory(unsought, candidate) ? SAME_SCHOOL : OTHER_CATEGORY) ? 'same-matter' : null;
  const possible = sameCategory(unsought, candidate) && !actsElsewhere(unsought, candidate);
  return possible && alike >= LEAST_LIKENESS ? 'same-matter' : null;
}

function isSamePerson(shared: readonly CaseKeyKind[], alike: number): boolean {
  if (shared.includes('sender') || shared.includes('phone')) return true;
  return shared.includes('name-place') && alike >= NAMESAKE_LIKENESS;
}

/** Each names a school and none is named by both: the same complaint perhaps, but not the same matter. */
function namesAnotherSchool(unsought: LinkSubject, { namesSchool, shared }: LinkCandidate): boolean {
  return unsought.namesSchool && namesSchool && !shared.includes('school');
}

function sameCategory(a: Told, b: Told): boolean {
  return a.category !== null && a.category === b.category;
}

/** The rules found another body to act for each: not one matter, however alike the words. */
function actsElsewhere(a: Told, b: Told): boolean {
  return a.targetName !== null && b.targetName !== null && a.targetName !== b.targetName;
}

const SHARED: Readonly<Record<CaseKeyKind, LinkReason>> = {
  sender: 'same-sender',
  phone: 'same-phone',
  'name-place': 'same-name-place',
  school: 'same-school',
};

function reasonsOf(unsought: Told, { candidate, likeness: alike }: Weighed): readonly LinkReason[] {
  return [
    ...candidate.shared.map((kind) => SHARED[kind]),
    ...(sameCategory(unsought, candidate) ? (['same-category'] as const) : []),
    ...(alike >= LEAST_LIKENESS ? (['alike'] as const) : []),
  ];
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
