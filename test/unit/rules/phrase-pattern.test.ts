import { describe, expect, it } from 'vitest';
import { extendAnchor, parsePhrase, phraseKey } from '../../../src/rules/phrase-pattern.ts';

function keysOf(phrase: string): readonly string[] {
  const parsed = parsePhrase(phrase);
  return parsed.kind === 'ok' ? parsed.variants.map(phraseKey) : [`invalid: ${parsed.message}`];
}

/** What the phrase covers in the text, or null. */
function coverage(phrase: string, text: string): string | null {
  const parsed = parsePhrase(phrase);
  const variant = parsed.kind === 'ok' ? parsed.variants[0] : undefined;
  if (variant === undefined) throw new Error(`not a phrase: ${phrase}`);
  const units = Uint16Array.from(text, (character) => character.charCodeAt(0));
  const at = text.indexOf(variant.anchor);
  const span = at < 0 ? null : extendAnchor(variant, units, text.length, at);
  return span === null ? null : text.slice(span.start, span.end);
}

describe('phrases of the lexicon', () => {
  it('(a|b) stands for each alternative, and an empty one for nothing', () => {
    expect(keysOf('没(批|办)下来')).toEqual(['没批下来', '没办下来']);
    expect(keysOf('(厅|)财务处')).toEqual(['厅财务处', '财务处']);
  });

  it('… bridges at most six characters', () => {
    expect(coverage('管钱的…处', '五楼管钱的那个处')).toBe('管钱的那个处');
    expect(coverage('管钱的…处', '管钱的人今天没有来上班处')).toBeNull();
  });

  it('… never crosses a comma', () => {
    expect(coverage('管钱的…处', '管钱的,那个处')).toBeNull();
  });

  it('# is a number in any script', () => {
    expect(coverage('收#元', '收600元')).toBe('收600元');
    expect(coverage('收#元', '收三百二十元')).toBe('收三百二十元');
    expect(coverage('收#元', '收元')).toBeNull();
  });

  it('…# is an amount somewhere after the word', () => {
    expect(coverage('每人…#元', '每人要交三百元')).toBe('每人要交三百元');
  });

  it.each(['(a|b', 'a)b', '…学校', '学校…', '#', '学……校', ''])('refuses %j', (phrase) => {
    expect(keysOf(phrase)[0]).toMatch(/^invalid/);
  });
});
