import type { CaseView, DeadlineView, ItemView, LetterView, ProposalView, VerdictView } from '../casework/views.ts';
import { ACK_REFUSALS, type AckRefusal } from '../domain/acknowledgement.ts';
import { CASE_STATE_NAMES } from '../domain/case-states.ts';
import { CASE_FLAGS, CLOSINGS, CLUE_WAYS, FINDINGS, SATISFACTIONS } from '../domain/case-reasons.ts';
import { groupDigits } from '../domain/spoken-digits.ts';
import type { Category, Kind, Lane } from '../domain/vocabulary.ts';
import { LEADERS } from '../rules/deny.ts';
import { mentionedIn, ruleOfMention } from '../rules/reason.ts';
import type { CaseBody } from './case-schema.ts';
import type { HttpDependencies } from './dependencies.ts';
import { historySentence } from './history-sentence.ts';
import {
  CHANNEL_NAMES,
  DELIVERY_NAMES,
  DISPOSITION_NAMES,
  FOLDING_NAMES,
  ITEM_FLAG_NAMES,
  KIND_NAMES,
  LANE_NAMES,
  LETTER_STATE_NAMES,
  LEVEL_NAMES,
  NOTE_NAMES,
  OWNER_NAMES,
  PART_NAMES,
  REVIEW_STAGE_NAMES,
} from './labels.ts';
import { showUnit, type Names } from './names.ts';
import { presentClock } from './present-clock.ts';
import { presentTask } from './task-schema.ts';

type Element<T> = T extends readonly (infer E)[] ? E : never;

/** A case as the API answers it: every code with its words, nothing that names a citizen. */
export function presentCase(
  view: CaseView,
  { names, explainDeadline }: Pick<HttpDependencies, 'names' | 'explainDeadline'>,
): CaseBody {
  const explained = (deadline: DeadlineView) => presentClock(deadline, explainDeadline(deadline, view.profile), names);
  return {
    ...view,
    numberShown: view.number === null ? null : groupDigits(view.number, 3),
    state: code(CASE_STATE_NAMES, view.state),
    foldedAs: view.foldedAs === null ? null : code(FOLDING_NAMES, view.foldedAs),
    channel: code(CHANNEL_NAMES, view.channel),
    assignedUnit: view.assignedUnit === null ? null : unit(names, view.assignedUnit),
    ...presentLife(view, names),
    verdict: view.verdict === null ? null : presentVerdict(view.verdict, names),
    clocks: view.deadlines.map(explained),
    letters: view.letters.map(presentLetter),
    items: view.items.map(presentItem),
    notes: view.notes.map((note) => ({ ...note, about: code(NOTE_NAMES, note.about) })),
    assignments: view.assignments.map((one) => ({
      ...one,
      unit: unit(names, one.unit),
      part: code(PART_NAMES, one.part),
    })),
    denials: view.denials.map((one) => ({ ...one, unit: unit(names, one.unit) })),
    tasks: view.tasks.map((task) => presentTask(task, names)),
    history: view.history.map((line) => ({ ...line, sentence: historySentence(line, names) })),
  };
}

function presentLife(view: CaseView, names: Names) {
  const { finding, satisfaction, closedAs, reviewStage, clue } = view;
  return {
    owner: code(OWNER_NAMES, view.owner),
    flags: view.flags.map((flag) => ({ code: flag, name: CASE_FLAGS[flag].text })),
    helperUnits: view.helperUnits.map((id) => unit(names, id)),
    finding: finding === null ? null : code(FINDINGS, finding),
    satisfaction: satisfaction === null ? null : code(SATISFACTIONS, satisfaction),
    closedAs: closedAs === null ? null : code(CLOSINGS, closedAs),
    reviewStage: reviewStage === null ? null : code(REVIEW_STAGE_NAMES, reviewStage),
    clue: clue === null ? null : code(CLUE_WAYS, clue),
  };
}

function code<K extends string>(table: Readonly<Record<K, string>>, key: K): { code: K; name: string } {
  return { code: key, name: table[key] };
}

function unit(names: Names, id: string) {
  return { code: id, name: showUnit(names, id) };
}

