import { createHash } from 'node:crypto';
import { checkReferences } from './check-references.ts';
import type { Matcher } from './find-occurrences.ts';
import { gatherTerms } from './gather-terms.ts';
import { compileMaskedNames } from './masked-names.ts';
import { readRuleFiles } from './rule-files.ts';
import type { RuleSources } from './rule-files.ts';
import type { RuleFile, RuleProblem } from './rule-problem.ts';
import { flattenPlaces, termKey } from './rule-set.ts';
import type { Rule, RuleSet, Scope } from './rule-set.ts';
import { compileSecondReader } from './second-reader.ts';
import { compileSounds } from './sound-folding.ts';

export type CompiledRules =
  | { readonly kind: 'ok'; readonly rules: RuleSet }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] };

function scopeOf(within: 'clause' | 'sentence' | 'text' | number | undefined): Scope {
  return typeof within === 'number' ? { kind: 'window', units: within } : { kind: within ?? 'sentence' };
}

function compileRule(
  rule: RuleSources['rules'][number]['data']['rules'][number],
  file: string,
  numbers: ReadonlyMap<string, number>,
): Rule {
  const { when, assign } = rule;
  const numbered = (ids: readonly string[] | undefined): readonly number[] =>
    (ids ?? []).map((id) => numbers.get(termKey('concept', id)) ?? -1);
  return {
    id: rule.id,
    why: rule.why,
    status: rule.status ?? 'active',
    all: numbered(when.all),
    any: numbered(when.any),
    none: numbered(when.none),
    scope: scopeOf(when.within),
    noneScope: scopeOf(when.none_within ?? when.within),
    place: when.in ?? 'anywhere',
    category: assign.category ?? null,
    unit: assign.unit ?? null,
    kind: assign.kind ?? null,
    agency: assign.agency ?? null,
    accuses: assign.accuses ?? null,
    urgent: assign.urgent ?? false,
    hard: assign.hard ?? false,
    lastResort: assign.last_resort ?? false,
    weight: assign.weight,
    matches: rule.matches,
    ignores: rule.ignores,
    file,
  };
}

/** The words that make a rule worth looking at: the first of `all`, or each of `any`. */
function indexRules(rules: readonly Rule[], termCount: number): readonly (readonly number[])[] {
  const byTerm: number[][] = Array.from({ length: termCount }, () => []);
  rules.forEach((rule, number) => {
    if (rule.status !== 'active') return;
    for (const term of rule.all.length > 0 ? rule.all.slice(0, 1) : rule.any) byTerm[term]?.push(number);
  });
  return byTerm;
}

/** SHA-256, hex, of paths and contents: what a version of the rules is called. */
export function versionOf(files: readonly RuleFile[]): string {
  const hash = createHash('sha256');
  for (const { path, text } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1)))
    hash.update(path).update('\0').update(text).update('\0');
  return hash.digest('hex');
}

/**
 * Compiles the texts of all rule files. Either everything is right, or every problem is reported at once with its line and a
 * hint, and nothing takes effect. Reads no file and no clock.
 */
export function compileRules(files: readonly RuleFile[]): CompiledRules {
  const problems: RuleProblem[] = [];
  const sources = readRuleFiles(files, problems);
  if (sources === null) return { kind: 'invalid', problems };
  checkReferences(sources, problems);
  const { terms, numbers, book } = gatherTerms(sources, problems);
  const sounds = compileSounds(sources['sound-alikes'], problems);
  if (problems.length > 0) return { kind: 'invalid', problems };
  const rules = sources.rules.flatMap(({ data, file }) =>
    data.rules.map((rule) => compileRule(rule, file.path, numbers)),
  );
  const secondReader = compileSecondReader(sources['second-reader'].data);
  const { hidden, ...tables } = book.compile(sounds.soundOf);
  const matcher: Matcher = { termCount: terms.length, ...sounds, ...tables };
  return {
    kind: 'ok',
    rules: {
      version: versionOf(files),
      department: sources.units.data.department,
      units: sources.units.data.units,
      categories: sources.categories.data.categories,
      places: flattenPlaces(sources.places.data),
      notBeforePlace: sources.places.data.not_before,
      universities: sources.universities.data.universities,
      agencies: sources.agencies.data.agencies,
      scoring: sources.scoring.data,
      secondReader,
      certainty: sources['second-reader'].data.certainty,
      rules,
      concepts: sources.lexicon.flatMap(({ data }) => data.concepts.map(({ id }) => id)),
      meanings: new Map(sources.lexicon.flatMap(({ data }) => data.concepts.map(({ id, says }) => [id, says]))),
      terms,
      termNumbers: numbers,
      rulesByTerm: indexRules(rules, terms.length),
      matcher,
      masked: compileMaskedNames(hidden, sources['sound-alikes'].data, secondReader),
    },
  };
}
