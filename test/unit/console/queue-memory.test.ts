import { beforeEach, describe, expect, it } from 'vitest';
import { createQueueMemory, type Keep } from '../../../src/console/pages/queue/queue-memory.ts';

function emptyKeep(): Keep {
  const values = new Map<string, string>();
  return { getItem: (name) => values.get(name) ?? null, setItem: (name, value) => void values.set(name, value) };
}

let browser: Keep;
let memory: ReturnType<typeof createQueueMemory>;
beforeEach(() => {
  browser = emptyKeep();
  memory = createQueueMemory(emptyKeep(), browser);
});

describe('going on from case to case', () => {
  it('follows the list as it was shown, in both directions, and ends where it ended', () => {
    memory.rememberShown(40, [7, 3, 9]);
    expect([memory.nextInQueue(7), memory.nextInQueue(3), memory.nextInQueue(9)]).toEqual([3, 9, null]);
    expect([memory.previousInQueue(7), memory.previousInQueue(3)]).toEqual([null, 7]);
  });

  it('knows no neighbour of a case that the list did not show, nor before any list was shown', () => {
    expect(memory.nextInQueue(1)).toBeNull();
    memory.rememberShown(0, [7, 3]);
    expect(memory.nextInQueue(1)).toBeNull();
  });

  it('moves the place along, so that coming back finds the case last looked at', () => {
    memory.rememberPlace({ filter: 'urgent=true', index: 40, caseId: 7, scrollTop: 2_000 });
    memory.rememberShown(40, [7, 3, 9]);
    memory.rememberVisited(9);
    expect(memory.recallPlace({ urgent: 'true' })).toMatchObject({ index: 42, caseId: 9, scrollTop: 2_000 });
    memory.rememberVisited(1_000);
    expect(memory.recallPlace({ urgent: 'true' })).toMatchObject({ caseId: 9 });
  });
});

describe('coming back to the queue', () => {
  it('finds the place again with the same filter, and none with another', () => {
    memory.rememberPlace({ filter: 'category=5&unit=FIN', index: 3, caseId: 8, scrollTop: 54 });
    expect(memory.recallPlace({ unit: 'FIN', category: '5' })).toMatchObject({ index: 3, scrollTop: 54 });
    expect(memory.recallPlace({ category: '5' })).toBeNull();
  });

  it('finds the filter again in the same tab, with what was sought', () => {
    memory.rememberFilter({ search: '食堂', lane: 'request' });
    expect(memory.recallFilter()).toEqual({ search: '食堂', lane: 'request' });
  });

  it('leaves nothing that was sought to whoever uses the browser next', () => {
    memory.rememberFilter({ search: '某人的名字', lane: 'request' });
    const next = createQueueMemory(emptyKeep(), browser);
    expect(next.recallFilter()).toEqual({ lane: 'request' });
  });

  it('remembers that the filter was cleared', () => {
    memory.rememberFilter({ lane: 'request' });
    memory.rememberFilter({});
    expect(memory.recallFilter()).toEqual({});
  });
});
