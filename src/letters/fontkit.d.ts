/** Of fontkit only what letter-fonts.ts uses; it ships no types. */
declare module 'fontkit' {
  export function create(buffer: Buffer): {
    readonly unitsPerEm: number;
    hasGlyphForCodePoint(codePoint: number): boolean;
    glyphForCodePoint(codePoint: number): { readonly advanceWidth: number };
  };
}
