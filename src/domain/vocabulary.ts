/** The closed sets of the house: one word a thing, the same in code, SQL, YAML and API. Chinese terms: docs/glossary.md. */

export const CATEGORIES = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** One of the eight problem categories of the notice of 2014-07-22, section 一. */
export type Category = (typeof CATEGORIES)[number];

export const CHANNELS = ['email', 'phone'] as const;
export type Channel = (typeof CHANNELS)[number];

/** complaint 申诉求决, accusation 检举控告, consultation 咨询, suggestion 建议, other (thanks, advertising, nothing concrete). */
export const KINDS = ['complaint', 'accusation', 'consultation', 'suggestion', 'other'] as const;
export type Kind = (typeof KINDS)[number];

/** request 诉求线, accusation 检举控告线, sealed 密件直送, non-petition 非诉求. */
export const LANES = ['request', 'accusation', 'sealed', 'non-petition'] as const;
export type Lane = (typeof LANES)[number];

export const LEVELS = ['province', 'prefecture', 'county', 'university', 'other', 'unknown'] as const;
export type Level = (typeof LEVELS)[number];

/** Where every intake item ends: exactly one of these. `junk` is only ever said by a person. */
export const DISPOSITIONS = ['case', 'follow-up', 'automatic', 'duplicate', 'quarantined', 'junk'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** Legal profile a case is opened under: 信访条例 (2005) for 2014, 信访工作条例 (2022, in force 2022-05-01) for 2022. */
export const PROFILES = ['2014', '2022'] as const;
export type Profile = (typeof PROFILES)[number];

/** Roles that may act; `system` is the machine itself. */
export const ROLES = [
  'system',
  'operator',
  'triage',
  'investigator',
  'unit-head',
  'supervisor',
  'discipline',
  'custodian',
  'auditor',
  'admin',
] as const;
export type Role = (typeof ROLES)[number];

/** Who is looking. Every store function that reads a case takes one. */
export type Viewer = { readonly userId: number; readonly role: Role };
