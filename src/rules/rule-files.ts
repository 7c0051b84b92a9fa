import type { z } from 'zod';
import {
  agenciesFile,
  categoriesFile,
  lexiconFile,
  placesFile,
  rulesFile,
  scoringFile,
  secondReaderFile,
  setAsideFile,
  soundAlikesFile,
  unitsFile,
  universitiesFile,
} from './file-schemas.ts';
import { readYaml } from './read-yaml.ts';
import type { YamlFile } from './read-yaml.ts';
import type { RuleFile, RuleProblem } from './rule-problem.ts';

const SINGLE = {
  units: unitsFile,
  places: placesFile,
  universities: universitiesFile,
  agencies: agenciesFile,
  categories: categoriesFile,
  scoring: scoringFile,
  'second-reader': secondReaderFile,
  'set-aside': setAsideFile,
  'sound-alikes': soundAlikesFile,
} as const;
const FOLDERS = { lexicon: lexiconFile, classification: rulesFile, routing: rulesFile } as const;

/** Files of the folder `rules/` that decide nothing about a text: office-tables.ts and letters read them. */
const ELSEWHERE = /(^|\/)(call-script|clocks|ladders|letters|calendar|obligations)(\/|\.ya?ml$|-)/;

type SingleName = keyof typeof SINGLE;
type FolderName = keyof typeof FOLDERS;
export type Loaded<T> = { readonly data: T; readonly file: YamlFile };

/** All files, each in its shape. */
export type RuleSources = {
  readonly [K in SingleName]: Loaded<z.infer<(typeof SINGLE)[K]>>;
} & {
  readonly lexicon: readonly Loaded<z.infer<typeof lexiconFile>>[];
  readonly rules: readonly Loaded<z.infer<typeof rulesFile>>[];
};

function placeOf(path: string): { single: SingleName } | { folder: FolderName } | null {
  const [, folder, name] = /(?:^|\/)([^/]*)\/?([^/]+)\.yaml$/.exec(`/${path}`) ?? [];
  if (folder !== undefined && folder in FOLDERS) return { folder: folder as FolderName };
  return name !== undefined && name in SINGLE ? { single: name as SingleName } : null;
}

const hintOf = (code: string): string => {
  if (code === 'unrecognized_keys') return 'look for a spelling mistake, or remove the key';
  if (code === 'invalid_type') return 'put texts that look like numbers or dates in quotes: "0931"';
  return 'docs/rules.md describes each file';
};

/** The value of a file in its shape, or null with every problem noted. */
export function validate<T>(file: YamlFile, schema: z.ZodType<T>, problems: RuleProblem[]): Loaded<T> | null {
  const result = schema.safeParse(file.value);
  if (result.success) return { data: result.data, file };
  for (const issue of result.error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    const where = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
    problems.push(file.problemAt(keys, where + issue.message, hintOf(issue.code)));
  }
  return null;
}

type Collected = {
  readonly singles: Map<SingleName, Loaded<unknown>>;
  readonly lexicon: Loaded<z.infer<typeof lexiconFile>>[];
  readonly rules: Loaded<z.infer<typeof rulesFile>>[];
};

function collect(file: RuleFile, into: Collected, problems: RuleProblem[]): void {
  const place = placeOf(file.path);
  const stray = (message: string, hint: string): void => {
    problems.push({ file: file.path, line: 1, column: 1, message, hint });
  };
  if (place === null) {
    if (!ELSEWHERE.test(file.path))
      stray('no part of the rules has a file of this name', `names: ${Object.keys(SINGLE).join(', ')} (.yaml)`);
    return;
  }
  const read = readYaml(file);
  if (read.kind === 'invalid') {
    problems.push(...read.problems);
    return;
  }
  if ('single' in place) {
    const loaded = validate<unknown>(read.file, SINGLE[place.single], problems);
    if (into.singles.has(place.single)) stray('there are two files of this name', 'keep one');
    if (loaded !== null) into.singles.set(place.single, loaded);
  } else if (place.folder === 'lexicon') {
    const loaded = validate(read.file, lexiconFile, problems);
    if (loaded !== null) into.lexicon.push(loaded);
  } else {
    const loaded = validate(read.file, rulesFile, problems);
    if (loaded !== null) into.rules.push(loaded);
  }
}

/** Reads and checks the shape of every file; null when something is missing or broken, with all problems noted. */
export function readRuleFiles(files: readonly RuleFile[], problems: RuleProblem[]): RuleSources | null {
  const into: Collected = { singles: new Map(), lexicon: [], rules: [] };
  for (const file of files) collect(file, into, problems);
  const missing = (file: string): void => {
    if (problems.length === 0 || !problems.some((problem) => problem.file.includes(file)))
      problems.push({ file, line: 1, column: 1, message: 'file is missing', hint: 'restore it from version control' });
  };
  for (const name of Object.keys(SINGLE) as SingleName[]) if (!into.singles.has(name)) missing(`${name}.yaml`);
  if (into.lexicon.length === 0) missing('lexicon/');
  if (into.rules.length === 0) missing('classification/');
  if (problems.length > 0) return null;
  // Each loaded value was parsed by the schema of its own name.
  return { ...Object.fromEntries(into.singles), lexicon: into.lexicon, rules: into.rules } as unknown as RuleSources;
}
