import type { Timing } from './casework/case-change.ts';
import { checkCatalogue, type DocumentCatalogue } from './letters/document-catalogue.ts';
import { lettersFile, wrongPlaceholders, type LetterTemplates } from './letters/letter-templates.ts';
import { Fault } from './platform/fault.ts';
import type { CallScript } from './rules/call-script.ts';
import { compileRules, versionOf } from './rules/compile-rules.ts';
import { compileTables, readTable } from './rules/office-tables.ts';
import type { RuleFile, RuleProblem } from './rules/rule-problem.ts';
import type { RuleSet } from './rules/rule-set.ts';

/** One version of the folder rules/, ready for use: everything that an office decides without a programmer. */
export type OfficeRules = {
  /** SHA-256, hex, over paths and contents of all files. */
  readonly version: string;
  readonly files: readonly RuleFile[];
  readonly rules: RuleSet;
  readonly timing: Timing;
  readonly templates: LetterTemplates;
  /** Official letters. */
  readonly catalogue: DocumentCatalogue;
  readonly script: CallScript;
};

export type CompiledOfficeRules =
  | { readonly kind: 'ok'; readonly office: OfficeRules }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] };

/** Checks and compiles every file of rules/. Either all is right, or every problem of every file is told and nothing takes effect. */
export function compileOfficeRules(files: readonly RuleFile[]): CompiledOfficeRules {
  const compiled = compileRules(files);
  const beside = compileBesideRules(files);
  if (compiled.kind === 'ok' && beside.kind === 'ok')
    return { kind: 'ok', office: { ...beside.parts, rules: compiled.rules } };
  return { kind: 'invalid', problems: [compiled, beside].flatMap((part) => (part.kind === 'ok' ? [] : part.problems)) };
}

type BesideRules =
  | { readonly kind: 'ok'; readonly parts: Omit<OfficeRules, 'rules'> }
  | { readonly kind: 'invalid'; readonly problems: readonly RuleProblem[] };

/** Everything in the folder that is no rule of classification: time, letters, what operators say. */
function compileBesideRules(files: readonly RuleFile[]): BesideRules {
  const problems: RuleProblem[] = [];
  const tables = compileTables(files, problems);
  const templates = readTable('letters.yaml', lettersFile, files, problems, wrongPlaceholders);
  const letters = checkCatalogue(files.filter(({ path }) => /^(?:rules\/)?letters\//u.test(path)));
  if (letters.kind === 'invalid') problems.push(...letters.problems);
  if (letters.kind === 'invalid' || tables === null || templates === null) return { kind: 'invalid', problems };
  return {
    kind: 'ok',
    parts: { version: versionOf(files), files, templates, catalogue: letters.catalogue, ...tables },
  };
}

/**
 * A version that was checked before it came into force, for a process that classifies nothing: clocks and letters only, in a
 * tenth of the time. `rules` is compiled when somebody looks at it after all, and throws `rules.invalid` where this program
 * does not accept it.
 */
export function openOfficeRules(files: readonly RuleFile[]): CompiledOfficeRules {
  const beside = compileBesideRules(files);
  if (beside.kind === 'invalid') return beside;
  let rules: RuleSet | null = null;
  const compileOnce = (): RuleSet => {
    const compiled = compileRules(files);
    if (compiled.kind === 'invalid')
      throw new Fault('rules.invalid', `The rules in force have ${compiled.problems.length} problems in this program.`);
    return compiled.rules;
  };
  return {
    kind: 'ok',
    office: {
      ...beside.parts,
      get rules() {
        return (rules ??= compileOnce());
      },
    },
  };
}

/** Raised with every change of the program after which the same files plan other dates. */
const PLANNING = 1;

/** Everything that the date of a deadline is made of: the same for rules that differ only elsewhere. */
export function timingVersion({ files }: Pick<OfficeRules, 'files'>): string {
  const ofTime = files.filter(({ path }) => /^(?:rules\/)?(?:calendar|calendar-local|clocks)\.yaml$/u.test(path));
  return `${PLANNING}:${versionOf(ofTime)}`;
}

/** A version that should be in force and is not, in this process. */
export type RefusedVersion = { readonly version: string; readonly problems: number };

/** The rules that this process works by at this moment. Whoever needs them asks again every time. */
export type RulesInForce = {
  current(): OfficeRules;
  /** Calendar, clocks and ladders of `current()`, whenever they are looked at. */
  readonly timing: Timing;
  take(next: OfficeRules): void;
  /** Told after each change. */
  onTake(listener: () => void): void;
  refused: RefusedVersion | null;
};

export function createRulesInForce(first: OfficeRules, refused: RefusedVersion | null): RulesInForce {
  let current = first;
  const listeners: (() => void)[] = [];
  return {
    current: () => current,
    timing: {
      get calendar() {
        return current.timing.calendar;
      },
      get clocks() {
        return current.timing.clocks;
      },
      get ladders() {
        return current.timing.ladders;
      },
    },
    take(next) {
      current = next;
      for (const listener of listeners) listener();
    },
    onTake: (listener) => void listeners.push(listener),
    refused,
  };
}
