import { z } from 'zod';
import {
  CASE_LINK_KINDS,
  SUGGESTION_KINDS,
  SUGGESTION_STATES,
  type CaseLinksView,
  type CaseLinkKind,
  type LinkReason,
  type LinkWhy,
  type OtherCase,
} from '../../casework/case-links.ts';
import type { SuggestionAnswer } from '../../casework/settle-suggestion.ts';
import { CASE_STATE_NAMES } from '../../domain/case-states.ts';
import { groupDigits } from '../../domain/spoken-digits.ts';
import { DECIDERS, OFFICE, viewerOf } from '../access.ts';
import type { HttpDependencies } from '../dependencies.ts';
import { coded, idParam, idParams, list, prose, when } from '../fields.ts';
import type { HttpApp } from '../http-app.ts';
import { Problem, problemResponses } from '../problems.ts';

const OTHER = z.object({
  id: z.int(),
  number: z.string(),
  numberShown: z.string(),
  receivedAt: when,
  subject: z.string(),
  state: coded,
});

const LINKS = z
  .object({
    suggestions: list(
      z.object({
        id: z.int(),
        kind: z.object({ code: z.enum(SUGGESTION_KINDS), name: z.string() }),
        likeness: z.number().describe('0 to 1.'),
        why: z.string().describe('In words: what the two have in common.'),
        state: z.enum(SUGGESTION_STATES),
        reason: z.string().nullable(),
        other: OTHER,
      }),
    ).describe('Open ones first.'),
    clusterSize: z.int().describe('Cases of one matter that you may see, this one among them; 1: it stands alone.'),
    links: list(z.object({ kind: z.object({ code: z.enum(CASE_LINK_KINDS), name: z.string() }), other: OTHER })),
  })
  .meta({ id: 'CaseLinks' });

const params = z.strictObject({ id: idParam, suggestionId: idParam });
const ANSWER = z.strictObject({ reason: prose(500).refine((text) => text.trim() !== '', '请填写理由') });

/** What may belong to a case. The machine suggests, a person accepts or dismisses; nothing is ever merged by it. */
export function caseLinkRoutes(app: HttpApp, dependencies: HttpDependencies): void {
  const { readCaseLinks } = dependencies;
  app.route({
    method: 'GET',
    url: '/api/cases/:id/suggestions',
    config: { access: OFFICE },
    schema: {
      summary: 'Cases that may belong to this one, and those that were linked to it',
      tags: ['cases'],
      params: idParams,
      response: { 200: LINKS, ...problemResponses('read', 'not-found') },
    },
    handler: async (request) => {
      const found = await readCaseLinks(viewerOf(request), request.params.id);
      if (found === null) throw new Problem('not-found');
      return present(found);
    },
  });
  answerRoute(app, dependencies, 'accept', 'accepted', 'Link the two cases; both go on by themselves');
  answerRoute(app, dependencies, 'dismiss', 'dismissed', 'Say that the two do not belong together');
}

function answerRoute(
  app: HttpApp,
  { settleSuggestion }: HttpDependencies,
  verb: 'accept' | 'dismiss',
  decision: SuggestionAnswer['decision'],
  summary: string,
): void {
  app.route({
    method: 'POST',
    url: `/api/cases/:id/suggestions/:suggestionId/${verb}`,
    config: { access: DECIDERS },
    schema: {
      summary,
      tags: ['cases'],
      params,
      body: ANSWER,
      response: { 204: z.undefined().describe('Done.'), ...problemResponses('write', 'not-found', 'refused') },
    },
    handler: async (request, reply) => {
      const { id: caseId, suggestionId } = request.params;
      const answer = { decision, reason: request.body.reason.trim() };
      const result = await settleSuggestion(viewerOf(request), { caseId, suggestionId }, answer);
      if (result.kind === 'not-found') throw new Problem('not-found');
      if (result.kind === 'decided-already')
        throw new Problem('refused', { reason: 'decided-already', detail: '该建议已由他人处理' });
      return reply.code(204).send();
    },
  });
}

const KINDS: Readonly<Record<CaseLinkKind, string>> = {
  'same-person': '疑似同一人重复反映',
  'same-matter': '疑似反映同一事项',
  campaign: '疑似同一文本多人投寄',
  split: '由同一来件拆分',
};

const REASONS: Readonly<Record<LinkReason, string>> = {
  'same-sender': '同一发件地址',
  'same-phone': '同一电话号码',
  'same-name-place': '同名同地',
  'same-school': '同一学校',
  'same-category': '同一问题类别',
  alike: '文字相近',
};

function present({ suggestions, clusterSize, links }: CaseLinksView): z.output<typeof LINKS> {
  return {
    clusterSize,
    suggestions: suggestions.map(({ kind, why, other, ...rest }) => ({
      ...rest,
      kind: { code: kind, name: KINDS[kind] },
      why: whyWords(why),
      other: presentOther(other),
    })),
    links: links.map(({ kind, other }) => ({ kind: { code: kind, name: KINDS[kind] }, other: presentOther(other) })),
  };
}

function whyWords({ reasons, phrases }: LinkWhy): string {
  const words = reasons.map((reason) => REASONS[reason]);
  return [...words, ...(phrases > 0 ? [`共同语句${String(phrases)}处`] : [])].join('、');
}

function presentOther({ state, number, ...rest }: OtherCase): z.output<typeof OTHER> {
  return {
    ...rest,
    number,
    numberShown: groupDigits(number, 3),
    state: { code: state, name: CASE_STATE_NAMES[state] },
  };
}
