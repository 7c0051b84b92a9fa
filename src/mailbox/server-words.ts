/** What a server said, made safe to log and to show: one line, no control characters, at most 200 characters. */
export function serverWords(text: string): string {
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
}
