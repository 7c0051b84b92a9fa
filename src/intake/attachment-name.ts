export type AttachmentName = { readonly name: string; readonly suspicious: boolean };

const MAX_CHARACTERS = 120;
/** The longest name a file system takes, in UTF-16 units; longer ones are not typed by people. */
const MAX_NAME = 255;
/** Device names that Windows opens instead of a file. */
const RESERVED = /^(?:con|prn|aux|nul|com[1-9]|lpt[1-9])(?:\.|$)/i;
/** An innocent ending in front of one that runs. */
const DISGUISED =
  /\.(?:pdf|docx?|xlsx?|pptx?|txt|jpe?g|png|gif|mp[34])[\s_.]*\.(?:exe|scr|com|bat|cmd|js|jse|vbs|wsf|ps1|hta|lnk|pif|msi|jar|iso)$/i;
/** Letters that change the direction of what follows: `证据[U+202E]fdp.exe` looks like a PDF without the mark. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/**
 * The name an attachment is shown under: display data, cleaned after all decoding and never used as a path. What had
 * to be cleaned is suspicious, because no mail program writes it by itself.
 */
export function attachmentName(written: string | null, type: string): AttachmentName {
  if (written === null || written.trim() === '') return { name: `未命名附件${extensionFor(type)}`, suspicious: false };
  const visible = written
    .slice(0, 10_000)
    .replace(/\p{Surrogate}/gu, '\uFFFD')
    .replace(BIDI, (mark) => `[U+${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}]`)
    .replace(INVISIBLE, '')
    .replace(/\p{Cc}/gu, '');
  const base = visible.slice(Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1);
  const tidy = base
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  const named = RESERVED.test(tidy) ? `_${tidy}` : tidy;
  const name = shorten(named) || `未命名附件${extensionFor(type)}`;
  // Two or three spaces are a typing habit; a row of them pushes the real ending out of sight.
  const asTyped = written.replace(/\s{1,4}/g, ' ').trim();
  const altered = named !== asTyped || written.length > MAX_NAME;
  return { name, suspicious: altered || name.startsWith('.') || DISGUISED.test(name) };
}

/** Cuts in the middle, between characters as a person counts them, so that the real ending stays visible. */
function shorten(name: string): string {
  if (name.length <= MAX_CHARACTERS) return name;
  const characters = Array.from(new Intl.Segmenter('zh').segment(name.slice(0, 4_000)), (each) => each.segment);
  if (characters.length <= MAX_CHARACTERS && name.length <= 4_000) return name;
  const end = Array.from(name.slice(-21)).slice(-20).join('');
  return `${characters.slice(0, MAX_CHARACTERS - 21).join('')}…${end}`;
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map([
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/gif', '.gif'],
  ['application/pdf', '.pdf'],
  ['text/plain', '.txt'],
  ['text/html', '.html'],
  ['text/calendar', '.ics'],
  ['message/rfc822', '.eml'],
  ['audio/mpeg', '.mp3'],
  ['video/mp4', '.mp4'],
]);

function extensionFor(type: string): string {
  return EXTENSIONS.get(type) ?? '';
}
