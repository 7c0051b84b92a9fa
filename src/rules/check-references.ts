import { denyClosure } from './deny.ts';
import type { YamlFile } from './read-yaml.ts';
import type { RuleSources } from './rule-files.ts';
import type { RuleProblem } from './rule-problem.ts';

type Note = (file: YamlFile, path: readonly PropertyKey[], message: string, hint: string) => void;

/** Reports every id that comes a second time. */
function uniqueIds(
  entries: readonly { id: string; file: YamlFile; path: readonly PropertyKey[] }[],
  note: Note,
): Set<string> {
  const seen = new Map<string, string>();
  for (const { id, file, path } of entries) {
    const first = seen.get(id);
    if (first === undefined) seen.set(id, file.path);
    else note(file, path, `${id} is already defined in ${first}`, 'give one of them another id; ids are never reused');
  }
  return new Set(seen.keys());
}

/** Ids that can be reached from themselves over `next`. */
function findCycle(ids: Iterable<string>, next: (id: string) => readonly string[]): readonly string[] | null {
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (id: string): readonly string[] | null => {
    if (state.get(id) === 'done') return null;
    trail.push(id);
    if (state.get(id) === 'open') return trail.slice(trail.indexOf(id));
    state.set(id, 'open');
    for (const following of next(id)) {
      const cycle = visit(following);
      if (cycle !== null) return cycle;
    }
    state.set(id, 'done');
    trail.pop();
    return null;
  };
  for (const id of ids) {
    const cycle = visit(id);
    if (cycle !== null) return cycle;
  }
  return null;
}

/**
 * Whoever is accused, the supervision must remain to take the case. A unit that drags it along would leave nobody in the house:
 * each such pair is told.
 */
function checkLastResort({ data, file }: RuleSources['units'], note: Note): void {
  const { supervisor } = data.department;
  data.units.forEach(({ id }, i) => {
    if (id !== supervisor && denyClosure(data, [id]).includes(supervisor))
      note(
        file,
        ['units', i],
        `whoever accuses ${id} accuses ${supervisor} too, and nobody in the house could take the case`,
        'the supervision has another leader, other people and no unit above it',
      );
  });
}

function checkUnits({ units, categories, agencies }: RuleSources, note: Note): Set<string> {
  const ids = uniqueIds(
    units.data.units.map(({ id }, i) => ({ id, file: units.file, path: ['units', i, 'id'] })),
    note,
  );
  const known = (id: string | undefined, file: YamlFile, path: readonly PropertyKey[]): void => {
    if (id !== undefined && !ids.has(id)) note(file, path, `unknown unit ${id}`, `known: ${[...ids].join(' ')}`);
  };
  units.data.units.forEach((unit, i) => {
    known(unit.parent, units.file, ['units', i, 'parent']);
    unit.same_people?.forEach((id, k) => {
      known(id, units.file, ['units', i, 'same_people', k]);
      if (id === unit.id)
        note(units.file, ['units', i, 'same_people', k], `${id} shares its people with itself`, 'name the other unit');
    });
  });
  known(units.data.department.supervisor, units.file, ['department', 'supervisor']);
  categories.data.categories.forEach(({ handler }, i) => known(handler, categories.file, ['categories', i, 'handler']));
  const parents = new Map(units.data.units.map(({ id, parent }) => [id, parent]));
  const cycle = findCycle(ids, (id) => [parents.get(id) ?? []].flat());
  if (cycle !== null) {
    const index = units.data.units.findIndex(({ id }) => id === cycle[0]);
    note(
      units.file,
      ['units', index, 'parent'],
      `units are above themselves: ${cycle.join(' -> ')}`,
      'remove one parent',
    );
  } else checkLastResort(units, note);
  uniqueIds(
    agencies.data.agencies.map(({ id }, i) => ({ id, file: agencies.file, path: ['agencies', i, 'id'] })),
    note,
  );
  return ids;
}

/** Concept ids, checked; and for each the concepts it stands in for, itself first. */
export function conceptClosure(sources: RuleSources): ReadonlyMap<string, readonly string[]> {
  const includedBy = new Map<string, string[]>();
  for (const { data } of sources.lexicon)
    for (const { id, includes } of data.concepts)
      for (const included of includes ?? []) includedBy.set(included, [...(includedBy.get(included) ?? []), id]);
  const closure = new Map<string, readonly string[]>();
  for (const { data } of sources.lexicon) {
    for (const { id } of data.concepts) {
      const all = new Set([id]);
      for (const member of all) for (const parent of includedBy.get(member) ?? []) all.add(parent);
      closure.set(id, [...all]);
    }
  }
  return closure;
}

/** Concepts that the code itself asks for. */
const NEEDED_CONCEPTS = [
  'accusing',
  'thankful',
  'institution',
  'other-host',
  'pupil-record',
  'lower-school',
  'local-bureau',
  'education-word',
  'department-unit',
] as const;

function checkConcepts({ lexicon }: RuleSources, note: Note): Set<string> {
  const ids = uniqueIds(
    lexicon.flatMap(({ data, file }) => data.concepts.map(({ id }, i) => ({ id, file, path: ['concepts', i, 'id'] }))),
    note,
  );
  const [first] = lexicon;
  for (const id of NEEDED_CONCEPTS)
    if (!ids.has(id) && first !== undefined) note(first.file, [], `concept ${id} is missing`, 'the program needs it');
  const includes = new Map(
    lexicon.flatMap(({ data }) => data.concepts.map((concept) => [concept.id, concept.includes ?? []])),
  );
  const cycle = findCycle(ids, (id) => (includes.get(id) ?? []).filter((included) => ids.has(included)));
  for (const { data, file } of lexicon) {
    data.concepts.forEach((concept, i) => {
      const path = ['concepts', i];
      concept.includes?.forEach((id, k) => {
        if (!ids.has(id)) note(file, [...path, 'includes', k], `unknown concept ${id}`, 'define it in rules/lexicon');
      });
      if ([concept.phrases, concept.includes, concept.expressions].every((list) => (list?.length ?? 0) === 0))
        note(file, path, `${concept.id} has no words`, 'add phrases, includes or expressions');
      if (cycle?.[0] === concept.id)
        note(file, path, `concepts include themselves: ${cycle.join(' -> ')}`, 'remove one');
    });
  }
  return ids;
}