function codedCategory(names: Names, category: Category | null) {
  return category === null ? null : { code: category, name: names.category(category) };
}

type Judged = { readonly kind: Kind; readonly category: Category | null; readonly lane: Lane; readonly unit: string };

function judged(verdict: Judged, names: Names) {
  return {
    kind: code(KIND_NAMES, verdict.kind),
    category: codedCategory(names, verdict.category),
    lane: code(LANE_NAMES, verdict.lane),
    unit: unit(names, verdict.unit),
  };
}

function presentVerdict(verdict: VerdictView, names: Names): NonNullable<CaseBody['verdict']> {
  const { target, proposal } = verdict;
  return {
    ...verdict,
    ...judged(verdict, names),
    secondary: codedCategory(names, verdict.secondary),
    target: { level: code(LEVEL_NAMES, target.level), name: target.name },
    accused: verdict.accused.map((id) => unit(names, id)),
    proposal: proposal === null ? null : presentProposal(proposal, names),
  };
}

function presentProposal(proposal: ProposalView, names: Names) {
  return {
    ...proposal,
    ...judged(proposal, names),
    accused: proposal.accused.map((id) => unit(names, id)),
    suspects: suspectsOf(proposal, names),
    deny: proposal.deny.map((id) => unit(names, id)),
    evidence: reasoned(proposal.evidence, names),
    ignored: reasoned(proposal.ignored, names),
    scores: proposal.scores.map(({ category, score }) => ({
      category: { code: category, name: names.category(category) },
      score,
    })),
    split: proposal.split.map((part) => presentPart(part, names)),
  };
}

function presentPart(part: ProposalView['split'][number], names: Names) {
  return {
    ...part,
    category: codedCategory(names, part.category),
    unit: unit(names, part.unit),
    target: { level: code(LEVEL_NAMES, part.target.level), name: part.target.name },
    deny: part.deny.map((id) => unit(names, id)),
  };
}

/** Each piece with how its rule reads. */
export function reasoned<T extends { readonly rule: string }>(words: readonly T[], names: Names) {
  return words.map((word) => ({ ...word, reason: names.reason(word.rule) }));
}

/** A person confirms or strikes whole units, not mentions. */
function suspectsOf({ evidence, deny }: ProposalView, names: Names) {
  const mentions = new Map<string, Set<string>>();
  for (const { rule, text } of evidence) {
    const id = mentionedIn(rule);
    if (id === null || (id !== LEADERS && names.unit(id) === null)) continue;
    mentions.set(id, (mentions.get(id) ?? new Set()).add(text));
  }
  return [...mentions].map(([id, words]) => ({
    units: (id === LEADERS ? deny : [id]).map((one) => unit(names, one)),
    words: [...words],
    reason: names.reason(ruleOfMention(id)),
  }));
}

function presentLetter(letter: LetterView): Element<CaseBody['letters']> {
  return {
    ...letter,
    state: code(LETTER_STATE_NAMES, letter.state),
    delivery: letter.delivery === null ? null : code(DELIVERY_NAMES, letter.delivery),
  };
}

function presentItem(item: ItemView): Element<CaseBody['items']> {
  const { disposition, parts, acknowledgement } = item;
  const shown = parts.filter((part) => part.shown).length;
  return {
    ...item,
    channel: code(CHANNEL_NAMES, item.channel),
    disposition: disposition === null ? null : code(DISPOSITION_NAMES, disposition),
    text: item.body,
    textOmitted: item.bodyOmitted,
    flags: item.flags.map((flag) => code(ITEM_FLAG_NAMES, flag)),
    parts: { found: parts.length, shown, withheld: parts.length - shown, list: parts },
    acknowledgement:
      acknowledgement === null
        ? null
        : {
            send: acknowledgement.send,
            reason: { code: acknowledgement.reason, name: ackName(acknowledgement.reason) },
          },
  };
}

function ackName(reason: string): string {
  if (reason === 'eligible') return '可以自动回复';
  if (reason === 'unreadable') return '来件无法自动读取';
  return Object.hasOwn(ACK_REFUSALS, reason) ? ACK_REFUSALS[reason as AckRefusal].text : reason; // an own key
}
