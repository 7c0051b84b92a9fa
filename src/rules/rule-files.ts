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

/** What stands at `path`, or undefined. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, key) : undefined),
    value,
  );
}

/** What to do about it. A misspelt key or a line indented otherwise shows as a value that is not there. */
function hintOf(issue: z.core.$ZodIssue, found: unknown): string {
  if (issue.code === 'unrecognized_keys') return 'look for a spelling mistake, or remove the key';
  if (found === undefined) return 'add it; is the key misspelt, or indented otherwise than the keys beside it?';
  if (issue.code !== 'invalid_type') return 'docs/rules.md describes each file';
  if (issue.expected === 'string') return 'put texts that look like numbers or dates in quotes: "0931"';
  return 'is something missing behind the colon, or are lines indented otherwise than those above?';
}

/** The value of a file in its shape, or null with every problem noted. */
export function validate<T>(file: YamlFile, schema: z.ZodType<T>, problems: RuleProblem[]): Loaded<T> | null {
  const result = schema.safeParse(file.value);
  if (result.success) return { data: result.data, file };
  for (const issue of result.error.issues) {
    const keys = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
    const where = issue.path.length === 0 ? '' : `${issue.path.map(String).join('.')}: `;
    problems.push(file.problemAt(keys, where + issue.message, hintOf(issue, valueAt(file.value, issue.path))));
  }
  return null;
}

/** What one file says when it is read by itself. `loaded` is null where something in it is wrong, or nothing here reads it. */
export type FileReading = {
  readonly place: ReturnType<typeof placeOf>;
  readonly path: string;
  readonly loaded: Loaded<unknown> | null;
  readonly problems: readonly RuleProblem[];
};

/** Reads a file and checks its shape, without looking at any other. */
export function readRuleFile(file: RuleFile): FileReading {
  const { path } = file;
  const place = placeOf(path);
  if (place === null) {
    const hint = `names: ${Object.keys(SINGLE).join(', ')} (.yaml)`;
    const stray = { file: path, line: 1, column: 1, message: 'no part of the rules has a file of this name', hint };
    return { place, path, loaded: null, problems: ELSEWHERE.test(path) ? [] : [stray] };
  }
  const read = readYaml(file);
  if (read.kind === 'invalid') return { place, path, loaded: null, problems: read.problems };
  const problems: RuleProblem[] = [];
  const schema = 'single' in place ? SINGLE[place.single] : FOLDERS[place.folder];
  return { place, path, loaded: validate<unknown>(read.file, schema, problems), problems };
}

/** What the files say together; null when something is missing or broken, with all problems noted. */
export function gatherReadings(readings: readonly FileReading[], problems: RuleProblem[]): RuleSources | null {
  const singles = new Map<SingleName, Loaded<unknown>>();
  const folders: Record<'lexicon' | 'rules', Loaded<unknown>[]> = { lexicon: [], rules: [] };
  for (const { place, path: file, loaded, problems: own } of readings) {
    problems.push(...own);
    if (place === null || loaded === null) continue;
    if ('folder' in place) folders[place.folder === 'lexicon' ? 'lexicon' : 'rules'].push(loaded);
    else if (singles.has(place.single))
      problems.push({ file, line: 1, column: 1, message: 'there are two files of this name', hint: 'keep one' });
    else singles.set(place.single, loaded);
  }
  const missing = (file: string): void => {
    if (!problems.some((problem) => problem.file.includes(file)))
      problems.push({ file, line: 1, column: 1, message: 'file is missing', hint: 'restore it from version control' });
  };
  for (const name of Object.keys(SINGLE) as SingleName[]) if (!singles.has(name)) missing(`${name}.yaml`);
  if (folders.lexicon.length === 0) missing('lexicon/');
  if (folders.rules.length === 0) missing('classification/');
  if (problems.length > 0) return null;
  // Each loaded value was parsed by the schema of its own name.
  return { ...Object.fromEntries(singles), ...folders } as unknown as RuleSources;
}

/** Reads and checks the shape of every file; null when something is missing or broken, with all problems noted. */
export function readRuleFiles(files: readonly RuleFile[], problems: RuleProblem[]): RuleSources | null {
  return gatherReadings(files.map(readRuleFile), problems);
}
