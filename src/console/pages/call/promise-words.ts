/** Until when an operator promises to ring back: the words that the service reads a deadline from. */
export const PROMISE_TERMS = ['今天下班前', '明天', '后天', '3个工作日内', '5个工作日内', '15个工作日内'] as const;
export type PromiseTerm = (typeof PROMISE_TERMS)[number];

/** "3个工作日内给您回电：告知办理进展". The time and the word for ringing back stand together, so the service finds them. */
export function promiseSentence(term: PromiseTerm, what: string): string {
  const said = what.trim();
  return said === '' ? `${term}给您回电` : `${term}给您回电：${said}`;
}

const TIME =
  /今天|今儿|明天|明儿|后天|(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})个?(?:工作日|自然日|小时|钟头|天|日|周|星期|礼拜)/u;
const ANSWER =
  /回(?:个|您|你)?电|回访|回复|答复|回话|(?:跟|和|与|给)?[您你](?:取得)?联系|联系[您你]|打(?:个|过去|回)?电话|反馈|告知/u;
const CALLER =
  /^\s*(?:来电人|来电者|投诉人|反映人|举报人|市民|群众|用户|客户|家长|主叫|对方|caller|citizen|customer)[^:：]{0,8}[:：]/iu;
const NO_PROMISE = /不(?:能|敢|好|一定|会)|没|如果|要是|已经|刚才|[吗么][？?]?$/u;
const MOST_SUGGESTED = 5;

/** Sentences of a transcript in which the desk seems to promise an answer: suggestions, decided by the person who made them. */
export function likelyPromises(transcript: string): readonly string[] {
  const found = transcript
    .split('\n')
    .filter((line) => !CALLER.test(line))
    .flatMap((line) => line.replace(/^\s*[^:：]{1,12}[:：]/u, '').match(/[^。！!？?；;]+[？?]?/gu) ?? [])
    .map((sentence) => sentence.trim())
    .filter((sentence) => TIME.test(sentence) && ANSWER.test(sentence) && !NO_PROMISE.test(sentence));
  return [...new Set(found)].slice(0, MOST_SUGGESTED);
}
