import { Alert } from 'antd';
import { ApiProblem } from '../../api/client.ts';
import { useProblemWords } from '../../shell/use-problem-words.ts';
import { useTexts } from '../../texts/texts.ts';

type Props = {
  readonly fault: unknown;
  /** Of which closed set the reason of a refusal is. */
  readonly refusals?: 'refusal' | 'document-refusal';
};

/** Why something was not done, and what becomes of the input. Nothing when all is well. */
export function ProblemWords({ fault, refusals = 'refusal' }: Props) {
  const t = useTexts('case');
  const words = useProblemWords(refusals);
  if (fault === null || fault === undefined) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={words(fault) ?? t('notDone')}
      description={isLost(fault) ? t('noAnswerHint') : null}
    />
  );
}

/** Nobody knows whether it was done. */
function isLost(fault: unknown): boolean {
  return fault instanceof ApiProblem && (fault.status === 0 || fault.status >= 500);
}
