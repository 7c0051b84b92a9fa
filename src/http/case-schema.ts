import { z } from 'zod';
import { DAY_REASONS } from '../domain/calendar.ts';
import { CLOCK_UNITS } from '../domain/deadlines.ts';
import { PROFILES } from '../domain/vocabulary.ts';
import { claim, codedCategory, coded, list, staff, when } from './fields.ts';
import { TASK } from './task-schema.ts';

export const EVIDENCE = z.object({
  rule: z.string(),
  start: z.int(),
  end: z.int(),
  text: z.string(),
  reason: z.string().describe('What the rule says of itself, or what the word is a word of.'),
});

const TARGET = z.object({ level: coded, name: z.string().nullable() });

const PART_OF_LETTER = z.object({
  role: z.enum(['request', 'accusation']),
  sentences: list(z.object({ start: z.int(), end: z.int() })).describe('Offsets as those of the evidence.'),
  category: codedCategory.nullable(),
  unit: coded,
  target: TARGET,
  urgent: z.boolean(),
  deny: list(coded).describe('Units that these sentences by themselves accuse, and whom they drag along.'),
  summary: z
    .string()
    .nullable()
    .describe("All that the unit would get of it: none of the citizen's words. null: it stays."),
});

const PROPOSAL = z
  .object({
    itemId: z.int().nullable().describe('The item whose text the offsets count in.'),
    at: when,
    rulesVersion: z.string().nullable(),
    kind: coded,
    category: codedCategory.nullable(),
    unit: coded,
    lane: coded,
    accused: list(coded).describe('Whom the text accuses, in its own words.'),
    suspects: list(z.object({ units: list(coded), words: list(z.string()), reason: z.string() })).describe(
      'What of the accused is in the registry: the units that the words mean, for leaders all that they head.',
    ),
    deny: list(coded),
    evidence: list(EVIDENCE).describe('Offsets are UTF-16 units into subject + "\\n" + text.'),
    ignored: list(EVIDENCE.extend({ why: z.string() })),
    scores: list(z.object({ category: codedCategory, score: z.number() })),
    split: list(PART_OF_LETTER).describe(
      'How a letter with several matters could be taken apart; empty: it holds one.',
    ),
  })
  .describe('What the rules said about the item that founded the case.');

const VERDICT = z
  .object({
    source: z.enum(['rules', 'person']),
    at: when,
    by: staff,
    reason: z.string().nullable(),
    kind: coded,
    category: codedCategory.nullable(),
    secondary: codedCategory.nullable(),
    lane: coded,
    unit: coded,
    target: TARGET,
    urgent: z.boolean(),
    review: z.boolean(),
    confidence: z.number(),
    accused: list(coded),
    proposal: PROPOSAL.nullable(),
  })
  .describe('The verdict in force.');

const DAY = z.object({
  date: z.string(),
  part: coded.describe('received, start, counted or passed.'),
  count: z.int().nullable().describe('The n-th day of the period.'),
  working: z.boolean(),
  reason: z.enum(DAY_REASONS),
  reasonName: z.string(),
  holiday: z.string().nullable(),
  published: z.boolean().describe('false: a notice still to come may turn this day over.'),
});

const CLOCK = z.object({
  id: z.int(),
  kind: coded,
  cycle: z.int(),
  legal: z.boolean().describe('Set by law; otherwise a target of the office itself.'),
  basis: z.string(),
  state: coded,
  dueRaw: when.describe('The end of the bare count.'),
  dueAt: when.describe('The end that counts, rolled over rest days.'),
  provisional: z.boolean().describe('暂定: rests on a calendar that is not published yet.'),
  overdue: z.boolean(),
  workingDaysLeft: z.int().nullable().describe('null when the clock has stopped.'),
  nextStep: z.object({ step: coded, at: when }).nullable(),
  endedAt: when.nullable(),
  why: z.object({
    startsAt: when,
    amount: z.int(),
    unit: z.enum(CLOCK_UNITS),
    dueAt: when.describe('As planned now; differs from dueAt until a new calendar has been applied.'),
    sentences: list(z.string()).describe('The same in words.'),
    days: list(DAY),
  }),
});

