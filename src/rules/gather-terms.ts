import { conceptClosure } from './check-references.ts';
import { createPhraseBook } from './phrase-book.ts';
import type { PhraseBook, Report } from './phrase-book.ts';
import type { YamlFile } from './read-yaml.ts';
import type { RuleSources } from './rule-files.ts';
import type { RuleProblem } from './rule-problem.ts';
import { termKey } from './rule-set.ts';
import type { Cue, Term } from './rule-set.ts';

/** Shared while the phrases of all files are gathered. */
type Gathering = {
  readonly terms: Term[];
  readonly numbers: Map<string, number>;
  readonly book: PhraseBook;
  readonly problems: RuleProblem[];
};

function addTerm({ terms, numbers }: Gathering, term: Term): number {
  const number = terms.length;
  terms.push(term);
  numbers.set(termKey(term.kind, term.id), number);
  return number;
}

function reporter({ problems }: Gathering, file: YamlFile, path: readonly PropertyKey[]): Report {
  return (message, hint) => problems.push(file.problemAt(path, message, hint));
}

/** Adds a list of names, telling the line of each that is wrong. */
function addNames(
  into: Gathering,
  names: readonly string[] | undefined,
  terms: readonly number[],
  owner: { space: string; name: string; sound?: boolean; hidden?: boolean },
  file: YamlFile,
  path: readonly PropertyKey[],
): void {
  names?.forEach((name, i) => {
    const report = reporter(into, file, [...path, i]);
    into.book.addWord(name, terms, owner.space, owner.name, report);
    if (owner.sound === true) into.book.addSound(name, terms, report);
    if (owner.hidden === true) into.book.addHidden(name, terms[0] ?? -1, owner.sound === true, report);
  });
}

function addGuards(
  into: Gathering,
  guards: readonly string[] | undefined,
  terms: readonly number[],
  file: YamlFile,
  path: readonly PropertyKey[],
): void {
  guards?.forEach((guard, i) => into.book.addGuard(guard, terms, reporter(into, file, [...path, i])));
}

function addConcepts(sources: RuleSources, into: Gathering): void {
  for (const { data } of sources.lexicon)
    for (const { id, negation } of data.concepts)
      addTerm(into, { kind: 'concept', id, negationCounts: negation === 'counts' });
  const closure = conceptClosure(sources);
  const numberOf = (id: string): number => into.numbers.get(termKey('concept', id)) ?? 0;
  for (const { data, file } of sources.lexicon) {
    data.concepts.forEach((concept, i) => {
      const path = ['concepts', i];
      const terms = (closure.get(concept.id) ?? []).map(numberOf);
      const hidden = concept.id === 'local-bureau';
      const owner = { space: 'concept', name: concept.id, sound: concept.sound === true, hidden };
      addNames(into, concept.phrases, terms, owner, file, [...path, 'phrases']);
      addGuards(into, concept.except, terms, file, [...path, 'except']);
      concept.expressions?.forEach(({ near, re2 }, k) =>
        into.book.addExpression(near, re2, terms, reporter(into, file, [...path, 'expressions', k])),
      );
    });
  }
}

function addCues({ 'set-aside': { data, file } }: RuleSources, into: Gathering): void {
  for (const cue of Object.keys(data) as Cue[]) {
    if (cue === 'negation_except' || cue === 'contrast_except') continue;
    const term = addTerm(into, { kind: 'cue', id: cue });
    addNames(into, data[cue], [term], { space: `cue-${cue}`, name: cue }, file, [cue]);
    if (cue === 'negation' || cue === 'contrast')
      addGuards(into, data[`${cue}_except`], [term], file, [`${cue}_except`]);
  }
}

function addDepartment({ units: { data, file } }: RuleSources, into: Gathering): void {
  const { department } = data;
  const add = (id: 'name' | 'leader' | 'staff', names: readonly string[], key: string): number => {
    const term = addTerm(into, { kind: 'department', id });
    addNames(into, names, [term], { space: 'department', name: id, hidden: id !== 'staff' }, file, ['department', key]);
    return term;
  };
  add('name', [department.name, ...department.aliases], 'aliases');
  const leader = add('leader', department.leaders, 'leaders');
  addGuards(into, department.leaders_except, [leader], file, ['department', 'leaders_except']);
  add('staff', department.staff, 'staff');
}

/** "jjc" is also written "j j c" and "j.j.c"; the folding makes spaces of all of them. */
function romanisedForms(names: readonly string[] | undefined): readonly string[] {
  return (names ?? []).flatMap((name) => (name.length <= 4 ? [name, [...name].join(' ')] : [name]));
}

