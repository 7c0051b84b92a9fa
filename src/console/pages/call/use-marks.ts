import { useMemo } from 'react';
import { useTexts } from '../../texts/texts.ts';
import type { CallEntry } from './call-entry.ts';
import { carryMarks, marksWithin, NO_MARKS, type Marks } from './marks.ts';
import { spokenText } from './call-entry.ts';
import type { Reading } from './use-reading.ts';

const WHY_KEYS: Readonly<
  Record<
    string,
    | 'whyLongerWord'
    | 'whyQuoted'
    | 'whySignature'
    | 'whyOperator'
    | 'whyPolicy'
    | 'whyNegated'
    | 'whyContrasted'
    | 'whyDenied'
  >
> = {
  'longer-word': 'whyLongerWord',
  'quoted-thread': 'whyQuoted',
  signature: 'whySignature',
  operator: 'whyOperator',
  'quoted-policy': 'whyPolicy',
  negated: 'whyNegated',
  contrasted: 'whyContrasted',
  denied: 'whyDenied',
};

/** The marks of the last reading on the record as it stands now, each on the part that holds its words. */
export function useMarks(
  reading: Reading | null,
  entry: CallEntry,
): { readonly text: Marks; readonly transcript: Marks } {
  const t = useTexts('call');
  return useMemo(() => {
    if (reading === null) return { text: NO_MARKS, transcript: NO_MARKS };
    const { evidence, ignored } = reading.verdict;
    const read: Marks = {
      counted: evidence,
      ignored: ignored.map((words) => {
        const key = WHY_KEYS[words.why];
        return { ...words, why: key === undefined ? words.why : t(key) };
      }),
    };
    const spoken = spokenText(entry);
    const now = carryMarks(read, reading.text, spoken);
    const hasText = entry.text.trim() !== '';
    const transcriptAt = spoken.length - entry.transcript.length;
    return {
      text: hasText ? marksWithin(now, 0, entry.text.length) : NO_MARKS,
      transcript: entry.transcript.trim() === '' ? NO_MARKS : marksWithin(now, transcriptAt, entry.transcript.length),
    };
    // `t` is a new function each time and says the same.
  }, [reading, entry]);
}
