import type { Category } from '../domain/vocabulary.ts';
import type { CallScript } from '../rules/call-script.ts';

/** What the rule files know by name, for forms that complete what is typed. */
export type Registry = {
  /** Changes with the rule files: the ETag of the answer. */
  readonly version: string;
  readonly units: readonly { readonly id: string; readonly name: string; readonly kind: UnitKind }[];
  /** Prefectures and counties by their full names, a county behind its prefecture. */
  readonly places: readonly string[];
  readonly universities: readonly string[];
  readonly categories: readonly { readonly code: Category; readonly name: string; readonly notice: string }[];
  readonly script: CallScript;
};

export const UNIT_KINDS = ['office', 'affiliated', 'supervision'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];
