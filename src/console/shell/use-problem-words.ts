import { ApiProblem } from '../api/client.ts';
import { useCodeName, useLanguage } from '../texts/texts.ts';

/**
 * What the service says of a request that it did not carry out: its own words in Chinese, the same reason in English. The
 * answer is null where it said nothing. `refusals`: of which closed set its reason is.
 */
export function useProblemWords(
  refusals: 'refusal' | 'document-refusal' | 'period',
): (fault: unknown) => string | null {
  const language = useLanguage();
  const name = useCodeName();
  return (fault) => {
    if (!(fault instanceof ApiProblem) || fault.problem === null) return null;
    const { code, title, reason, detail = title, fields = [] } = fault.problem;
    if (language === 'en')
      return reason === undefined
        ? name('problem', { code, name: title })
        : name(refusals, { code: reason, name: detail });
    if (fields.length === 0) return detail;
    return `${detail}（${fields.map((one) => `${one.field}：${one.problem}`).join('；')}）`;
  };
}