type RuleEntry = RuleSources['rules'][number]['data']['rules'][number];

/** A rule that asks for a word and forbids it can never fire. `within` tells which concepts each concept is found with. */
function contradiction({ when }: RuleEntry, closure: ReadonlyMap<string, readonly string[]>): string | null {
  const forbidden = new Set(when.none);
  const implied = (id: string): string | undefined => (closure.get(id) ?? [id]).find((found) => forbidden.has(found));
  const required = when.all?.map(implied).find((id) => id !== undefined);
  if (required !== undefined) return required;
  const alternatives = when.any?.map(implied);
  return alternatives?.every((id) => id !== undefined) === true ? (alternatives[0] ?? null) : null;
}

function checkRule(rule: RuleEntry, at: (key: string) => readonly PropertyKey[], file: YamlFile, note: Note): void {
  const { assign, when } = rule;
  if (when.all === undefined && when.any === undefined)
    note(file, at('when'), `${rule.id} can never fire: it asks for nothing`, 'name concepts under all or any');
  if (
    [assign.category, assign.unit, assign.kind, assign.agency, assign.accuses, assign.urgent].every(
      (value) => value === undefined,
    )
  )
    note(file, at('assign'), `${rule.id} decides nothing`, 'assign a category, unit, kind, agency or urgent');
  if (assign.hard === true && assign.category === undefined)
    note(file, at('assign'), `${rule.id} is hard but has no category`, 'hard rules decide a category');
  if (assign.hard === true && assign.weight <= 0)
    note(file, at('assign'), `${rule.id} is hard and takes points away`, 'hard rules need a weight above 0');
}

type Known = {
  readonly units: ReadonlySet<string>;
  readonly concepts: ReadonlySet<string>;
  readonly agencies: ReadonlySet<string>;
};

function checkRuleIds(
  { assign, when }: RuleEntry,
  at: (key: string) => readonly PropertyKey[],
  file: YamlFile,
  known: Known,
  note: Note,
): void {
  for (const unit of [assign.unit, assign.accuses])
    if (unit !== undefined && unit !== 'NONEDU' && unit !== 'LEADERS' && !known.units.has(unit))
      note(file, at('assign'), `unknown unit ${unit}`, `known: ${[...known.units].join(' ')}`);
  if (assign.agency !== undefined && !known.agencies.has(assign.agency))
    note(file, at('assign'), `unknown agency ${assign.agency}`, 'define it in rules/agencies.yaml');
  for (const key of ['all', 'any', 'none'] as const)
    when[key]?.forEach((id, k) => {
      if (!known.concepts.has(id))
        note(file, [...at('when'), key, k], `unknown concept ${id}`, 'define it in rules/lexicon');
    });
}

function checkRules(sources: RuleSources, known: Known, note: Note): void {
  const closure = conceptClosure(sources);
  const sameWords = new Map<string, string>();
  uniqueIds(
    sources.rules.flatMap(({ data, file }) => data.rules.map(({ id }, i) => ({ id, file, path: ['rules', i, 'id'] }))),
    note,
  );
  for (const { data, file } of sources.rules) {
    data.rules.forEach((rule, i) => {
      const at = (key: string): readonly PropertyKey[] => ['rules', i, key];
      checkRule(rule, at, file, note);
      checkRuleIds(rule, at, file, known, note);
      const impossible = contradiction(rule, closure);
      if (impossible !== null)
        note(
          file,
          at('when'),
          `${rule.id} can never fire: ${impossible} is both needed and forbidden`,
          'remove it on one side',
        );
      const { category, unit, kind, urgent, accuses } = rule.assign;
      const words = JSON.stringify([rule.when, category, unit, kind, urgent, accuses]);
      const twin = sameWords.get(words);
      if (twin !== undefined) note(file, at('when'), `${rule.id} says the same as ${twin}`, 'keep one of them');
      sameWords.set(words, rule.id);
    });
  }
}

function checkScoring({ scoring, categories }: RuleSources, note: Note): void {
  const listed = new Set(scoring.data.precedence.map(({ category }) => category));
  for (const { id } of categories.data.categories)
    if (!listed.has(id)) note(scoring.file, ['precedence'], `category ${id} has no place in the precedence`, 'add it');
  uniqueIds(
    scoring.data.precedence.map(({ id }, i) => ({ id, file: scoring.file, path: ['precedence', i, 'id'] })),
    note,
  );
  uniqueIds(
    categories.data.categories.map(({ id }, i) => ({
      id: `category ${id}`,
      file: categories.file,
      path: ['categories', i, 'id'],
    })),
    note,
  );
}

/** Everything that can only be judged across files: unknown and duplicate ids, cycles, rules that can never fire. */
export function checkReferences(sources: RuleSources, problems: RuleProblem[]): void {
  const note: Note = (file, path, message, hint) => {
    problems.push(file.problemAt(path, message, hint));
  };
  const units = checkUnits(sources, note);
  const concepts = checkConcepts(sources, note);
  const agencies = new Set(sources.agencies.data.agencies.map(({ id }) => id));
  checkRules(sources, { units, concepts, agencies }, note);
  checkScoring(sources, note);
}
