import { Alert } from 'antd';
import { ApiProblem } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';

/** Why something was not done, and what becomes of the input. Nothing when all is well. */
export function ProblemWords({ fault }: { readonly fault: unknown }) {
  const t = useTexts('case');
  if (fault === null || fault === undefined) return null;
  return (
    <Alert
      type="error"
      showIcon
      role="alert"
      title={refusalWords(fault) ?? t('notDone')}
      description={isLost(fault) ? t('noAnswerHint') : null}
    />
  );
}

/** The service's own words. */
function refusalWords(fault: unknown): string | null {
  if (!(fault instanceof ApiProblem) || fault.problem === null) return null;
  const { title, detail = title, fields = [] } = fault.problem;
  return fields.length === 0
    ? detail
    : `${detail}（${fields.map((one) => `${one.field}：${one.problem}`).join('；')}）`;
}

/** Nobody knows whether it was done. */
function isLost(fault: unknown): boolean {
  return fault instanceof ApiProblem && (fault.status === 0 || fault.status >= 500);
}
