import { RE2JS } from 're2js';
import type { PhraseTable, PhraseTarget } from './find-occurrences.ts';
import { normalPhrase } from './normal-text.ts';
import type { HiddenName } from './name-trie.ts';
import { compilePhrases } from './phrase-automaton.ts';
import { isPlain, neededBits, parsePhrase, phraseKey } from './phrase-pattern.ts';
import type { PhraseVariant } from './phrase-pattern.ts';

/** Reports a problem of the phrase that is being added. */
export type Report = (message: string, hint: string) => void;

/** Collects the phrases of all files, each with what it stands for, before they are compiled. */
export type PhraseBook = {
  /**
   * `owner` is named when the same phrase comes twice in one `space`. Concepts share one space, names of units another: 学生处
   * may be a word of a concept and a unit at once, but not two units. Two concepts may share a phrase unless one includes the
   * other; `terms` begins with the owner's own number, and goes on with the concepts that include it.
   */
  addWord(phrase: string, terms: readonly number[], space: string, owner: string, report: Report): void;
  addGuard(phrase: string, terms: readonly number[], report: Report): void;
  addExpression(near: string, re2: string, terms: readonly number[], report: Report): void;
  /** Also finds what sounds like `phrase`; phrases of fewer than three Han characters are left out as too common. */
  addSound(phrase: string, terms: readonly number[], report: Report): void;
  /** Also finds `phrase` when a part of it is hidden; at least three Han characters, for the same reason. */
  addHidden(phrase: string, term: number, isHeard: boolean, report: Report): void;
  compile(soundOf: Uint16Array): { exact: PhraseTable; sound: PhraseTable; hidden: readonly HiddenName[] };
};

type Targets = Map<string, PhraseTarget[]>;

function push(targets: Targets, text: string, target: PhraseTarget): void {
  const list = targets.get(text);
  if (list === undefined) targets.set(text, [target]);
  else list.push(target);
}

function variantsOf(phrase: string, report: Report): readonly PhraseVariant[] {
  const parsed = parsePhrase(phrase);
  if (parsed.kind === 'ok') return parsed.variants;
  report(`${phrase}: ${parsed.message}`, parsed.hint);
  return [];
}

/** RE2 has no look-around and no back-references, so no expression can run away (P29). */
function compileExpression(re2: string, report: Report): RE2JS | null {
  // After folding, full-width digits are plain ones, so \d works; \w and \b know no Chinese and would mislead.
  if (/\\[wWbB]/.test(re2)) report(`${re2}: \\w and \\b do not know Chinese`, 'write \\p{Han} or the characters meant');
  try {
    const expression = RE2JS.compile(re2);
    if (expression.matcher('').matches() || expression.matcher('').find()) {
      report(`${re2}: matches the empty text`, 'use + instead of *, or add a word that must be there');
      return null;
    }
    return expression;
  } catch (error) {
    report(
      `${re2}: ${error instanceof Error ? error.message : 'not a regular expression'}`,
      'RE2 syntax only: no (?=, (?<, \\1',
    );
    return null;
  }
}

function compileTable(byText: Targets): PhraseTable {
  const texts = [...byText.keys()];
  const lists = [...byText.values()];
  const from = new Int32Array(lists.length + 1);
  lists.forEach((list, phrase) => (from[phrase + 1] = (from[phrase] ?? 0) + list.length));
  const needs = lists.map((list) => list.map(needsOf));
  return {
    automaton: compilePhrases(texts),
    lengths: Int32Array.from(texts, (text) => text.length),
    from,
    targets: lists.flat(),
    needsLeft: Int32Array.from(needs.flat(), ({ left }) => left),
    needsRight: Int32Array.from(needs.flat(), ({ right }) => right),
    needy: Uint8Array.from(needs, (list) => Number(list.some(({ left, right }) => left !== 0 || right !== 0))),
  };
}

