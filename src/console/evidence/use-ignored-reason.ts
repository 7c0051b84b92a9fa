import { useTexts } from '../texts/texts.ts';

const TEXTS = {
  'longer-word': 'ignoredLongerWord',
  'quoted-thread': 'ignoredQuotedThread',
  signature: 'ignoredSignature',
  operator: 'ignoredOperator',
  'quoted-policy': 'ignoredQuotedPolicy',
  negated: 'ignoredNegated',
  contrasted: 'ignoredContrasted',
  denied: 'ignoredDenied',
} as const;

/** Why words did not count, for people: the rules give a code. What is no code of ours reads as it stands. */
export function useIgnoredReason(): (why: string) => string {
  const t = useTexts('case');
  return (why) => (isCode(why) ? t(TEXTS[why]) : why);
}

function isCode(why: string): why is keyof typeof TEXTS {
  return Object.hasOwn(TEXTS, why);
}
