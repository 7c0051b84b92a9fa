import { z } from 'zod';
import { CATEGORIES, KINDS } from '../domain/vocabulary.ts';
import { CERTAINTY_SIGNS } from './certainty-signs.ts';

/** The shapes of the rule files. Unknown keys are refused: a misspelt key must never be a silently missing one. */

const text = z.string().min(1).max(500);
// Long enough for (a|b|c) lists; the words that come out of them are short.
const phrase = z.string().min(1).max(800);
const phrases = z.array(phrase).max(2000);
const unitId = z.string().regex(/^[A-Z]{2,10}$/, 'unit ids are capital letters, for example BASIC');
/** `topic.slug`; never reused, never changed: it stands in the journal. */
const ruleId = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'ids look like fees.paid-tutoring');
const conceptId = z.string().regex(/^[a-z0-9-]+$/, 'concept ids are small letters and dashes, for example late-answer');
const domain = z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, 'write the bare domain in small letters');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'write dates as 2014-07-22');
const score = z.number().min(0).max(100);
const category = z.literal(CATEGORIES, { error: 'the notice has eight categories, 1 to 8' });

export const unitsFile = z.strictObject({
  department: z.strictObject({
    name: text,
    aliases: phrases,
    leaders: phrases,
    leaders_except: phrases.optional(),
    staff: phrases,
    supervisor: unitId,
    outside: text,
    mail_domains: z.array(domain).optional(),
    source: text,
  }),
  units: z
    .array(
      z.strictObject({
        id: unitId,
        name: text,
        former_names: z.array(text).optional(),
        kind: z.enum(['office', 'affiliated', 'supervision']),
        window: z.boolean().optional(),
        parent: unitId.optional(),
        leader: text.optional(),
        same_people: z.array(unitId).optional(),
        aliases: phrases,
        shared_aliases: phrases.optional(),
        except: phrases.optional(),
        romanised: phrases.optional(),
        document_code: text.optional(),
        mail_domains: z.array(domain).optional(),
        from: date.optional(),
        until: date.optional(),
        certainty: z.enum(['notice', 'seen', 'general', 'unsure']),
      }),
    )
    .min(1),
});

const county = z.strictObject({
  name: text,
  short: text,
  aliases: phrases.optional(),
  except: phrases.optional(),
  /** The short name is also a common word (高台, 合作): it counts only beside 县, 市, 区 or a school. */
  common_word: z.boolean().optional(),
  bureau: text.optional(),
});

export const placesFile = z.strictObject({
  prefectures: z.array(county.extend({ counties: z.array(county) })).min(1),
  provinces: phrases,
  /** A place name right before one of these is a street or a road, not a place. */
  not_before: phrases,
});

export const universitiesFile = z.strictObject({
  universities: z
    .array(
      z.strictObject({
        name: text,
        aliases: phrases.optional(),
        shared_aliases: phrases.optional(),
        except: phrases.optional(),
        former_names: z.array(z.strictObject({ name: text, until: date })).optional(),
        owner: z.enum(['ministry', 'province', 'prefecture', 'private']),
        from: date.optional(),
        until: date.optional(),
        mail_domains: z.array(domain).optional(),
      }),
    )
    .min(1),
});

export const agenciesFile = z.strictObject({
  agencies: z.array(z.strictObject({ id: unitId, name: text, handles: text })).min(1),
});

export const categoriesFile = z.strictObject({
  categories: z
    .array(
      z.strictObject({
        id: category,
        name: text,
        notice: text,
        handler: unitId,
        handler_points: score.optional(),
        near: z.array(category),
      }),
    )
    .length(CATEGORIES.length),
});

export const scoringFile = z.strictObject({
  subject_factor: z.number().min(1).max(5),
  repeat_factor: z.number().min(0).max(1),
  max_repeats: z.int().min(0).max(10),
  precedence: z
    .array(
      z.strictObject({
        id: conceptId,
        category,
        only: z.enum(['urgent', 'hard']).optional(),
        floor: score,
        share: z.number().min(0).max(1),
        why: text,
      }),
    )
    .min(CATEGORIES.length),
  /** The category for what fits nowhere, and how strongly it competes with the others. */
  residual: z.strictObject({ category, strength: z.number().min(0).max(1) }),
  secondary: z.strictObject({ floor: score, share: z.number().min(0).max(1) }),
  kinds: z.strictObject({
    urgent_floor: score,
    accusation_floor: score,
    complaint_weight: score,
    /** How much a point of a category counts as grievance, against the points for a question or a suggestion. */
    fact_share: score,
    /** The same for topics of the residual category, of which `topic_floor` points count for nothing. */
    topic_share: score,
    topic_floor: score,
    other_floor: score,
    /** Grievance from which on a unit named in a question, suggestion or thanks is presumed accused. */
    conflict_floor: score,
  }),
  not_education: z.strictObject({ floor: score, margin: z.number().min(-100).max(100) }),
  unit_floor: score,
  /** Points for a unit that is named but not accused: in a question, suggestion or thanks, and in a complaint. */
  named_unit: z.strictObject({ asked: score, asked_in_petition: score }),
  confidence: z.strictObject({ evidence_half: score, review_below: z.number().min(0).max(1) }),
});