function needsOf(target: PhraseTarget): { left: number; right: number } {
  return target.kind === 'word' && target.variant !== null ? neededBits(target.variant) : { left: 0, right: 0 };
}

type Owner = { readonly name: string; readonly terms: readonly number[] };

function clash(space: string, a: Owner, b: Owner): boolean {
  if (space !== 'concept') return true;
  return a.terms.includes(b.terms[0] ?? -1) || b.terms.includes(a.terms[0] ?? -1);
}

function foldSound(text: string, soundOf: Uint16Array): string {
  let folded = '';
  for (let i = 0; i < text.length; i += 1) folded += String.fromCharCode(soundOf[text.charCodeAt(i)] ?? 0);
  return folded;
}

const isLongName = (variant: PhraseVariant): boolean =>
  isPlain(variant) && /^\p{Script=Han}{3,}$/u.test(variant.anchor);

/** 资助|中心, 厅|办公室: what other bodies have under the same word. */
const SORTS_OF_BODIES = /(?:中心|办公室|监察室|委员会|窗口|大厅|.)$/u;

type NameToHide = Pick<HiddenName, 'text' | 'term' | 'isHeard'>;

function hiddenName(name: NameToHide, words: ReadonlyMap<string, unknown>): HiddenName {
  const { text } = name;
  return {
    ...name,
    suffix: SORTS_OF_BODIES.exec(text)?.[0].length ?? 1,
    mayLoseFirst: !words.has(text.slice(1)),
    mayLoseLast: !words.has(text.slice(0, -1)),
  };
}

export function createPhraseBook(): PhraseBook {
  const exact: Targets = new Map();
  const spoken: { text: string; terms: readonly number[] }[] = [];
  const hidden = new Map<string, NameToHide>();
  const owners = new Map<string, Owner[]>();
  return {
    addWord(phrase, terms, space, owner, report) {
      for (const variant of variantsOf(phrase, report)) {
        const key = `${space}:${phraseKey(variant)}`;
        const known = owners.get(key) ?? [];
        const other = known.find((candidate) => clash(space, candidate, { name: owner, terms }));
        if (other !== undefined) {
          const hint = other.name === owner ? 'remove one' : 'keep it in one of them';
          report(`${phraseKey(variant)}: stands twice, in ${other.name} and ${owner}`, hint);
          continue;
        }
        owners.set(key, [...known, { name: owner, terms }]);
        push(exact, variant.anchor, { kind: 'word', terms, variant: isPlain(variant) ? null : variant });
      }
    },
    addGuard(phrase, terms, report) {
      for (const variant of variantsOf(phrase, report)) {
        if (isPlain(variant)) push(exact, variant.anchor, { kind: 'guard', terms });
        else report(`${phrase}: an exception must be plain words`, 'write it without … and #');
      }
    },
    addExpression(near, re2, terms, report) {
      const expression = compileExpression(re2, report);
      const text = normalPhrase(near);
      if (text === '') report(`${near}: needs words`, 'name a word that every match contains');
      else if (expression !== null) push(exact, text, { kind: 'expression', terms, expression });
    },
    addSound(phrase, terms, report) {
      for (const variant of variantsOf(phrase, report)) {
        if (isLongName(variant)) spoken.push({ text: variant.anchor, terms });
      }
    },
    addHidden(phrase, term, isHeard, report) {
      for (const variant of variantsOf(phrase, report))
        if (isLongName(variant)) hidden.set(`${term} ${variant.anchor}`, { text: variant.anchor, term, isHeard });
    },
    compile(soundOf) {
      const sound: Targets = new Map();
      for (const { text, terms } of spoken)
        push(sound, foldSound(text, soundOf), { kind: 'word', terms, variant: null });
      const names = [...hidden.values()].map((name) => hiddenName(name, exact));
      return { exact: compileTable(exact), sound: compileTable(sound), hidden: names };
    },
  };
}
