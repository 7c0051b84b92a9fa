import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

/** Regular stands for 仿宋, bold for 小标宋 and 黑体: docs/adr/0017-official-letters.md says why. */
export type FontWeight = 'regular' | 'bold';

export type LetterFonts = {
  readonly files: Readonly<Record<FontWeight, Buffer>>;
  /** Width of a text in points at this size, without kerning. */
  width(text: string, weight: FontWeight, sizePt: number): number;
  /** Whether every character can be printed. */
  hasGlyphs(text: string): boolean;
};

const FILES: Readonly<Record<FontWeight, string>> = {
  regular: '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
  bold: '@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf',
};

/** Reads both weights (30 MB). Call it once. */
export function openLetterFonts(): LetterFonts {
  const { resolve } = createRequire(import.meta.url);
  const files = { regular: readFileSync(resolve(FILES.regular)), bold: readFileSync(resolve(FILES.bold)) };
  const fonts = { regular: create(files.regular), bold: create(files.bold) };
  const advances = { regular: new Map<number, number>(), bold: new Map<number, number>() };
  const advance = (codePoint: number, weight: FontWeight): number => {
    const known = advances[weight].get(codePoint);
    if (known !== undefined) return known;
    const font = fonts[weight];
    const width = font.glyphForCodePoint(codePoint).advanceWidth / font.unitsPerEm;
    advances[weight].set(codePoint, width);
    return width;
  };
  return {
    files,
    width: (text, weight, sizePt) =>
      [...text].reduce((sum, character) => sum + advance(codePointOf(character), weight), 0) * sizePt,
    hasGlyphs: (text) =>
      [...text].every(
        (character) =>
          character === '\n' ||
          (fonts.regular.hasGlyphForCodePoint(codePointOf(character)) &&
            fonts.bold.hasGlyphForCodePoint(codePointOf(character))),
      ),
  };
}

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
