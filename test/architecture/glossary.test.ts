import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BULK_OUTCOMES } from '../../src/casework/bulk-orders.ts';
import { FILTER_REFUSALS } from '../../src/casework/saved-filters.ts';
import { ROW_FATES } from '../../src/casework/import-register.ts';
import { QUEUE_VIEWS } from '../../src/casework/queue-views.ts';
import { FILL_REASONS } from '../../src/casework/document-press.ts';
import { ACK_REFUSALS } from '../../src/domain/acknowledgement.ts';
import { PERSON_REASONS } from '../../src/domain/case-events.ts';
import { ACK_OUTCOMES, CANCEL_REASONS } from '../../src/domain/case-file.ts';
import * as reasons from '../../src/domain/case-reasons.ts';
import { CLAIM_REFUSALS } from '../../src/domain/case-claim.ts';
import { LIFE_RULES } from '../../src/domain/case-life-commands.ts';
import { OWNERS } from '../../src/domain/case-owner.ts';
import { CASE_REFUSALS } from '../../src/domain/case-refusals.ts';
import { CASE_STATE_NAMES, CASE_STATES, FOLDINGS } from '../../src/domain/case-states.ts';
import { DIFFERENCE_REASONS } from '../../src/domain/compare-reports.ts';
import { CLOCK_UNITS, DEADLINE_KINDS } from '../../src/domain/deadlines.ts';
import { BREAKDOWNS, COUNTED, MEASURES, PERIOD_REFUSALS, STAGES } from '../../src/domain/report.ts';
import { UNIT_VIEWS } from '../../src/domain/suppress-units.ts';
import {
  DELIVERY_WAYS,
  DOCUMENT_ACTS,
  DOCUMENT_KINDS,
  DOCUMENT_REFUSALS,
  DOCUMENT_STATES,
} from '../../src/domain/official-document.ts';
import { STEP_EFFECTS } from '../../src/domain/forecast-ladder.ts';
import { LADDER_STEP_NAMES, LADDER_STEPS, SKIP_REASONS } from '../../src/domain/ladder.ts';
import { NOTE_FILE_REFUSALS } from '../../src/domain/note-file.ts';
import { TEXT_FIELDS } from '../../src/domain/note-ref.ts';
import { CHANNELS, DISPOSITIONS, KINDS, LANES, LEVELS, PROFILES, ROLES } from '../../src/domain/vocabulary.ts';
import {
  CHANNEL_NAMES,
  DELIVERY_WAY_NAMES,
  DISPOSITION_NAMES,
  DOCUMENT_STATE_NAMES,
  ITEM_FLAG_NAMES,
  KIND_NAMES,
  LANE_NAMES,
  LETTER_STATE_NAMES,
  LEVEL_NAMES,
  TASK_KIND_NAMES,
} from '../../src/http/labels.ts';
import { BREAKDOWN_NAMES, COUNTED_NAMES, MEASURE_NAMES, STAGE_NAMES } from '../../src/http/report-words.ts';
import { ITEM_FLAGS } from '../../src/intake/item.ts';
import { REGISTER_FIELDS } from '../../src/intake/register-mapping.ts';
import { TABLE_REFUSALS } from '../../src/intake/register-table.ts';
import { REGISTER_STATES } from '../../src/intake/register-words.ts';
import { projectRoot } from '../../src/platform/project-root.ts';
import { withoutComments } from '../support/source-files.ts';

function read(path: string): string {
  return readFileSync(join(projectRoot(), path), 'utf8');
}

const glossary = read('docs/glossary.md');

function isExplained(word: string | number): boolean {
  return glossary.includes(`\`${String(word)}\``);
}

/** The words of a union that exists only as a type: `type Name = 'a' | 'b'`, or `readonly type: 'a'` in its members. */
function wordsOfType(path: string, start: RegExp, word: RegExp): readonly string[] {
  const text = withoutComments(read(path));
  const from = text.search(start);
  const [body = ''] = from < 0 ? [] : text.slice(from).split(/;[ ]*\n\s*\n/u);
  return [...body.matchAll(word)].map(([, found = '']) => found);
}

