import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FILTER_NAMES,
  FLAGS,
  filterText,
  hasFlag,
  readFilter,
  withFilter,
  withoutFlags,
  type QueueFilter,
} from '../../../src/console/pages/queue/queue-filter.ts';

const read = (text: string): QueueFilter => readFilter(new URLSearchParams(text));
const filters = fc
  .dictionary(fc.constantFrom(...FILTER_NAMES), fc.string({ minLength: 2, maxLength: 20 }))
  .map((values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [name, `词${value.trim()}x`])));

describe('a filter of the queue', () => {
  it('comes back from its own address, whatever is in it', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        expect(read(filterText(filter))).toEqual(filter);
      }),
    );
  });

  it('is one and the same address in whatever order it was put together', () => {
    expect(filterText({ lane: 'request', category: '5' })).toBe(filterText({ category: '5', lane: 'request' }));
  });

  it('leaves out what the queue does not know, what is empty, and a search of one character', () => {
    expect(read('token=x&category=&search=%E9%A3%9F&unit=FIN')).toEqual({ unit: 'FIN' });
  });

  it('reads the addresses that the figures of the first page lead to', () => {
    for (const [flag, value] of Object.entries(FLAGS)) {
      const filter = read(`${flag}=${value}`);
      expect(hasFlag(filter, flag as keyof typeof FLAGS)).toBe(true);
    }
    expect(hasFlag(read('confirmed=true'), 'confirmed')).toBe(false);
  });

  it('changes one value and leaves the others', () => {
    const filter = { category: '5', unit: 'FIN' };
    expect(withFilter(filter, 'unit', 'BASIC')).toEqual({ category: '5', unit: 'BASIC' });
    expect(withFilter(filter, 'unit', null)).toEqual({ category: '5' });
    expect(filter).toEqual({ category: '5', unit: 'FIN' });
  });

  it('without its flags keeps what is searched and chosen', () => {
    expect(withoutFlags({ search: '食堂', urgent: 'true', confirmed: 'false', overdue: 'true' })).toEqual({
      search: '食堂',
    });
  });
});
