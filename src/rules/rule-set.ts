import type { Category, Kind } from '../domain/vocabulary.ts';
import type {
  AgenciesFile,
  CategoriesFile,
  PlacesFile,
  ScoringFile,
  SetAsideFile,
  UnitsFile,
  UniversitiesFile,
} from './file-schemas.ts';
import type { CertaintyWeights } from './certainty-signs.ts';
import type { Matcher } from './find-occurrences.ts';
import type { MaskedNames } from './masked-names.ts';
import type { SecondReader } from './second-reader.ts';

export type Unit = UnitsFile['units'][number];
export type Department = UnitsFile['department'];
export type University = UniversitiesFile['universities'][number];
export type Agency = AgenciesFile['agencies'][number];
export type CategoryEntry = CategoriesFile['categories'][number];
export type Scoring = ScoringFile;
/** Words that decide whose words those around them are; see rules/set-aside.yaml. */
export type Cue = keyof SetAsideFile;

/** A county or a prefecture. `prefecture` is the place's own number when it is one itself. */
export type Place = {
  readonly name: string;
  readonly short: string;
  readonly bureau: string;
  readonly prefecture: number;
  readonly isPrefecture: boolean;
};

/** How far apart the words of one rule may stand. */
export type Scope =
  | { readonly kind: 'clause' }
  | { readonly kind: 'sentence' }
  | { readonly kind: 'text' }
  | { readonly kind: 'window'; readonly units: number };

export type Rule = {
  readonly id: string;
  readonly why: string;
  readonly status: 'active' | 'draft' | 'retired';
  /** Term numbers. */
  readonly all: readonly number[];
  readonly any: readonly number[];
  readonly none: readonly number[];
  readonly scope: Scope;
  /** How near a word of `none` takes the rule back. */
  readonly noneScope: Scope;
  readonly place: 'subject' | 'opening' | 'anywhere';
  readonly category: Category | null;
  readonly unit: string | null;
  readonly kind: Kind | null;
  readonly agency: string | null;
  readonly accuses: string | null;
  readonly urgent: boolean;
  readonly hard: boolean;
  /** Counts only where nothing else gave points to a category, or said what sort of message it is. */
  readonly lastResort: boolean;
  readonly weight: number;
  readonly matches: readonly string[];
  readonly ignores: readonly string[];
  readonly file: string;
};

/** What a found word is a word of. Concepts come first, so a concept's number is its term number. */
export type Term =
  | { readonly kind: 'concept'; readonly id: string; readonly negationCounts: boolean }
  | { readonly kind: 'cue'; readonly id: Cue }
  | { readonly kind: 'unit'; readonly id: string; readonly shared: boolean }
  | { readonly kind: 'department'; readonly id: 'name' | 'leader' | 'staff' }
  | { readonly kind: 'place'; readonly id: string; readonly place: number; readonly form: 'full' | 'short' }
  | { readonly kind: 'province'; readonly id: string }
  | { readonly kind: 'university'; readonly id: string; readonly university: number; readonly shared: boolean };

/** Everything `classify` needs, compiled once. Immutable; one version of it is pinned on every verdict. */
export type RuleSet = {
  /** SHA-256, hex, over paths and contents of all files that were given, in path order. */
  readonly version: string;
  readonly department: Department;
  readonly units: readonly Unit[];
  readonly categories: readonly CategoryEntry[];
  readonly places: readonly Place[];
  readonly notBeforePlace: readonly string[];
  readonly universities: readonly University[];
  readonly agencies: readonly Agency[];
  readonly scoring: Scoring;
  readonly secondReader: SecondReader;
  readonly certainty: CertaintyWeights;
  readonly rules: readonly Rule[];
  readonly concepts: readonly string[];
  /** What the words of a concept say, by its id. */
  readonly meanings: ReadonlyMap<string, string>;
  readonly terms: readonly Term[];
  /** Term number of a cue, of a concept by id. */
  readonly termNumbers: ReadonlyMap<string, number>;
  /** Rules to look at when a term was found. */
  readonly rulesByTerm: readonly (readonly number[])[];
  readonly matcher: Matcher;
  readonly masked: MaskedNames;
};

export function termKey(kind: Term['kind'], id: string): string {
  return `${kind}:${id}`;
}

/** Number of a term, or -1, which no text contains. */
export function termNumber(rules: Pick<RuleSet, 'termNumbers'>, kind: Term['kind'], id: string): number {
  return rules.termNumbers.get(termKey(kind, id)) ?? -1;
}

/** A place by its full name: a county behind its prefecture. */
export function placeName({ places }: Pick<RuleSet, 'places'>, { name, prefecture, isPrefecture }: Place): string {
  return isPrefecture ? name : `${places[prefecture]?.name ?? ''}${name}`;
}

/** Places as the file nests them, flattened: prefectures point at themselves. */
export function flattenPlaces(file: PlacesFile): readonly Place[] {
  const places: Place[] = [];
  for (const { counties, ...prefecture } of file.prefectures) {
    const number = places.length;
    places.push({
      name: prefecture.name,
      short: prefecture.short,
      bureau: prefecture.bureau ?? `${prefecture.name}教育局`,
      prefecture: number,
      isPrefecture: true,
    });
    for (const county of counties)
      places.push({
        name: county.name,
        short: county.short,
        bureau: county.bureau ?? `${county.name}教育局`,
        prefecture: number,
        isPrefecture: false,
      });
  }
  return places;
}
