/** A stretch of the text: UTF-16 offsets, the end not included. `opens`: begins with words that announce another matter. */
export type Sentence = { readonly start: number; readonly end: number; readonly opens: boolean };

const MOST_SENTENCES = 200;

/** How people come to another matter. Speech and hurried letters do so in the middle of a line, after a comma or a space. */
const ANOTHER_MATTER = [
  '另外|此外|除此之外|再者|再有|再就是|顺便|顺带|另[,，]|另一(?:件|个|方面)|还有(?:[,，:：我]|一[件个点]|[件个]事)|还要(?:反映|举报|投诉)',
  '(?:二是|三是|其二|其三|第[二三][个件](?:事|问题|诉求)?[,，:：是我])',
  '(?:同时|并且?|也).{0,4}(?:举报|检举|反映|投诉|控告)|(?:检举|举报|控告|投诉)[:：]',
].join('|');
const BOUNDARY = new RegExp(`[。！？!?；;\\n]+|[，,、\\s]+(?=(?:来电人[:：])?(?:${ANOTHER_MATTER}))`, 'gu');
const OPENS = new RegExp(`^(?:来电人[:：])?(?:${ANOTHER_MATTER})`, 'u');

/** The sentences from `from` on in reading order, without the space around them. The last one looked at holds the rest. */
export function letterSentences(text: string, from: number): readonly Sentence[] {
  const sentences: Sentence[] = [];
  let start = from;
  for (const { index, 0: mark } of text.slice(from).matchAll(BOUNDARY)) {
    if (sentences.length >= MOST_SENTENCES - 1) break;
    const end = from + index + mark.length;
    push(sentences, text, start, end);
    start = end;
  }
  push(sentences, text, start, text.length);
  return sentences;
}

function push(sentences: Sentence[], text: string, from: number, to: number): void {
  const piece = text.slice(from, to);
  const start = from + (piece.length - piece.trimStart().length);
  const words = piece.trim();
  if (words !== '') sentences.push({ start, end: start + words.length, opens: OPENS.test(words) });
}