/** Every closed set of case-reasons.ts. */
const REASONS = Object.fromEntries(
  Object.entries(reasons)
    .filter(([name]) => name !== 'FOR_GOOD')
    .map(([name, set]) => [name, Object.keys(set)]),
);

const SETS: Readonly<Record<string, readonly (string | number)[]>> = {
  CHANNELS,
  KINDS,
  LANES,
  LEVELS,
  DISPOSITIONS,
  PROFILES,
  ROLES,
  CASE_STATES,
  FOLDINGS,
  DEADLINE_KINDS,
  CLOCK_UNITS,
  LADDER_STEPS,
  ITEM_FLAGS,
  ACK_OUTCOMES,
  STEP_EFFECTS: Object.keys(STEP_EFFECTS),
  SKIP_REASONS: Object.keys(SKIP_REASONS),
  ACK_REFUSALS: Object.keys(ACK_REFUSALS),
  PERSON_REASONS: Object.keys(PERSON_REASONS),
  CASE_REFUSALS: Object.keys(CASE_REFUSALS),
  CANCEL_REASONS: Object.keys(CANCEL_REASONS),
  LIFE_RULES: Object.keys(LIFE_RULES),
  OWNERS,
  QUEUE_VIEWS,
  BULK_OUTCOMES,
  FILTER_REFUSALS: Object.keys(FILTER_REFUSALS),
  CLAIM_REFUSALS: Object.keys(CLAIM_REFUSALS),
  TEXT_FIELDS,
  NOTE_FILE_REFUSALS: Object.keys(NOTE_FILE_REFUSALS),
  ...REASONS,
  'types of events of the later life': wordsOfType(
    'src/domain/case-life-events.ts',
    /export type LifeHappening/u,
    /readonly type: '([^']+)'/gu,
  ),
  MEASURES,
  STAGES,
  COUNTED,
  BREAKDOWNS,
  UNIT_VIEWS,
  PERIOD_REFUSALS: Object.keys(PERIOD_REFUSALS),
  DIFFERENCE_REASONS: Object.keys(DIFFERENCE_REASONS),
  REGISTER_STATES,
  REGISTER_FIELDS: Object.keys(REGISTER_FIELDS),
  TABLE_REFUSALS: Object.keys(TABLE_REFUSALS),
  ROW_FATES,
  DOCUMENT_KINDS,
  DOCUMENT_STATES,
  DOCUMENT_ACTS,
  DELIVERY_WAYS,
  FILL_REASONS: Object.keys(FILL_REASONS),
  DOCUMENT_REFUSALS: Object.keys(DOCUMENT_REFUSALS),
  'types of events': wordsOfType('src/domain/case-events.ts', /export type Happening/u, /readonly type: '([^']+)'/gu),
  'reasons of automatic mail': wordsOfType('src/intake/item.ts', /export type AutomaticReason/u, /'([^']+)'/gu),
  'states of letters': wordsOfType('src/casework/records.ts', /export type LetterState/u, /'([^']+)'/gu),
  'kinds of tasks': wordsOfType('src/casework/records.ts', /export type TaskKind/u, /'([^']+)'/gu),
};

describe('the glossary', () => {
  it.each(Object.entries(SETS))('explains every word of %s', (_name, words) => {
    expect(words.length).toBeGreaterThan(1);
    expect(words.filter((word) => !isExplained(word))).toEqual([]);
  });

  it.each(
    [
      CASE_STATE_NAMES,
      LADDER_STEP_NAMES,
      CHANNEL_NAMES,
      KIND_NAMES,
      LANE_NAMES,
      LEVEL_NAMES,
      DISPOSITION_NAMES,
      ITEM_FLAG_NAMES,
      LETTER_STATE_NAMES,
      TASK_KIND_NAMES,
      DOCUMENT_STATE_NAMES,
      DELIVERY_WAY_NAMES,
      MEASURE_NAMES,
      STAGE_NAMES,
      COUNTED_NAMES,
      BREAKDOWN_NAMES,
    ].flatMap((names) => Object.entries(names)),
  )('gives %s the Chinese term %s that the screen shows', (word, term) => {
    const rows = glossary.split('\n').filter((line) => line.startsWith(`| \`${word}\` `));
    expect(rows.map((row) => row.split('|')[2]?.trim())).toContain(term);
  });
});