const LETTER = z.object({
  id: z.int(),
  kind: z.enum(['acknowledgement', 'digest', 'document']),
  state: coded,
  delivery: coded.nullable(),
  attempts: z.int(),
  smtpCode: z.int().nullable(),
  createdAt: when,
  notBefore: when,
  sentAt: when.nullable(),
});

const PART = z.object({ type: z.string(), bytes: z.int(), shown: z.boolean(), why: z.string().optional() });
const ATTACHMENT = z.object({ name: z.string(), bytes: z.int(), type: z.string(), sha256: z.string() });
const TURN = z.object({
  speaker: z.enum(['caller', 'operator', 'unknown']),
  text: z.string(),
  startMs: z.number().nullable(),
  endMs: z.number().nullable(),
});

const ITEM = z.object({
  id: z.int(),
  channel: coded,
  disposition: coded.nullable(),
  receivedAt: when,
  subject: z.string(),
  text: z.string(),
  textOmitted: z.int().describe('Characters left out here; the whole text is in the raw item.'),
  flags: list(coded),
  parts: z.object({ found: z.int(), shown: z.int(), withheld: z.int(), list: list(PART) }),
  attachments: list(ATTACHMENT).describe(
    'Display data: a name is never a path. Bytes: /api/items/{id}/attachments/{n}.',
  ),
  turns: list(TURN).nullable(),
  automatic: z.string().nullable(),
  acknowledgement: z.object({ send: z.boolean(), reason: coded }).nullable(),
  raw: z.boolean().describe('Whether /api/items/{id}/raw has bytes.'),
});

export const CASE = z
  .object({
    id: z.int(),
    number: z.string().nullable().describe('null while provisional: nobody was told.'),
    numberShown: z.string().nullable().describe('In groups of three, as it is read aloud.'),
    state: coded,
    foldedAs: coded.nullable(),
    profile: z.enum(PROFILES),
    channel: coded,
    receivedAt: when,
    openedAt: when,
    changedAt: when,
    version: z.int(),
    urgent: z.boolean(),
    confirmed: z.boolean(),
    assignedUnit: coded.nullable(),
    claim: claim.nullable(),
    owner: coded.describe('Who has to do the next thing.'),
    flags: list(coded),
    told: z.boolean().describe('The citizen was told whether the matter is taken up.'),
    helperUnits: list(coded),
    extendedDays: z.int(),
    finding: coded.nullable(),
    satisfaction: coded.nullable(),
    closedAs: coded.nullable(),
    reviewStage: coded.nullable(),
    clue: coded.nullable(),
    verdict: VERDICT.nullable(),
    clocks: list(CLOCK),
    letters: list(LETTER).describe('Never the address, never the code.'),
    items: list(ITEM),
    notes: list(
      z.object({ id: z.int(), by: staff, about: coded, text: z.string(), at: when, mentions: list(staff) }),
    ).describe('Their files: /api/cases/{id}/note-files.'),
    assignments: list(
      z.object({ unit: coded, part: coded, user: staff.nullable(), by: staff, at: when, endedAt: when.nullable() }),
    ),
    denials: list(z.object({ unit: coded, source: z.enum(['rules', 'person']), at: when })).describe(
      'Units that must never receive the case.',
    ),
    tasks: list(TASK),
    history: list(
      z.object({ n: z.int(), at: when, by: staff, kind: z.string(), itemId: z.int().nullable(), sentence: z.string() }),
    ),
    omitted: z.object({ items: z.int(), history: z.int() }),
  })
  .meta({ id: 'Case' });
export type CaseBody = z.output<typeof CASE>;
