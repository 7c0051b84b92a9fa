import { certaintyOf, certaintySigns } from './certainty.ts';
import type { Answer } from './certainty.ts';
import { isCloseCall, isForeign, isHardToRead } from './confidence.ts';
import { createCountableWords, packCountable } from './countable-words.ts';
import type { CountableWords } from './countable-words.ts';
import { decideCategory } from './decide-category.ts';
import type { CategoryDecision } from './decide-category.ts';
import { decideKind } from './decide-kind.ts';
import { decideTarget } from './decide-target.ts';
import { competentUnit, routeAround } from './decide-unit.ts';
import { accusedWords, collectEvidence, collectIgnored } from './explain.ts';
import { findAccused } from './find-accused.ts';
import type { Accused, Mood } from './find-accused.ts';
import { findInstitutions } from './find-institutions.ts';
import { createOccurrences, findOccurrences } from './find-occurrences.ts';
import type { Occurrences } from './find-occurrences.ts';
import { findGeography } from './find-places.ts';
import { fireRules } from './fire-rules.ts';
import type { Firing, Reading } from './fire-rules.ts';
import { createNormalText, normalise } from './normal-text.ts';
import type { NormalText } from './normal-text.ts';
import type { RuleSet } from './rule-set.ts';
import { readAgain } from './second-reader.ts';
import { createVoices, setAside } from './set-aside.ts';
import type { Voices } from './set-aside.ts';
import { tally } from './tally.ts';
import type { Tally } from './tally.ts';
import type { ClassifyInput, UnitAnswer, Verdict } from './verdict.ts';
import type { Kind, Lane } from '../domain/vocabulary.ts';

/** Buffers that every text of one rule set is read into: classification is synchronous, so one of each is enough. */
type Scratch = {
  readonly text: NormalText;
  readonly found: Occurrences;
  readonly words: CountableWords;
  readonly voices: Voices;
};

const scratches = new WeakMap<RuleSet, Scratch>();

function scratchOf(rules: RuleSet): Scratch {
  let scratch = scratches.get(rules);
  if (scratch === undefined) {
    const { termCount } = rules.matcher;
    scratch = {
      text: createNormalText(),
      found: createOccurrences(termCount),
      words: createCountableWords(termCount),
      voices: createVoices(),
    };
    scratches.set(rules, scratch);
  }
  return scratch;
}

function hasSubject(input: ClassifyInput): input is ClassifyInput & { subject: string } {
  return input.subject !== undefined && input.subject !== '';
}

/** The one text that offsets count in. */
export function classifiedText(input: ClassifyInput): string {
  return hasSubject(input) ? `${input.subject}\n${input.text}` : input.text;
}

/** Reads the text: folded, searched, and every word that is not the citizen's own claim set aside. */
export function readText(rules: RuleSet, input: ClassifyInput): { reading: Reading; voices: Voices } {
  const { text, found, words, voices } = scratchOf(rules);
  normalise(classifiedText(input), text, hasSubject(input) ? input.subject.length : 0);
  findOccurrences(rules.matcher, text, found);
  setAside(rules, text, found, input.channel, voices);
  packCountable(found, words);
  let subjectEnd = 0;
  if (hasSubject(input))
    while (subjectEnd < text.length && (text.at[subjectEnd] ?? 0) < input.subject.length) subjectEnd += 1;
  return { reading: { text, found, words, subjectEnd }, voices };
}

function laneOf(kind: Kind, unit: UnitAnswer, sealed: boolean): Lane {
  if (sealed) return 'sealed';
  if (kind === 'accusation') return 'accusation';
  return kind === 'complaint' && unit !== 'NONEDU' ? 'request' : 'non-petition';
}

const isPetition = (kind: Kind): boolean => kind === 'complaint' || kind === 'accusation';

/** Nothing says what sort of message it is: not even thanks or a notice. */
function isSilentOnSort(rules: RuleSet, { kinds }: Tally, said: Kind): boolean {
  return said === 'other' && (kinds.get('other') ?? 0) < rules.scoring.kinds.other_floor;
}

/** A misdeed is argued, whatever the words add up to; topics of the residual category are none by themselves. */
function arguesMisdeed(rules: RuleSet, { categories }: Tally): boolean {
  const { residual, secondary } = rules.scoring;
  return [...categories].some(([id, score]) => id !== residual.category && score >= secondary.floor);
}

/**
 * How the text speaks of a unit that it merely names: it is presumed accused in anything but a plain question, suggestion or
 * word of thanks. A question with a grievance in it is still a question, and what no rule understands may be a grievance (P17).
 */
function moodOf(rules: RuleSet, tallied: Tally, kind: Kind): Mood {
  if (isPetition(kind) || isSilentOnSort(rules, tallied, kind) || arguesMisdeed(rules, tallied)) return 'grievance';
  if (kind === 'other') return 'thanks';
  const { kinds } = tallied;
  const grievance = (kinds.get('complaint') ?? 0) + (kinds.get('accusation') ?? 0);
  return grievance >= rules.scoring.kinds.conflict_floor ? 'grievance' : 'neutral';
}

