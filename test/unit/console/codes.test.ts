import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FILL_REASONS } from '../../../src/casework/document-press.ts';
import { shippedRules } from '../../../src/compose.ts';
import { CLAIM_REFUSALS } from '../../../src/domain/case-claim.ts';
import { CASE_REFUSALS } from '../../../src/domain/case-refusals.ts';
import { DIFFERENCE_REASONS } from '../../../src/domain/compare-reports.ts';
import { SERIES } from '../../../src/domain/count-report.ts';
import { DOCUMENT_REFUSALS } from '../../../src/domain/official-document.ts';
import { PERIOD_REFUSALS } from '../../../src/domain/report.ts';
import {
  DEADLINE_STATE_NAMES,
  DELIVERY_WAY_NAMES,
  DOCUMENT_STATE_NAMES,
  LETTER_STATE_NAMES,
  TASK_KIND_NAMES,
} from '../../../src/http/labels.ts';
import { COUNTED_NAMES, seriesName, UNIT_VIEW_NOTES } from '../../../src/http/report-words.ts';
import { createDocumentPress } from '../../../src/letters/document-press.ts';
import { seriesCode } from '../../../src/console/pages/reports/report-types.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';

type Words = Readonly<Record<string, string>>;
const read = (language: string): Words =>
  JSON.parse(readFileSync(join(projectRoot(), 'src/console/texts', language, 'codes.json'), 'utf8')) as Words;
const [zh, en] = [read('zh-CN'), read('en')];

const forms = createDocumentPress({ ...shippedRules(), officeAddress: 'office@example.org' }).forms('2022');
const fields = forms.flatMap((form) => form.fields);

/** Each closed set of which the service sends a code with its Chinese name. */
const SETS: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  refusal: { ...CASE_REFUSALS, ...CLAIM_REFUSALS },
  'document-refusal': DOCUMENT_REFUSALS,
  'document-problem': FILL_REASONS,
  step: DOCUMENT_STATE_NAMES,
  delivery: DELIVERY_WAY_NAMES,
  letter: LETTER_STATE_NAMES,
  task: TASK_KIND_NAMES,
  'clock-state': DEADLINE_STATE_NAMES,
  difference: DIFFERENCE_REASONS,
  period: PERIOD_REFUSALS,
  counted: COUNTED_NAMES,
  units: UNIT_VIEW_NOTES,
  series: Object.fromEntries(SERIES.map((one) => [seriesCode(one), seriesName(one)])),
};

describe('what the service says by a code', () => {
  it.each(Object.keys(SETS))('of the set %s reads the same in Chinese, and in English as well', (set) => {
    const sent = Object.entries(SETS[set] ?? {}).filter(([, name]) => name !== null);
    expect(sent.length).toBeGreaterThan(1);
    expect(Object.fromEntries(sent.map(([code]) => [code, zh[`${set}-${code}`]]))).toEqual(Object.fromEntries(sent));
    const notEnglish = sent
      .filter(([code]) => !/^[^\p{Script=Han}]+$/u.test(en[`${set}-${code}`] ?? ''))
      .map(([code]) => code);
    expect(notEnglish.filter((code) => !QUOTES_CHINESE.includes(code))).toEqual([]);
  });

  it('of the fields of documents reads in English, and so do their options', () => {
    const options = fields.flatMap(({ id, options: own }) => own.map(({ value }) => `document-option-${id}.${value}`));
    const labels = fields.map(({ id }) => `document-field-${id}`);
    expect(options.length).toBeGreaterThan(20);
    expect([...labels, ...options].filter((key) => !(key in en))).toEqual([]);
  });
});

/** They say which Chinese words to write. */
const QUOTES_CHINESE: readonly string[] = ['names-handler', 'names-accused', 'names-complainant'];
