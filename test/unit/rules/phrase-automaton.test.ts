import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePhrases, createPhraseHits, findPhrases } from '../../../src/rules/phrase-automaton.ts';

function units(text: string): Uint16Array {
  return Uint16Array.from(text, (character) => character.charCodeAt(0));
}

function hitsOf(phrases: readonly string[], text: string): string[] {
  const hits = createPhraseHits();
  findPhrases(compilePhrases(phrases), units(text), text.length, hits);
  return Array.from({ length: hits.count }, (_, i) => `${hits.phrase[i]}@${hits.end[i]}`).toSorted();
}

function naive(phrases: readonly string[], text: string): string[] {
  const found: string[] = [];
  phrases.forEach((phrase, number) => {
    for (let at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1))
      found.push(`${number}@${at + phrase.length}`);
  });
  return found.toSorted();
}

describe('the phrase automaton', () => {
  it('finds overlapping and nested phrases', () => {
    expect(hitsOf(['收费', '乱收费', '费站', '收费站'], '乱收费站')).toEqual(
      naive(['收费', '乱收费', '费站', '收费站'], '乱收费站'),
    );
  });

  it('finds exactly what a naive search finds, for any phrases and any text', () => {
    const letters = fc.constantFrom('收', '费', '补', '课', 'a');
    const word = fc.array(letters, { minLength: 1, maxLength: 5 }).map((list) => list.join(''));
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 40 }),
        fc.array(letters, { maxLength: 120 }).map((list) => list.join('')),
        (phrases, text) => {
          expect(hitsOf(phrases, text)).toEqual(naive(phrases, text));
        },
      ),
      { numRuns: 300 },
    );
  });

  it('needs less than 10 MB for 3,000 phrases', () => {
    const phrases = Array.from({ length: 3000 }, (_, i) =>
      String.fromCharCode(0x4e00 + (i % 2500), 0x4e00 + ((i * 7) % 2500), 0x5000 + i),
    );
    const automaton = compilePhrases(phrases);
    const bytes = Object.values(automaton).reduce((sum, array) => sum + array.byteLength, 0);
    expect(bytes).toBeLessThan(10 * 1024 * 1024);
  });

  it('finds nothing when there are no phrases', () => {
    expect(hitsOf([], '乱收费')).toEqual([]);
  });
});
