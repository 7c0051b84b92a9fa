import type { CaseVerdict } from '../../../src/domain/case-file.ts';
import type { LifeCommand } from '../../../src/domain/case-life-commands.ts';
import type { CaseState } from '../../../src/domain/case-states.ts';

/**
 * The diagram of the later life once more, written plainly and apart from src/domain: what may happen, where it leads, which
 * clocks run then. Everything happens at one instant, so that no limit runs out.
 */
export type Model = {
  state: CaseState;
  verdict: CaseVerdict;
  confirmed: boolean;
  clocks: Set<string>;
  told: boolean;
  holder: 'nobody' | 'unit' | 'bound unit' | 'officer';
  holding: string;
  objection: boolean;
  askedDays: { days: number; by: number } | null;
  extended: number;
  resultBy: number | null;
  signed: boolean;
  calls: number;
  mood: string | null;
  redone: boolean;
  review: string;
  everReviewable: Set<string>;
  flags: Set<string>;
  links: Set<string>;
  clue: string | null;
};

export function newModel(verdict: CaseVerdict, clocks: readonly string[]): Model {
  return {
    state: 'TRIAGE',
    verdict,
    confirmed: true,
    clocks: new Set(clocks),
    told: false,
    holder: 'nobody',
    holding: '',
    objection: false,
    askedDays: null,
    extended: 0,
    resultBy: null,
    signed: false,
    calls: 0,
    mood: null,
    redone: false,
    review: 'none',
    everReviewable: new Set(),
    flags: new Set(),
    links: new Set(),
    clue: null,
  };
}

/** From where an order leads, in one line each. `a>b` changes the state, `a` alone does not. */
const PATHS: Readonly<Record<LifeCommand['type'], string>> = {
  'ask-for-more': 'REGISTERED>NEED_INFO TRIAGE>NEED_INFO',
  'receive-more': 'NEED_INFO>TRIAGE',
  accept: 'TRIAGE>ACCEPTED',
  refuse: 'TRIAGE>REJECTED',
  'refuse-for-good': 'TRIAGE>CLOSED_FINAL',
  merge: 'TRIAGE>MERGED',
  transfer: 'TRIAGE>TRANSFERRED',
  'hand-up': 'TRIAGE>SEALED',
  tell: 'REJECTED CLOSED_FINAL MERGED TRANSFERRED SEALED ACCEPTED DISPATCHED IN_PROGRESS EXT_REQUESTED UNDER_REVIEW TO_REPLY',
  take: 'ACCEPTED>IN_PROGRESS',
  dispatch: 'ACCEPTED>DISPATCHED DISPATCHED',
  rule: 'ACCEPTED>DISPATCHED',
  'sign-for': 'DISPATCHED>IN_PROGRESS',
  object: 'DISPATCHED>ACCEPTED IN_PROGRESS>ACCEPTED',
  'request-extension': 'IN_PROGRESS>EXT_REQUESTED',
  'grant-extension': 'EXT_REQUESTED>IN_PROGRESS',
  'refuse-extension': 'EXT_REQUESTED>IN_PROGRESS',
  'submit-result': 'IN_PROGRESS>UNDER_REVIEW',
  'approve-result': 'UNDER_REVIEW>TO_REPLY',
  'send-back-result': 'UNDER_REVIEW>IN_PROGRESS',
  'sign-answer': 'TO_REPLY',
  deliver: 'TO_REPLY>CALLBACK',
  'record-callback': 'CALLBACK',
  redo: 'REPLIED>IN_PROGRESS',
  close: 'REPLIED>CLOSED CALLBACK>CLOSED',
  archive:
    'REJECTED>ARCHIVED CLOSED_FINAL>ARCHIVED MERGED>ARCHIVED TRANSFERRED>ARCHIVED SEALED>ARCHIVED CLOSED>ARCHIVED',
  retract:
    'NEED_INFO>CLOSED TRIAGE>CLOSED ACCEPTED>CLOSED DISPATCHED>CLOSED IN_PROGRESS>CLOSED EXT_REQUESTED>CLOSED UNDER_REVIEW>CLOSED TO_REPLY>CLOSED',
  'ask-review': 'REPLIED CALLBACK CLOSED',
  'answer-review': 'REPLIED CALLBACK CLOSED',
  link: 'NEED_INFO TRIAGE REJECTED CLOSED_FINAL MERGED TRANSFERRED SEALED ACCEPTED DISPATCHED IN_PROGRESS EXT_REQUESTED UNDER_REVIEW TO_REPLY REPLIED CALLBACK CLOSED ARCHIVED',
  'raise-flag': 'NEED_INFO TRIAGE ACCEPTED DISPATCHED IN_PROGRESS EXT_REQUESTED UNDER_REVIEW TO_REPLY REPLIED CALLBACK',
  'lower-flag': 'NEED_INFO TRIAGE ACCEPTED DISPATCHED IN_PROGRESS EXT_REQUESTED UNDER_REVIEW TO_REPLY REPLIED CALLBACK',
  'handle-clue': 'ACCEPTED DISPATCHED IN_PROGRESS EXT_REQUESTED UNDER_REVIEW TO_REPLY',
};

