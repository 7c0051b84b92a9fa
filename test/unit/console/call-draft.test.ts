import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blankEntry } from '../../../src/console/pages/call/call-entry.ts';
import { DraftKeeper, type DraftPorts, type StoredDraft } from '../../../src/console/pages/call/draft-keeper.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A service that keeps one draft by the rules of the real one, over a line that can be cut before or after it. */
function serviceWithLine() {
  let stored: StoredDraft | null = null;
  let line: 'whole' | 'cut' | 'answers-lost' = 'whole';
  const puts: { readonly version: number; readonly text: string | undefined; readonly at: number }[] = [];
  const ports: DraftPorts = {
    async put({ version, form }) {
      if (line === 'cut') return { kind: 'no-answer' };
      if (stored !== null && stored.version !== version) return { kind: 'stale' };
      stored = { version: (stored?.version ?? 0) + 1, form, updatedAt: new Date().toISOString() };
      puts.push({ version, text: form.text, at: Date.now() });
      return line === 'answers-lost' ? { kind: 'no-answer' } : { kind: 'saved', version: stored.version };
    },
    read: async () => (line === 'whole' ? stored : 'no-answer'),
    async remove() {
      stored = null;
    },
    now: () => new Date(),
  };
  return {
    ports,
    puts,
    stored: () => stored,
    setLine(next: typeof line) {
      line = next;
    },
    /** Another computer of the same person saves the draft. */
    saveElsewhere(text: string) {
      stored = { version: (stored?.version ?? 0) + 1, form: { text }, updatedAt: new Date().toISOString() };
    },
  };
}

function openDraft(service = serviceWithLine()) {
  const keeper = new DraftKeeper(service.ports, { id: 'a', entry: blankEntry(), stored: null });
  keeper.run();
  return { service, keeper };
}

describe('a draft', () => {
  it('is never more than five seconds behind somebody who types without a pause', async () => {
    const { service, keeper } = openDraft();
    let text = '';
    for (let second = 0; second < 60; second += 1) {
      text += '字';
      keeper.change({ text });
      await vi.advanceTimersByTimeAsync(1_000);
      if (second > 5) expect(text.length - (service.stored()?.form.text?.length ?? 0)).toBeLessThanOrEqual(5);
    }
    expect(service.puts.length).toBeLessThanOrEqual(20);
  });

  it('is not made of nothing', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ anonymous: true });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(service.puts).toEqual([]);
    expect(keeper.state().status).toBe('blank');
  });

  it('remembers when the first word was typed, and not when the page was opened', async () => {
    const { keeper } = openDraft();
    await vi.advanceTimersByTimeAsync(60_000);
    const first = new Date().toISOString();
    keeper.change({ text: '学' });
    await vi.advanceTimersByTimeAsync(60_000);
    keeper.change({ text: '学校' });
    expect(keeper.state().entry.startedAt).toBe(first);
  });

  it('says that it is not saved while the line is cut, keeps every word, and saves by itself when the line is back', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '学校' });
    await vi.advanceTimersByTimeAsync(5_000);
    service.setLine('cut');
    keeper.change({ text: '学校收费' });
    await vi.advanceTimersByTimeAsync(30_000);
    expect(keeper.state()).toMatchObject({ status: 'away', entry: { text: '学校收费' } });
    expect(keeper.isAtRisk()).toBe(true);
    service.setLine('whole');
    await vi.advanceTimersByTimeAsync(4_000);
    expect(keeper.state().status).toBe('saved');
    expect(service.stored()?.form.text).toBe('学校收费');
  });

  it('takes its own save whose answer was lost for its own', async () => {
    const { service, keeper } = openDraft();
    service.setLine('answers-lost');
    keeper.change({ text: '学校' });
    await vi.advanceTimersByTimeAsync(2_000);
    keeper.change({ text: '学校收费' });
    service.setLine('whole');
    await vi.advanceTimersByTimeAsync(12_000);
    expect(keeper.state().status).toBe('saved');
    expect(service.stored()?.form.text).toBe('学校收费');
  });

  it('overwrites nothing that was saved elsewhere before a person has said so', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '这里' });
    await vi.advanceTimersByTimeAsync(5_000);
    service.saveElsewhere('别处');
    keeper.change({ text: '这里写的' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(keeper.state()).toMatchObject({ status: 'conflict', entry: { text: '这里写的' } });
    expect(service.stored()?.form.text).toBe('别处');
    await keeper.keepMine();
    expect(service.stored()?.form.text).toBe('这里写的');
    expect(keeper.state().status).toBe('saved');
  });

  it('goes on with what was saved elsewhere when a person says that', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '这里' });
    await vi.advanceTimersByTimeAsync(5_000);
    service.saveElsewhere('别处');
    await keeper.takeStored();
    keeper.change({ place: '兰州市' });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(service.stored()?.form).toMatchObject({ text: '别处', place: '兰州市' });
  });

  it('is given to another tab only when every word is safe', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '学校' });
    service.setLine('cut');
    expect(await keeper.giveAway()).toBe(false);
    service.setLine('whole');
    expect(await keeper.giveAway()).toBe(true);
    expect(service.stored()?.form.text).toBe('学校');
    keeper.change({ text: '不算' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(service.stored()?.form.text).toBe('学校');
  });

  it('leaves with everything when the page is closed in the middle of a save', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '学校' });
    const first = keeper.flush();
    keeper.change({ text: '学校收费' });
    keeper.leave();
    await first;
    await vi.advanceTimersByTimeAsync(0);
    expect(service.stored()?.form.text).toBe('学校收费');
    keeper.change({ text: '学校收费多' });
    await vi.advanceTimersByTimeAsync(6_000);
    expect(service.stored()?.form.text).toBe('学校收费多');
  });

  it('is not taken for another hand when somebody comes back to a page that had just been hidden', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '学校' });
    keeper.leave();
    keeper.change({ text: '学校收费' });
    expect(await keeper.flush()).toBe(true);
    expect(keeper.state().status).toBe('saved');
    expect(service.puts.map(({ version }) => version)).toEqual([0, 1]);
  });

  it('is gone once the call is saved, and does not come back', async () => {
    const { service, keeper } = openDraft();
    keeper.change({ text: '学校' });
    const saving = keeper.flush();
    await keeper.close();
    await saving;
    keeper.change({ text: '学校收费' });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(service.stored()).toBeNull();
  });
});