/** Every unit is also a word of the concept department-unit, so that rules can speak of any of them. */
function addUnits({ units: { data, file } }: RuleSources, into: Gathering): void {
  const anyUnit = into.numbers.get(termKey('concept', 'department-unit')) ?? -1;
  data.units.forEach((unit, i) => {
    const path = ['units', i];
    const own = addTerm(into, { kind: 'unit', id: unit.id, shared: false });
    // The receiving office is named in greetings all the time.
    const terms = unit.id === data.department.supervisor ? [own] : [own, anyUnit];
    const owner = { space: 'unit', name: unit.id, sound: true, hidden: true };
    addNames(into, [unit.name, ...(unit.former_names ?? [])], terms, owner, file, path);
    addNames(into, unit.aliases, terms, owner, file, [...path, 'aliases']);
    addNames(into, romanisedForms(unit.romanised), terms, { ...owner, sound: false, hidden: false }, file, [
      ...path,
      'romanised',
    ]);
    addGuards(into, unit.except, terms, file, [...path, 'except']);
    if (unit.shared_aliases === undefined) return;
    const shared = into.terms.length;
    into.terms.push({ kind: 'unit', id: unit.id, shared: true });
    addNames(into, unit.shared_aliases, [shared], owner, file, [...path, 'shared_aliases']);
    addGuards(into, unit.except, [shared], file, [...path, 'except']);
  });
}

type PlaceSource =
  | RuleSources['places']['data']['prefectures'][number]
  | RuleSources['places']['data']['prefectures'][number]['counties'][number];

function addPlace(
  place: PlaceSource,
  number: number,
  file: YamlFile,
  path: readonly PropertyKey[],
  into: Gathering,
): void {
  const owner = { space: 'place', name: place.name, sound: false };
  const full = into.terms.length;
  into.terms.push({ kind: 'place', id: place.name, place: number, form: 'full' });
  addNames(into, [place.name, ...(place.aliases ?? [])], [full], { ...owner, sound: true }, file, path);
  const short = into.terms.length;
  into.terms.push({
    kind: 'place',
    id: place.name,
    place: number,
    form: place.common_word === true ? 'short' : 'full',
  });
  if (place.short !== place.name) addNames(into, [place.short], [short], owner, file, path);
  addGuards(into, place.except, [full, short], file, [...path, 'except']);
}

function addPlaces({ places: { data, file } }: RuleSources, into: Gathering): void {
  let number = 0;
  data.prefectures.forEach((prefecture, i) => {
    addPlace(prefecture, number, file, ['prefectures', i], into);
    number += 1;
    prefecture.counties.forEach((county, k) => {
      addPlace(county, number, file, ['prefectures', i, 'counties', k], into);
      number += 1;
    });
  });
  for (const [i, name] of data.provinces.entries()) {
    const term = addTerm(into, { kind: 'province', id: name });
    addNames(into, [name], [term], { space: 'province', name }, file, ['provinces', i]);
  }
}

function addUniversities({ universities: { data, file } }: RuleSources, into: Gathering): void {
  data.universities.forEach((university, i) => {
    const path = ['universities', i];
    const owner = { space: 'university', name: university.name, sound: false };
    const own = into.terms.length;
    into.terms.push({ kind: 'university', id: university.name, university: i, shared: false });
    const names = [university.name, ...(university.former_names ?? []).map(({ name }) => name)];
    addNames(into, names, [own], { ...owner, sound: true }, file, path);
    addNames(into, university.aliases, [own], owner, file, [...path, 'aliases']);
    addGuards(into, university.except, [own], file, [...path, 'except']);
    if (university.shared_aliases === undefined) return;
    const shared = into.terms.length;
    into.terms.push({ kind: 'university', id: university.name, university: i, shared: true });
    addNames(into, university.shared_aliases, [shared], owner, file, [...path, 'shared_aliases']);
    addGuards(into, university.except, [shared], file, [...path, 'except']);
  });
}

/** Numbers every term of the rule files and gathers the phrases by which it is found. */
export function gatherTerms(sources: RuleSources, problems: RuleProblem[]): Gathering {
  const into: Gathering = { terms: [], numbers: new Map(), book: createPhraseBook(), problems };
  addConcepts(sources, into);
  addCues(sources, into);
  addDepartment(sources, into);
  addUnits(sources, into);
  addPlaces(sources, into);
  addUniversities(sources, into);
  return into;
}
