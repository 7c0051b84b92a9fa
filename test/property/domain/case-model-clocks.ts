import type { LifeCommand } from '../../../src/domain/case-life-commands.ts';
import type { CaseState } from '../../../src/domain/case-states.ts';
import type { Model } from './case-model.ts';

/** What an order that is carried out does to the model: `to` is where the diagram leads. One case an order: a table. */
// oxlint-disable-next-line eslint/complexity
export function carryOut(m: Model, order: LifeCommand, by: number, to: CaseState): void {
  const start = (...kinds: readonly string[]) => kinds.forEach((kind) => m.clocks.add(kind));
  const end = (...kinds: readonly string[]) => kinds.forEach((kind) => m.clocks.delete(kind));
  const complaint = m.verdict.kind === 'complaint';
  m.state = to;
  switch (order.type) {
    case 'ask-for-more':
      start('SUPPLEMENT');
      end('TRIAGE');
      break;
    case 'receive-more':
      end('SUPPLEMENT');
      break;
    case 'accept':
      start('TARGET30', ...(complaint ? ['DONE60'] : []));
      break;
    case 'tell':
      m.told = true;
      end('NOTICE15', 'NOTICE15_FWD', 'NAMED15');
      break;
    case 'take':
      m.holder = 'officer';
      break;
    case 'dispatch':
    case 'rule':
      end('OBJECT5', 'FEEDBACK');
      start('SIGN1', ...(order.type === 'rule' ? [] : ['OBJECT5']), ...(order.feedbackOn === null ? [] : ['FEEDBACK']));
      m.objection = false;
      m.holder = order.type === 'rule' ? 'bound unit' : 'unit';
      m.holding = JSON.stringify([order.unit, order.helpers, order.form, order.userId]);
      break;
    case 'sign-for':
      end('SIGN1');
      break;
    case 'object':
      m.objection = true;
      m.holder = 'nobody';
      m.holding = '';
      end('OBJECT5', 'SIGN1', 'FEEDBACK');
      break;
    case 'request-extension':
      m.askedDays = { days: order.days, by };
      break;
    case 'grant-extension':
      m.extended += order.days;
      end('DONE60', 'TARGET30', 'FEEDBACK');
      start('EXT30', 'PERSON');
      break;
    case 'submit-result':
      m.resultBy = by;
      m.signed = false;
      end('FEEDBACK', 'OBJECT5');
      start('CHECK3');
      break;
    case 'approve-result':
      end('CHECK3');
      if (m.verdict.lane === 'accusation' && m.flags.has('named')) start('NAMED_FB15');
      break;
    case 'send-back-result':
      m.resultBy = null;
      end('CHECK3');
      if (order.feedbackOn !== null) start('FEEDBACK');
      break;
    case 'sign-answer':
      m.signed = true;
      break;
    case 'deliver':
      m.state = order.callback ? 'CALLBACK' : 'REPLIED';
      m.calls = 0;
      m.mood = null;
      end('NOTICE15', 'NOTICE15_FWD', 'NAMED15', 'NAMED_FB15', 'DONE60', 'EXT30', 'TARGET30', 'LEADER15', 'SUPERIOR');
      if (order.callback) start('CALLBACK3');
      if (complaint) start('REVIEW_ASK');
      if (complaint) m.everReviewable.add('REVIEW_ASK');
      break;
    case 'record-callback':
      m.calls += 1;
      m.mood = order.satisfaction;
      if (order.reached) m.state = 'REPLIED';
      if (order.reached) end('CALLBACK3');
      break;
    case 'redo':
      m.redone = true;
      m.resultBy = null;
      m.signed = false;
      end('REVIEW_ASK');
      start('TARGET30');
      break;
    case 'close':
      for (const kind of m.clocks) if (!/REVIEW|RECHECK|PERSON|^CALLBACK$/u.test(kind)) end(kind);
      break;
    case 'retract':
      m.clocks.clear();
      break;
    case 'ask-review':
      end('REVIEW_ASK', 'RECHECK_ASK');
      start(m.review === 'none' ? 'REVIEW' : 'RECHECK');
      m.review = m.review === 'none' ? 'asked' : 'asked again';
      break;
    case 'answer-review': {
      const first = m.review === 'asked';
      end('REVIEW', 'RECHECK');
      if (order.outcome === 'returned') {
        m.review = 'none';
        m.state = 'IN_PROGRESS';
        m.resultBy = null;
        m.signed = false;
        end('CALLBACK3', 'REVIEW_ASK');
        start('TARGET30');
        break;
      }
      m.review = first ? 'answered' : 'final';
      if (first) start('RECHECK_ASK');
      if (first) m.everReviewable.add('RECHECK_ASK');
      break;
    }
    case 'link':
      m.links.add(`${String(order.to)} ${order.as}`);
      break;
    case 'raise-flag':
      m.flags.add(order.flag);
      raise(m, order.flag, order.dueOn, start);
      break;
    case 'lower-flag':
      m.flags.delete(order.flag);
      end(...(OF_FLAG[order.flag] ?? []));
      break;
    case 'handle-clue':
      m.clue = order.way;
      break;
    case 'refuse':
    case 'refuse-for-good':
    case 'merge':
    case 'transfer':
    case 'hand-up':
    case 'refuse-extension':
    case 'archive':
      break;
  }
}

const OF_FLAG: Readonly<Record<string, readonly string[]>> = {
  urgent: ['URGENT'],
  media: ['MEDIA48'],
  'major-media': ['MEDIA5', 'MEDIA24'],
  leader: ['LEADER15'],
  superior: ['SUPERIOR', 'NOTICE15_FWD'],
  named: ['NAMED15', 'NAMED_FB15'],
};

function raise(m: Model, flag: string, dueOn: string | null, start: (...kinds: readonly string[]) => void): void {
  if (['urgent', 'media', 'major-media', 'leader'].includes(flag)) start(...(OF_FLAG[flag] ?? []));
  if (flag === 'superior' && dueOn !== null) start('SUPERIOR');
  if (flag === 'superior' && !m.told) start('NOTICE15_FWD');
  if (flag === 'named' && m.verdict.lane === 'accusation' && !m.told) start('NAMED15');
}
