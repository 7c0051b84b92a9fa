import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ApiProblem } from '../../../src/console/api/client.ts';
import { blankEntry, toCallForm } from '../../../src/console/pages/call/call-entry.ts';
import { submitCall, type SavedCall } from '../../../src/console/pages/call/submit-call.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const form = toCallForm({ ...blankEntry(), text: '学校收费' });
const answer: SavedCall = { kind: 'case', caseId: 1, number: '483 920 176', code: '2718 2818 2845 9045' };

function sendOver(problems: readonly number[]) {
  const keys: string[] = [];
  const waits: number[] = [];
  const stop = new AbortController();
  const post = async (key: string): Promise<SavedCall> => {
    const status = problems[keys.length];
    keys.push(key);
    if (status !== undefined) throw new ApiProblem(status, null);
    return answer;
  };
  const sent = submitCall(post, { key: 'k', form, signal: stop.signal, onWaiting: (attempts) => waits.push(attempts) });
  return { sent, keys, waits, stop };
}

describe('sending a call', () => {
  it('goes on under the same key until somebody answers', async () => {
    const { sent, keys, waits } = sendOver([0, 0, 503, 429, 500]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(await sent).toEqual({ kind: 'saved', answer });
    expect(keys).toEqual(['k', 'k', 'k', 'k', 'k', 'k']);
    expect(waits).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends at a refusal, which does not pass by waiting', async () => {
    const { sent, keys } = sendOver([422]);
    expect(await sent).toEqual({ kind: 'refused', problem: null });
    expect(keys).toHaveLength(1);
  });

  it('ends when nobody is signed in any more', async () => {
    const { sent } = sendOver([0, 401]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await sent).toEqual({ kind: 'signed-out' });
  });

  it('stops in a pause when it is told to', async () => {
    const { sent, keys, stop } = sendOver([0, 0, 0, 0]);
    await vi.advanceTimersByTimeAsync(100);
    stop.abort();
    expect(await sent).toEqual({ kind: 'stopped' });
    expect(keys).toHaveLength(1);
  });

  it('that is called back while it is under way does not complain that nobody answered', async () => {
    const { sent, waits, stop } = sendOver([0]);
    stop.abort();
    expect(await sent).toEqual({ kind: 'stopped' });
    expect(waits).toEqual([]);
  });
});
