import type { DeadlineKind } from '../domain/deadlines.ts';
import type { Category } from '../domain/vocabulary.ts';

/** Names that live in the rule files, so that an office can change them without us. */
export type Names = {
  category(category: Category): string;
  /** null: no unit of the registry has this id. NONEDU and UNRESOLVED are words of their own and have names too. */
  unit(id: string): string | null;
  clock(kind: DeadlineKind): string;
  /** Why a rule, a concept or a mention counts, in one line. What has left the rule files since reads as its bare id. */
  reason(id: string): string;
};

/** A unit as people read it: by name, and by its bare id when it has left the registry since. */
export function showUnit(names: Names, id: string): string {
  return names.unit(id) ?? id;
}
