import { beforeAll, describe, expect, it } from 'vitest';
import { rulesDirectory } from '../../src/compose.ts';
import { readRuleFiles } from '../../src/intake/read-rule-files.ts';
import { checkCatalogue } from '../../src/letters/document-catalogue.ts';
import { compileOfficeRules, openOfficeRules } from '../../src/office-rules.ts';
import { checkReferences } from '../../src/rules/check-references.ts';
import { classify } from '../../src/rules/classify.ts';
import { versionOf } from '../../src/rules/compile-rules.ts';
import { gatherTerms } from '../../src/rules/gather-terms.ts';
import { gatherReadings, readRuleFile, type FileReading, type RuleSources } from '../../src/rules/rule-files.ts';
import type { RuleProblem } from '../../src/rules/rule-problem.ts';
import { MUTATION_NAMES, mutantsOf, withMutant, type Mutant } from '../support/rule-mutants.ts';

const MUTANTS = 2_000;
const SEED = 20_140_722;
/** A whole compilation takes half a second. */
const WHOLE = 40;
const FILES = readRuleFiles(rulesDirectory());
const SHIPPED = versionOf(FILES);
const READINGS = new Map<string, FileReading>(FILES.map((file) => [file.path, readRuleFile(file)]));

type Tried = { readonly mutant: Mutant; readonly problems: readonly RuleProblem[] };
let tried: readonly Tried[];

beforeAll(() => {
  tried = mutantsOf(FILES, MUTANTS, Number(process.env['PROPERTY_SEED'] ?? SEED)).map((mutant) => ({
    mutant,
    problems: problemsOf(mutant),
  }));
}, 600_000);

/**
 * What the compilation says of a mutant, in a hundredth of the time: the one file is read anew, what was read of the others is
 * taken as it is, and all of it is checked together. Two things are only looked at within the mutated file: whether a phrase
 * stands twice, and whether its phrases and expressions can be understood. Whole compilations below tell whether that is enough.
 */
function problemsOf(mutant: Mutant): readonly RuleProblem[] {
  const { path } = mutant;
  const files = withMutant(FILES, mutant);
  if (path.startsWith('letters/')) {
    const checked = checkCatalogue(files.filter((file) => file.path.startsWith('letters/')));
    return checked.kind === 'ok' ? [] : checked.problems;
  }
  const own = readRuleFile(mutant);
  if (own.place === null) {
    const opened = openOfficeRules(files);
    return opened.kind === 'ok' ? [] : opened.problems;
  }
  const problems: RuleProblem[] = [];
  const readings = FILES.flatMap((file) => (file.path === path ? own : (READINGS.get(file.path) ?? [])));
  const sources = gatherReadings(readings, problems);
  if (sources !== null) checkReferences(sources, problems);
  if (sources !== null && problems.length === 0) gatherTerms(onlyWordsOf(sources, path), problems);
  return problems;
}

function onlyWordsOf(sources: RuleSources, path: string): RuleSources {
  const lexicon = sources.lexicon.filter(({ file }) => file.path === path);
  const { places, universities } = sources;
  return {
    ...sources,
    lexicon,
    places: path === 'places.yaml' ? places : { ...places, data: { ...places.data, prefectures: [] } },
    universities: path === 'universities.yaml' ? universities : { ...universities, data: { universities: [] } },
  };
}

const nameOf = ({ name, mutation, path }: Mutant): string => `${name}: ${path} ${mutation}`;

/** What a person cannot find or mend by this problem, or null. */
function unhelpful({ mutant }: Tried, { file, line, column, message, hint }: RuleProblem): string | null {
  const text = file === mutant.path ? mutant.text : FILES.find(({ path }) => path === file)?.text;
  const isThere = text !== undefined && line >= 1 && line <= text.split('\n').length && column >= 1;
  return isThere && message !== '' && hint !== '' ? null : `${nameOf(mutant)} -> ${file}:${line}:${column} ${message}`;
}

describe('P28 two thousand rule files after an accident or an attack', () => {
  it('are as many as they should be, of every kind, and none crashed its reader', () => {
    expect(tried).toHaveLength(MUTANTS);
    expect(new Set(tried.map(({ mutant }) => mutant.mutation))).toEqual(new Set(MUTATION_NAMES));
    expect(new Set(tried.map(({ mutant }) => mutant.path))).toEqual(new Set(FILES.map(({ path }) => path)));
  });

  it('are refused wherever nothing in them can be meant', () => {
    const accepted = tried.filter(({ mutant, problems }) => mutant.hopeless && problems.length === 0);
    expect(accepted.map(({ mutant }) => nameOf(mutant))).toEqual([]);
    expect(tried.filter(({ problems }) => problems.length > 0).length).toBeGreaterThan(MUTANTS / 2);
  });

  it('are refused with the file, the line and what to do', () => {
    const all = tried.flatMap((one) => one.problems.map((problem) => unhelpful(one, problem)));
    expect(all.filter((problem) => problem !== null)).toEqual([]);
  });

  it('never pass for the version in force', () => {
    const passed = tried.filter(({ problems }) => problems.length === 0);
    for (const { mutant } of passed) expect(versionOf(withMutant(FILES, mutant)), nameOf(mutant)).not.toBe(SHIPPED);
  });
});

describe('P28 the whole compilation', () => {
  it(
    'accepts nothing that the single files were refused for, and what it accepts keeps the walls',
    { timeout: 600_000 },
    () => {
      const everyNth = (list: readonly Tried[], count: number): Tried[] =>
        list.filter((_, n) => n % Math.ceil(list.length / count) === 0);
      const passed = everyNth(
        tried.filter(({ problems }) => problems.length === 0),
        WHOLE / 2,
      );
      const refused = everyNth(
        tried.filter(({ problems }) => problems.length > 0),
        WHOLE / 2,
      );
      for (const one of [...passed, ...refused]) {
        const compiled = compileOfficeRules(withMutant(FILES, one.mutant));
        if (compiled.kind === 'invalid') {
          expect(compiled.problems.flatMap((problem) => unhelpful(one, problem) ?? [])).toEqual([]);
          continue;
        }
        expect(one.problems, nameOf(one.mutant)).toEqual([]);
        const text = '我举报基础教育处收受礼金，打电话没人接，学校乱收费三百元。';
        const { unit, deny, confidence } = classify(compiled.office.rules, { channel: 'email', text });
        expect(deny, nameOf(one.mutant)).not.toContain(unit);
        expect(confidence, nameOf(one.mutant)).toBeLessThanOrEqual(1);
      }
    },
  );
});