/** Evidence behind the answer: points of its category, or of its kind when it has none. */
function weightOf(tallied: Tally, { category }: CategoryDecision, kind: Kind): number {
  return category === null ? (tallied.kinds.get(kind) ?? 0) : (tallied.categories.get(category) ?? 0);
}

type Conclusion = {
  readonly firings: readonly Firing[];
  readonly tallied: Tally;
  readonly kind: Kind;
  readonly urgent: boolean;
  readonly accused: Accused;
  readonly decision: CategoryDecision;
};

const NO_CATEGORY: CategoryDecision = { category: null, secondary: null, lead: 1 };

function conclude(rules: RuleSet, reading: Reading, voices: Voices): Conclusion {
  const firings = fireRules(rules, reading);
  const tallied = tally(firings);
  const urgent = tallied.urgent >= rules.scoring.kinds.urgent_floor;
  const said = decideKind(rules, tallied);
  const accused = findAccused(rules, reading, voices, firings, moodOf(rules, tallied, said));
  // A complaint in Tibetan or English says nothing to the rules; it must not end as a message without concern (C27). Nor must
  // one that tells of a unit in words that no rule knows.
  const kind =
    isSilentOnSort(rules, tallied, said) && (isForeign(reading.text) || accused.units.length > 0) ? 'complaint' : said;
  const decision = isPetition(kind) ? decideCategory(rules, tallied, urgent) : NO_CATEGORY;
  return { firings, tallied, kind, urgent, accused, decision };
}

type Reached = Conclusion & {
  readonly reading: Reading;
  readonly unit: UnitAnswer;
  readonly sealed: boolean;
  /** The decision, or none when the matter is not education. */
  readonly settled: CategoryDecision;
  readonly answer: Answer;
};

function reach(rules: RuleSet, input: ClassifyInput): Reached {
  const { reading, voices } = readText(rules, input);
  const concluded = conclude(rules, reading, voices);
  const { firings, tallied, kind, accused, decision } = concluded;
  const { category } = decision;
  const competent = competentUnit({ rules, reading, tally: tallied, firings, category, kind, accused });
  const { unit, sealed } = routeAround(rules, competent, new Set(accused.deny), accused.sealed);
  const notEducation = unit === 'NONEDU';
  const settled = notEducation ? NO_CATEGORY : decision;
  const evidence = weightOf(tallied, settled, kind);
  const opinion = readAgain(rules.secondReader, reading.text);
  const answer = { decision: settled, evidence, tallied, opinion, notEducation, length: reading.text.length };
  return { ...concluded, reading, unit, sealed, settled, answer };
}

/** What the certainty of the answer to a text is made from. For fitting and measuring it; `classify` says everything else. */
export function answerTo(rules: RuleSet, input: ClassifyInput): Answer {
  return reach(rules, input).answer;
}

/**
 * Reads one message and proposes everything about it: sort, category, unit that may receive it, who must not see it, and why.
 * Deterministic; never throws, whatever the text. A person confirms before anything is released.
 */
export function classify(rules: RuleSet, input: ClassifyInput): Verdict {
  const { reading, firings, tallied, kind, urgent, accused, unit, sealed, settled, answer } = reach(rules, input);
  const institutions = findInstitutions(rules, reading);
  const geography = findGeography(rules, reading, institutions);
  const confidence = certaintyOf(rules.certainty, certaintySigns(rules, answer));
  const needsPerson =
    sealed ||
    accused.uncertain ||
    firings.length === 0 ||
    (settled.category !== null && answer.evidence < rules.scoring.secondary.floor) ||
    confidence < rules.scoring.confidence.review_below ||
    isHardToRead(reading.text) ||
    isCloseCall(rules, tallied, settled) ||
    (isPetition(kind) && (unit === 'UNRESOLVED' || (settled.category === null && unit !== 'NONEDU')));
  return {
    kind,
    category: settled.category,
    secondary: settled.secondary,
    unit,
    target: decideTarget({ rules, reading, tally: tallied, unit, sealed, accused, geography, institutions }),
    accused: accusedWords(rules, reading, accused, institutions),
    deny: accused.deny,
    lane: laneOf(kind, unit, sealed),
    urgent,
    confidence,
    review: needsPerson,
    vote: { category: answer.opinion.category, share: Math.round(answer.opinion.share * 100) / 100 },
    evidence: collectEvidence(rules, reading.text, firings, accused, settled, unit),
    ignored: collectIgnored(rules, reading),
    scores: [...tallied.categories]
      .filter(([, score]) => score > 0)
      .map(([category, score]) => ({ category, score: Math.round(score * 100) / 100 }))
      .toSorted((a, b) => b.score - a.score || a.category - b.category),
  };
}