/** Where an order leads from this state; null: nowhere. */
export function leadsTo(type: LifeCommand['type'], state: CaseState): CaseState | null {
  for (const path of PATHS[type].split(' ')) {
    const [from = '', to = from] = path.split('>');
    if (from === state) return to as CaseState;
  }
  return null;
}

const isBlank = (text: string | null) => (text ?? '').trim() === '';
const COUNTED = ['repeat', 'urged', 'yellow', 'red'];
const LAW = ['DONE60', 'EXT30'];

type Days = { readonly feedbackOn: string | null };
const dayIsWrong = (m: Model, { feedbackOn }: Days) =>
  feedbackOn !== null &&
  (feedbackOn < '2026-07-23' || (feedbackOn > '2027-01-01' && LAW.some((kind) => m.clocks.has(kind))));

/** Whether nothing is in the way where the state is right. One line an order: a table. */
// oxlint-disable-next-line eslint/complexity
export function permits(m: Model, order: LifeCommand, by: number): boolean {
  const { verdict } = m;
  const sealed = verdict.lane === 'sealed';
  switch (order.type) {
    case 'ask-for-more':
    case 'sign-for':
    case 'refuse-extension':
      return true;
    case 'receive-more':
      return order.answered;
    case 'accept':
      return !sealed && verdict.unit !== 'NONEDU';
    case 'refuse':
      return !sealed && (['other-procedure', 'judicial'].includes(order.because) || !isBlank(order.body));
    case 'refuse-for-good':
      return !sealed && !isBlank(order.document);
    case 'merge': {
      const { state, lane, units } = order.into;
      const lives = leadsTo('retract', state) !== null;
      return !sealed && lives && lane === verdict.lane && !units.some((unit) => verdict.deny.includes(unit));
    }
    case 'transfer':
      return !sealed && !isBlank(order.to.name);
    case 'hand-up':
      return sealed;
    case 'tell':
      return !m.told && (!['mail', 'post'].includes(order.delivery.way) || !isBlank(order.delivery.reference));
    case 'take':
      return !m.objection && !verdict.deny.includes('DISC');
    case 'dispatch':
    case 'rule': {
      const units = [order.unit, ...order.helpers];
      const free = !units.includes('NONEDU') && !units.some((unit) => verdict.deny.includes(unit));
      const dated = order.form === 'pass' || order.feedbackOn !== null;
      const turn = m.objection === (order.type === 'rule');
      const other = m.holding !== JSON.stringify([order.unit, order.helpers, order.form, order.userId]);
      return turn && free && new Set(units).size === units.length && dated && !dayIsWrong(m, order) && other;
    }
    case 'object':
      return m.holder === 'unit' && m.clocks.has('OBJECT5');
    case 'request-extension':
      return LAW.some((kind) => m.clocks.has(kind)) && order.days > 0 && m.extended + order.days <= 30;
    case 'grant-extension':
      return m.askedDays?.by !== by && order.days > 0 && m.extended + order.days <= 30;
    case 'submit-result':
      return order.refundFen === null || (order.refundFen >= 0 && order.refundFen % 1 === 0);
    case 'approve-result':
      return m.resultBy !== by;
    case 'send-back-result':
      return !dayIsWrong(m, order);
    case 'sign-answer':
      return !m.signed;
    case 'deliver':
      if (!m.signed || (order.callback && order.delivery.way === 'impossible')) return false;
      return !['mail', 'post'].includes(order.delivery.way) || !isBlank(order.delivery.reference);
    case 'record-callback':
      return order.reached === (order.satisfaction !== null);
    case 'redo':
      return m.mood === 'dissatisfied' && !m.redone;
    case 'close':
      return (m.state !== 'CALLBACK' || m.calls >= 3) && (m.mood !== 'dissatisfied' || m.redone);
    case 'archive':
      return m.clocks.size === 0 && (m.state === 'CLOSED' || m.told);
    case 'retract':
      return verdict.lane !== 'accusation';
    case 'ask-review':
      if (m.review === 'none') return m.everReviewable.has('REVIEW_ASK');
      return m.review === 'answered' && m.everReviewable.has('RECHECK_ASK');
    case 'answer-review':
      return ['asked', 'asked again'].includes(m.review) && !isBlank(order.document);
    case 'link':
      return !m.links.has(`${String(order.to)} ${order.as}`);
    case 'raise-flag': {
      const other = { named: 'anonymous', anonymous: 'named' }[order.flag as string];
      if (other !== undefined && m.flags.has(other)) return false;
      if (m.flags.has(order.flag) && !COUNTED.includes(order.flag)) return false;
      return (
        (order.flag === 'supervised') === (order.why !== null) && (order.dueOn === null || order.dueOn > '2026-07-22')
      );
    }
    case 'lower-flag':
      return m.flags.has(order.flag) && !COUNTED.includes(order.flag);
    case 'handle-clue':
      return verdict.lane === 'accusation' && m.clue !== order.way;
  }
}
