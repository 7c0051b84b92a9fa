import { useTexts } from '../../texts/texts.ts';
import type { EntryField, EntryProblem } from './call-entry.ts';
import type { Submitting } from './use-submit.ts';

/** What is wrong with which field, for the person who filled it in. */
export type FieldProblems = Partial<Record<EntryField, string>>;

const PROBLEM_KEYS = {
  'text-missing': 'textMissing',
  'reason-missing': 'reasonMissing',
  'too-long': 'fieldTooLong',
} as const satisfies Record<EntryProblem['problem'], string>;

/** What this page found, or what the service named, beside the fields that they are about. */
export function useFieldProblems(submitting: Submitting): FieldProblems {
  const t = useTexts('call');
  if (submitting.kind === 'incomplete') {
    return Object.fromEntries(submitting.problems.map(({ field, problem }) => [field, t(PROBLEM_KEYS[problem])]));
  }
  if (submitting.kind !== 'refused') return {};
  const fields = submitting.problem?.fields ?? [];
  return Object.fromEntries(fields.map(({ field, problem }) => [field.split('.')[0], problem]));
}
