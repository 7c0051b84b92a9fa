import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PALETTES } from '../../../src/console/theme/palette.ts';
import { projectRoot } from '../../../src/platform/project-root.ts';

const CSS = readFileSync(join(projectRoot(), 'src/console/desk.css'), 'utf8');
const TONES = ['light', 'dark'] as const;
type Tone = (typeof TONES)[number];

/** The variables of a block, by name without `--desk-`. */
function variables(tone: Tone): Readonly<Record<string, string>> {
  const opening = tone === 'light' ? ':root {' : ":root[data-tone='dark'] {";
  const from = CSS.indexOf(opening);
  if (from < 0) throw new Error(`desk.css has no block ${opening}`);
  const block = CSS.slice(from, CSS.indexOf('}', from));
  return Object.fromEntries(
    [...block.matchAll(/--desk-([\w-]+): (#[\da-f]{6});/gu)].map(([, name, hex]) => [name, hex]),
  );
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Pairs of names whose contrast is below `least`. */
function tooFaint(
  colours: Readonly<Record<string, string>>,
  pairs: readonly (readonly [string, string])[],
  least: number,
) {
  return pairs
    .map(([word, behind]) => ({ word, behind, ratio: contrast(colours[word] ?? '', colours[behind] ?? '') }))
    .filter(({ ratio }) => !(ratio >= least));
}

describe.each(TONES)('the %s desk', (tone) => {
  const colours = variables(tone);

  it('defines every colour that the light one has', () => {
    expect(Object.keys(colours).toSorted()).toEqual(Object.keys(variables('light')).toSorted());
  });

  it('can be read: words are 4.5:1 against every surface they stand on', () => {
    const surfaces = ['ground', 'surface', 'sunk'];
    const plain = ['ink', 'quiet'].flatMap((word) => surfaces.map((behind) => [word, behind] as const));
    const meaning = ['urgent', 'overdue', 'soon', 'calm', 'accent'].flatMap((word) =>
      ['ground', 'surface', `${word}-wash`].map((behind) => [word, behind] as const),
    );
    const onColour = [['surface', 'accent'] as const];
    expect(tooFaint(colours, [...plain, ...meaning, ...onColour], 4.5)).toEqual([]);
  });

  it('shows bars and frames of fields at 3:1', () => {
    const drawn = ['email', 'phone', 'line-strong'].map((mark) => [mark, 'surface'] as const);
    expect(tooFaint(colours, drawn, 3)).toEqual([]);
  });

  it("makes Ant Design's colours from those of its own style sheet", () => {
    expect(Object.entries(PALETTES[tone]).filter(([name, hex]) => colours[name] !== hex)).toEqual([]);
  });
});
