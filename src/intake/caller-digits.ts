/** Digits as they are written, typed full-width, and read out over a Chinese telephone line (幺 1, 两 2, 拐 7, 勾 9, 洞 0). */
const SPOKEN: Readonly<Record<string, string>> = {
  零: '0',
  〇: '0',
  洞: '0',
  一: '1',
  壹: '1',
  幺: '1',
  妖: '1',
  二: '2',
  两: '2',
  贰: '2',
  三: '3',
  叁: '3',
  四: '4',
  肆: '4',
  五: '5',
  伍: '5',
  六: '6',
  陆: '6',
  七: '7',
  柒: '7',
  拐: '7',
  八: '8',
  捌: '8',
  九: '9',
  玖: '9',
  勾: '9',
};
const SPOKEN_CLASS = Object.keys(SPOKEN).join('');

/** Radio digits are said for nothing but digits: a short run holding one is a number ("幺幺零"). */
const RADIO = /[幺洞拐勾]/u;
const RUN = new RegExp(`[${SPOKEN_CLASS}](?:[ ,\\uFF0C\\u3001-]?[${SPOKEN_CLASS}0-9\\uFF10-\\uFF19]){2,}`, 'gu');
/** Seven digits are a local number, the shortest that people read out digit by digit without a radio word. */
const SHORTEST_PLAIN_RUN = 7;

/** The ASCII digit for one character in any of these writings; null when it is no digit. */
export function digitOf(char: string): string | null {
  const code = char.charCodeAt(0);
  if (code >= 0x30 && code <= 0x39) return char;
  if (code >= 0xff10 && code <= 0xff19) return String.fromCharCode(code - 0xff10 + 0x30);
  return SPOKEN[char] ?? null;
}

/** A pattern class for one digit in any writing, to be put between brackets. */
export const ANY_DIGIT = `0-9\\uFF10-\\uFF19${SPOKEN_CLASS}`;

/** Numbers read out digit by digit become digits ("八八八五五一八", "幺洞洞"); counted amounts ("三百二十", "两三个") stay words. */
export function spokenDigits(text: string): string {
  return text.replaceAll(RUN, (run) => {
    const digits = [...run].map((char) => digitOf(char) ?? '').join('');
    return RADIO.test(run) || digits.length >= SHORTEST_PLAIN_RUN ? digits : run;
  });
}
