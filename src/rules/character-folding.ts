import t2cnCharacters from 'opencc-js/dict/TSCharacters';

/** What one UTF-16 unit becomes. Values below `FIRST_TEXT_UNIT` are instructions, the others are the folded unit itself. */
export const DROPPED = 0;
/** Space, dot, dash, star ...: vanishes inside words, so that 基·教·处 is found. */
export const SEPARATOR = 1;
export const NEWLINE = 2;
/** The unit becomes several units, or is half of a pair: take the slow road. */
export const EXPANDED = 3;
const FIRST_TEXT_UNIT = 4;

/** Folds every spelling of a character to one. Built once: 128 kB. */
export type Folding = {
  readonly table: Uint16Array;
  /** For `EXPANDED` units: the folded units, for example ㈠ -> (一). */
  expand(codePoint: number): readonly number[];
};

// Letters of other alphabets that look like Latin ones, after NFKC and lower case. RFC 8264 calls this confusability; only
// the letters that a keyboard user can produce are worth a line.
const LOOK_ALIKES: readonly (readonly [string, string])[] = [
  ['авсеһіјкмнорԛѕтухԝзьԁԍӏ', 'abcehijkmhopqstyxwzbdgl'],
  ['αβεζηικμνορτυχωγδ', 'abezhikmvoptuxwyd'],
  ['ıɑɡɩʏᴀᴄᴇᴏᴠᴡᴢ', 'iagiyaceovwz'],
];

// Japanese and old forms that neither NFKC nor the traditional-to-simplified table covers, as pairs 旧新. The whole
// Shinjitai dictionary would do harm: it would turn 予 into 豫.
const HAN_VARIANTS = '処处敎教厛厅庁厅収收県县営营図图戸户羣群囯国囻国広广実实証证検检査查対对関关観观歳岁齢龄児儿';

// Kept although NFKC or the classes below would take them: the marks that end a clause or a sentence, quotes and brackets.
const KEPT_MARKS = new Set('。!?;,、:()[]{}“”‘’「」『』《》〈〉【】"<>%');

const ELLIPSIS = 0x2026; // NFKC makes three dots of it; here it parts clauses

const isSeparator = /^[\s\p{Zs}\p{Pd}\p{Pc}\p{Sk}·•・‧∙⋅.*/\\|~+=#@&^`'$°′″№]$/u;
const isDropped = /^[\p{Cc}\p{Cf}\p{Mn}\p{Me}\p{Co}\p{Cn}\u034f\u115f\u1160\u3164\uffa0]$/u;

/** "繁 简|..." pairs of one character each; pairs with an astral member are left alone. */
function addPairs(into: Map<string, string>, source: string): void {
  for (const pair of source.split('|')) {
    const [from, to] = pair.split(' ');
    if (from?.length === 1 && to?.length === 1 && !into.has(from)) into.set(from, to);
  }
}

function createCharacterMap(): Map<string, string> {
  const map = new Map<string, string>();
  addPairs(map, t2cnCharacters);
  for (let i = 0; i + 1 < HAN_VARIANTS.length; i += 2) map.set(HAN_VARIANTS.charAt(i), HAN_VARIANTS.charAt(i + 1));
  for (const [from, to] of LOOK_ALIKES) [...from].forEach((letter, i) => map.set(letter, to.charAt(i)));
  return map;
}

function foldOne(character: string, map: ReadonlyMap<string, string>): number {
  if (
    character === '\n' ||
    character === '\u2028' ||
    character === '\u2029' ||
    character === '\v' ||
    character === '\f'
  )
    return NEWLINE;
  if (character === '\r') return DROPPED;
  if (KEPT_MARKS.has(character)) return character.charCodeAt(0);
  if (isSeparator.test(character)) return SEPARATOR;
  if (isDropped.test(character)) return DROPPED;
  const lower = character.toLowerCase();
  const mapped = map.get(lower) ?? lower;
  return mapped.length === 1 ? mapped.charCodeAt(0) : EXPANDED;
}

/** NFKD then NFC of the rest: an accent on a letter or a Zalgo flood never hides a word. */
function decompose(text: string): string {
  const normal = text.normalize('NFKC');
  return /^[\p{L}\p{M}]+$/u.test(normal) && !/\p{Script=Hangul}/u.test(normal)
    ? normal.normalize('NFD').replace(/\p{Mn}/gu, '')
    : normal;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function createFolding(): Folding {
  const map = createCharacterMap();
  const table = new Uint16Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    if (isSurrogate(unit)) {
      table[unit] = EXPANDED;
      continue;
    }
    const normal = decompose(unit === ELLIPSIS ? ' ' : String.fromCharCode(unit));
    table[unit] = normal.length === 1 ? foldOne(normal, map) : normal.length === 0 ? DROPPED : EXPANDED;
  }
  const expand = (codePoint: number): readonly number[] => {
    if (isSurrogate(codePoint)) return [0xfffd];
    const units: number[] = [];
    const original = String.fromCodePoint(codePoint);
    const normal = decompose(original);
    if (/^\p{Cf}|^\p{Mn}/u.test(normal)) return units;
    for (let i = 0; i < normal.length; i += 1) {
      const unit = normal.charCodeAt(i);
      const folded = isSurrogate(unit) ? unit : (table[unit] ?? unit);
      if (folded >= FIRST_TEXT_UNIT) units.push(folded);
    }
    return units;
  };
  return { table, expand };
}

let built: Folding | undefined;

/** The one folding table, built on first use (about 60 ms) and never changed. */
export function characterFolding(): Folding {
  built ??= createFolding();
  return built;
}
