import type { CaseState } from '../domain/case-states.ts';
import type { Category } from '../domain/vocabulary.ts';

export const SUGGESTION_KINDS = ['same-person', 'same-matter', 'campaign'] as const;
/**
 * Why two cases may belong together: one person wrote or called twice, several people tell of one matter, or many send the same
 * text. Only ever a suggestion; accepting it links the two and merges nothing.
 */
export type SuggestionKind = (typeof SUGGESTION_KINDS)[number];

export const CASE_LINK_KINDS = ['same-person', 'same-matter', 'campaign', 'split'] as const;
/** `split`: the second was taken out of the letter that founded the first. */
export type CaseLinkKind = (typeof CASE_LINK_KINDS)[number];

export const SUGGESTION_STATES = ['open', 'accepted', 'dismissed'] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];

export const CASE_KEY_KINDS = ['sender', 'phone', 'name-place', 'school'] as const;
export type CaseKeyKind = (typeof CASE_KEY_KINDS)[number];
/** A MAC over something that two cases may have in common. */
export type CaseKey = { readonly kind: CaseKeyKind; readonly key: Buffer };

export type LinkReason = 'same-sender' | 'same-phone' | 'same-name-place' | 'same-school' | 'same-category' | 'alike';
/** In codes; `phrases`: how many runs of four and more characters the two texts share. */
export type LinkWhy = { readonly reasons: readonly LinkReason[]; readonly phrases: number };

/** A registered case for which the others have not been looked through. */
export type UnsoughtCase = {
  readonly caseId: number;
  readonly itemId: number | null;
  readonly text: string;
  readonly category: Category | null;
  readonly targetName: string | null;
  readonly sealedIdentity: Buffer | null;
};

/** Another case that shares a key or rare words. `terms` are those of its text, as search-terms.ts makes them. */
export type LinkCandidate = {
  readonly caseId: number;
  readonly category: Category | null;
  readonly targetName: string | null;
  readonly terms: readonly number[];
  readonly shared: readonly CaseKeyKind[];
  /** It names at least one school. */
  readonly namesSchool: boolean;
  readonly clusterId: number | null;
};

export type NewSuggestion = {
  readonly caseId: number;
  readonly otherId: number;
  readonly kind: SuggestionKind;
  readonly likeness: number;
  readonly why: LinkWhy;
  readonly clusterId: number | null;
};

export type OtherCase = {
  readonly id: number;
  readonly number: string;
  readonly receivedAt: Date;
  readonly subject: string;
  readonly state: CaseState;
};

export type SuggestionView = {
  readonly id: number;
  readonly kind: SuggestionKind;
  readonly likeness: number;
  readonly why: LinkWhy;
  readonly state: SuggestionState;
  readonly reason: string | null;
  readonly other: OtherCase;
};

/** What belongs, or may belong, to a case, as far as the viewer may see the other cases. */
export type CaseLinksView = {
  readonly suggestions: readonly SuggestionView[];
  /** How many cases of one matter the viewer can see, this one among them; 1: it stands alone. */
  readonly clusterSize: number;
  readonly links: readonly { readonly kind: CaseLinkKind; readonly other: OtherCase }[];
};
