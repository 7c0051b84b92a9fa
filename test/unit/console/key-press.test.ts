import { describe, expect, it } from 'vitest';
import { actsOn, type PressedKey } from '../../../src/console/shell/key-press.ts';

function press(more: Partial<PressedKey> = {}): PressedKey {
  const plain = {
    modified: false,
    composing: false,
    handled: false,
    inField: false,
    inDialog: false,
    onControl: false,
  };
  return { key: 'j', ...plain, ...more };
}

describe('a single key', () => {
  it('acts when it is pressed on the page itself', () => {
    expect(actsOn(press())).toBe(true);
    expect(actsOn(press({ key: 'Enter' }))).toBe(true);
  });

  it.each(['modified', 'composing', 'handled', 'inField', 'inDialog'] as const)(
    'is left alone when it is %s',
    (how) => {
      expect(actsOn(press({ [how]: true }))).toBe(false);
    },
  );

  it('belongs to a button or a link when it is the one that presses it', () => {
    expect(actsOn(press({ key: 'Enter', onControl: true }))).toBe(false);
    expect(actsOn(press({ key: ' ', onControl: true }))).toBe(false);
    expect(actsOn(press({ key: 'j', onControl: true }))).toBe(true);
  });
});
