import iconv from 'iconv-lite';
import type { RuleFile } from '../../src/rules/rule-problem.ts';
import { createChance, type Chance } from './kill-chance.ts';

/** A real rule file after an accident or an attack: one of `MUTATIONS` on one file. */
export type Mutant = {
  /** Seed and number: the same mutant again. */
  readonly name: string;
  readonly mutation: string;
  /** Nothing of what this mutation makes may ever be accepted. */
  readonly hopeless: boolean;
  readonly path: string;
  readonly text: string;
};

type Mutation = {
  /** Null: this file has no place for it. */
  readonly apply: (text: string, chance: Chance) => string | null;
  readonly hopeless?: true;
  /** Only files whose path matches. */
  readonly of?: RegExp;
};

const NESTED = 20_000;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'flips bytes': { apply: flipBytes },
  'loses a character': { apply: (text, chance) => splice(text, chance.below(text.length), 1, '') },
  'has a stray sign': {
    apply: (text, chance) => splice(text, chance.below(text.length), 0, chance.pick([...'[]{}:,-#&*!|>\'"%@`?…'])),
  },
  'swaps two lines': { apply: swapLines },
  'doubles a line': { apply: (text, chance) => onLine(text, chance, /\S/u, (line) => `${line}\n${line}`) },
  'loses a line': { apply: (text, chance) => onLine(text, chance, /\S/u, () => null) },
  'loses half of a line': {
    apply: (text, chance) => onLine(text, chance, /\S{4}/u, (line) => line.slice(0, Math.ceil(line.length / 2))),
  },
  'is indented one more': { apply: (text, chance) => onLine(text, chance, /^ +\S/u, (line) => ` ${line}`) },
  'is indented less': { apply: (text, chance) => onLine(text, chance, /^ {2,}\S/u, (line) => line.slice(1)) },
  'is indented with Tab': {
    hopeless: true,
    apply: (text, chance) => onLine(text, chance, /^ +- /u, (line) => line.replace(/^ +/u, '\t')),
  },
  'has another key': { hopeless: true, apply: renameKey(['nobody-knows-this', '键']) },
  'has a key of objects': { hopeless: true, apply: renameKey(['__proto__', 'constructor', 'toString', '<<']) },
  'has a number out of range': { apply: putNumber(['-1', '99999999999999999999', '1e308', '0.000001', '7.5']) },
  'has what is no number': {
    hopeless: true,
    apply: putNumber(['.nan', '.inf', '-.inf', '七', '"7"', '7,5', '[]', '{}', '0x1_0']),
  },
  'has another type': {
    hopeless: true,
    apply: putValue(['[[]]', '{ a: { b: c } }', 'null', '~', '-1', 'true', '']),
  },
  'nests brackets': { hopeless: true, apply: putValue(['['.repeat(NESTED), '{a: '.repeat(NESTED)]) },
  'nests dashes': { hopeless: true, apply: (text, chance) => putLine(text, chance, `${'- '.repeat(NESTED)}x`) },
  'nests blocks': {
    hopeless: true,
    apply: (text) => `${text}${Array.from({ length: 200 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')}\n`,
  },
  'has an anchor': { hopeless: true, apply: putValue(['&a x', '*a', '&a [*a, *a]']) },
  'has a tag': { hopeless: true, apply: putValue(['!!js/function "x"', '!!binary "aGk="', '!<x> y', '!!set {a}']) },
  'is two documents': { hopeless: true, apply: (text, chance) => `${text}${chance.pick(['---', '...\n---'])}\na: 1\n` },
  'holds a NUL': { hopeless: true, apply: (text, chance) => splice(text, chance.below(text.length), 0, '\0') },
  'holds invisible signs': {
    apply: (text, chance) =>
      splice(text, chance.below(text.length), 0, chance.pick(['\u200b', '\u202e', '\u2028', '\u0085', '\ufeff'])),
  },
  'is saved as GBK': {
    hopeless: true,
    apply: (text) => iconv.encode(text, 'gbk').toString('utf8'),
  },
  'is saved as UTF-16': { hopeless: true, apply: (text) => iconv.encode(text, 'utf16-le').toString('utf8') },
  'is saved with CR LF and a mark': { apply: (text) => `\ufeff${text.replaceAll('\n', '\r\n')}` },
  'is cut off': {
    apply: (text, chance) => {
      const bytes = Buffer.from(text);
      return bytes.subarray(0, chance.below(bytes.length)).toString('utf8');
    },
  },
  'is empty': { hopeless: true, apply: (_text, chance) => chance.pick(['', '\n', '# 空\n', '{}\n', '[]\n', 'null\n']) },
  'is too large': { hopeless: true, apply: (text) => `${text}${'# 很长\n'.repeat(40_000)}` },
  'has a hostile phrase': { of: /^lexicon\//u, apply: putPhrase },
  'has a hostile expression': { of: /^lexicon\//u, hopeless: true, apply: putExpression },
  'names an unknown unit': {
    hopeless: true,
    of: /^(?:classification|routing|categories)/u,
    apply: (text, chance) =>
      replaceOne(text, chance, /(?<=\b(?:unit|handler|accuses): )[A-Z]{2,10}\b/gu, () => 'NOSUCH'),
  },
  'names an unknown concept': {
    hopeless: true,
    of: /^(?:classification|routing)\//u,
    apply: (text, chance) => replaceOne(text, chance, /(?<=\b(?:all|any|none): \[)[a-z0-9-]+/gu, () => 'no-such-word'),
  },
  'names a ninth category': {
    hopeless: true,
    of: /^(?:classification|categories|scoring)/u,
    apply: (text, chance) => replaceOne(text, chance, /(?<=\bcategory: )[1-8]\b/gu, () => '9'),
  },
};

export const MUTATION_NAMES: readonly string[] = Object.keys(MUTATIONS);

/** `count` mutants of `files`, each mutation equally often, the same for the same seed. Each differs from its file. */
export function mutantsOf(files: readonly RuleFile[], count: number, seed: number): readonly Mutant[] {
  const all = Object.entries(MUTATIONS);
  const chance = createChance(seed);
  const mutants: Mutant[] = [];
  for (let n = 0; mutants.length < count; n += 1) {
    const [mutation, { apply, of, hopeless }] = all[n % all.length] ?? ['', { apply: () => null }];
    const file = chance.pick(of === undefined ? files : files.filter(({ path }) => of.test(path)));
    const text = apply(file.text, chance);
    if (text === null || text === file.text) continue;
    mutants.push({ name: `${seed}-${n}`, mutation, hopeless: hopeless === true, path: file.path, text });
  }
  return mutants;
}

/** The files with the mutant in the place of the file that it was. The others are the same objects. */
export function withMutant(files: readonly RuleFile[], { path, text }: Mutant): readonly RuleFile[] {
  return files.map((file) => (file.path === path ? { path, text } : file));
}

const splice = (text: string, at: number, count: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + count);

function flipBytes(text: string, chance: Chance): string {
  const bytes = Buffer.from(text);
  for (let flips = 1 + chance.below(3); flips > 0; flips -= 1) {
    const at = chance.below(bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
  }
  return bytes.toString('utf8');
}

function swapLines(text: string, chance: Chance): string {
  const lines = text.split('\n');
  const [a, b] = [chance.below(lines.length), chance.below(lines.length)];
  return lines
    .with(a, lines[b] ?? '')
    .with(b, lines[a] ?? '')
    .join('\n');
}

/** One line of those that look like `shape`, never a comment; null from `edit` removes it. */
function onLine(text: string, chance: Chance, shape: RegExp, edit: (line: string) => string | null): string | null {
  const lines = text.split('\n');
  const candidates = lines.flatMap((line, n) => (shape.test(line) && !/^\s*#/u.test(line) ? [n] : []));
  if (candidates.length === 0) return null;
  const at = chance.pick(candidates);
  return lines.flatMap((line, n) => (n === at ? (edit(line) ?? []) : line)).join('\n');
}

function putLine(text: string, chance: Chance, line: string): string {
  const lines = text.split('\n');
  return lines.toSpliced(1 + chance.below(lines.length - 1), 0, line).join('\n');
}

function replaceOne(text: string, chance: Chance, shape: RegExp, put: () => string): string | null {
  const found = [...text.matchAll(shape)];
  if (found.length === 0) return null;
  const { 0: old, index } = chance.pick(found);
  return splice(text, index, old.length, put());
}

function renameKey(names: readonly string[]): Mutation['apply'] {
  return (text, chance) => replaceOne(text, chance, /(?<=^[ -]*)[a-z_]+(?=: |:$)/gmu, () => chance.pick(names));
}

function putNumber(values: readonly string[]): Mutation['apply'] {
  return (text, chance) =>
    replaceOne(text, chance, /(?<=^[ -]*[a-z_]+: )\d+(?:\.\d+)?(?=$|,| )/gmu, () => chance.pick(values));
}

/** In the place of a value that stands on one line with its key. */
function putValue(values: readonly string[]): Mutation['apply'] {
  return (text, chance) => replaceOne(text, chance, /(?<=^[ -]*[a-z_]+: )[^\s|>].*$/gmu, () => chance.pick(values));
}

const PHRASES = [
  '"((((((((((a|b)|c)|d)|e)|f)|g)|h)|i)|j)|k)"',
  `"${'(甲|乙)'.repeat(40)}"`,
  `"${'…'.repeat(300)}"`,
  '"…"',
  '"#"',
  '"(a+)+$"',
  '"(?=收费)"',
  '"\\\\1"',
  `"${'甲'.repeat(790)}"`,
  '"\\u200b\\u200b"',
  '"   "',
  `"${'(|)'.repeat(60)}"`,
  '"甲…#…#…#乙"',
  '"\\ud800"',
];

function putPhrase(text: string, chance: Chance): string | null {
  return onLine(text, chance, /^ {6}- /u, () => `      - ${chance.pick(PHRASES)}`);
}

const EXPRESSIONS = [
  '(?=收费)费',
  '(收)\\1',
  '(?<=乱)收费',
  '(',
  '收*',
  '(收?){0,}',
  '(收{1000}){1000}',
  '[',
  '\\w+',
  '\\b收',
  '(?<n>收)\\k<n>',
  '收{99999}',
];

/** A concept gets it beside its words. */
function putExpression(text: string, chance: Chance): string | null {
  const expression = JSON.stringify([{ near: '收', re2: chance.pick(EXPRESSIONS) }]);
  return onLine(text, chance, /^ {4}says: /u, (line) => `${line}\n    expressions: ${expression}`);
}