export const setAsideFile = z.strictObject({
  operator: phrases,
  caller: phrases,
  numbered: phrases,
  operator_talk: phrases,
  agreement: phrases,
  thread: phrases,
  closing: phrases,
  policy_introduces: phrases,
  policy_forbids: phrases,
  negation: phrases,
  negation_except: phrases.optional(),
  contrast: phrases,
  contrast_except: phrases.optional(),
  denial_after: phrases,
  rhetorical: phrases,
  request_before_unit: phrases,
});

export const soundAlikesFile = z.strictObject({
  groups: z.array(z.string().min(2).max(60)).min(1),
  /** Characters too common after a name to be its misheard last one: 学生出 is not 学生处. */
  not_last: z.string(),
  /** After a misheard or shared name these make another word of it: 干部处罚. */
  not_next: z.string(),
  /** A character of a name, and those that look like it. */
  look_alikes: z.array(z.string().min(2).max(20)),
  /** Strokes and radicals, which no word holds. */
  no_words: z.string(),
  /** After a name that is only half there these make another word of it: 报考某院校. */
  ends_word: z.string(),
});

export const lexiconFile = z.strictObject({
  concepts: z
    .array(
      z.strictObject({
        id: conceptId,
        says: text,
        phrases: phrases.optional(),
        /** Other concepts of which every phrase is a phrase of this one too. */
        includes: z.array(conceptId).optional(),
        /** Longer words in which a phrase does not count: 收费站. */
        except: phrases.optional(),
        /** Also found when written with characters that sound alike. Phrases of three characters and more. */
        sound: z.boolean().optional(),
        /** `counts`: 没有 before it does not take it back (没有依据, 没有答复). */
        negation: z.enum(['sets-aside', 'counts']).optional(),
        expressions: z
          .array(z.strictObject({ near: phrase, re2: z.string().min(1).max(300) }))
          .max(20)
          .optional(),
      }),
    )
    .min(1),
});

const scope = z.union([z.enum(['clause', 'sentence', 'text']), z.int().min(1).max(200)]);
const examples = z.array(z.string().min(2).max(2000)).min(1);

export const rulesFile = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        id: ruleId,
        status: z.enum(['active', 'draft', 'retired']).optional(),
        why: text,
        when: z.strictObject({
          all: z.array(conceptId).min(1).max(6).optional(),
          any: z.array(conceptId).min(1).max(20).optional(),
          none: z.array(conceptId).min(1).max(20).optional(),
          within: scope.optional(),
          /** How near a word of `none` must stand to the first word of `all` (or `any`) to count; as `within` when absent. */
          none_within: scope.optional(),
          in: z.enum(['subject', 'opening', 'anywhere']).optional(),
        }),
        assign: z.strictObject({
          category: category.optional(),
          unit: z.union([unitId, z.literal('NONEDU')]).optional(),
          kind: z.enum(KINDS).optional(),
          agency: unitId.optional(),
          /** A unit, or the department's leaders, that the words accuse without naming them. */
          accuses: z.union([unitId, z.literal('LEADERS')]).optional(),
          urgent: z.literal(true).optional(),
          hard: z.literal(true).optional(),
          last_resort: z.literal(true).optional(),
          weight: z.number().min(-20).max(20),
        }),
        matches: examples,
        ignores: examples,
      }),
    )
    .min(1),
});

/** Made by `npm run second-reader`; see second-reader.ts and certainty.ts. */
export const secondReaderFile = z.strictObject({
  labels: z.array(z.union([z.literal(0), category])).length(CATEGORIES.length + 1),
  /** How many texts of each label it learned from. */
  texts: z.array(z.int().min(1)).length(CATEGORIES.length + 1),
  certainty: z.record(z.enum(CERTAINTY_SIGNS), z.number()),
  /** A pair of characters and in how many texts of each label it stands, a line each. */
  pairs: z.string().regex(/^(?:[一-鿿]{2}(?: \d{1,5}){9}\n)+$/u, 'a line is two characters and nine numbers'),
});

export type SecondReaderFile = z.infer<typeof secondReaderFile>;
export type UnitsFile = z.infer<typeof unitsFile>;
export type PlacesFile = z.infer<typeof placesFile>;
export type UniversitiesFile = z.infer<typeof universitiesFile>;
export type AgenciesFile = z.infer<typeof agenciesFile>;
export type CategoriesFile = z.infer<typeof categoriesFile>;
export type ScoringFile = z.infer<typeof scoringFile>;
export type SetAsideFile = z.infer<typeof setAsideFile>;
export type SoundAlikesFile = z.infer<typeof soundAlikesFile>;
