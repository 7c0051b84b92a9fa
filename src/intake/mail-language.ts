import { letterKind } from './mail-letters.ts';

const READ_CHARS = 20_000;
/** Fewer letters than this are a name or a number, in no language. */
const MIN_LETTERS = 20;
/** Chinese mail with links, names and product words in Latin letters still holds more Chinese than this. */
const MIN_CHINESE_SHARE = 0.1;

/** Written in Tibetan, Uyghur, Kazakh, English ... or in pinyin: the Chinese rules read nothing in it, a person must. */
export function isForeignLanguage(text: string): boolean {
  const read = text.slice(0, READ_CHARS).replace(/https?:\/\/[!-~]+|[!-~]+@[!-~]+/g, ' ');
  let chinese = 0;
  let other = 0;
  for (let at = 0; at < read.length; at++) {
    const kind = letterKind(read.charCodeAt(at));
    if (kind === 'han') chinese++;
    else if (kind === 'other') other++;
  }
  return chinese + other >= MIN_LETTERS && chinese < (chinese + other) * MIN_CHINESE_SHARE;
}
