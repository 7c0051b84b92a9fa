import { describe, expect, it } from 'vitest';
import { likelyPromises, PROMISE_TERMS, promiseSentence } from '../../../src/console/pages/call/promise-words.ts';
import { findPromises } from '../../../src/intake/transcript-promises.ts';

describe('a promised call-back', () => {
  it.each(PROMISE_TERMS)('"%s" is a time that the service makes a deadline of', (term) => {
    for (const what of ['', '告知是否受理', '没有进展也回电']) {
      const [promise, ...more] = findPromises(promiseSentence(term, what));
      expect(more).toEqual([]);
      expect(promise?.amount).not.toBeNull();
      expect(promise?.amount).toBe({ 今天下班前: 0, 明天: 1, 后天: 2 }[term as string] ?? Number.parseInt(term, 10));
    }
  });

  it('is suggested from what the desk says in a transcript, never from what the caller says', () => {
    const transcript = [
      '话务员:您好，效能投诉热线。',
      '来电人:你们三天之内给我回复吗？我要求明天给我回电话。',
      '话务员:我们三个工作日内给您回电话。请您保持畅通。',
      '话务员:如果明天没有回复，您再打过来。',
    ].join('\n');
    expect(likelyPromises(transcript)).toEqual(['我们三个工作日内给您回电话']);
  });

  it('is suggested once, however often it was said, and only when the service finds it as well', () => {
    const found = likelyPromises('话务员:明天给您回电。\n话务员:明天给您回电。\n话务员:请明天来一趟。');
    expect(found).toEqual(['明天给您回电']);
    expect(findPromises(found[0] ?? '')).toHaveLength(1);
  });
});
