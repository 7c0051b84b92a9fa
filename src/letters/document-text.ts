import type { FilledDocument } from '../casework/document-press.ts';

/** The document as plain text: for reading aloud to a caller, and for showing where no PDF is shown. */
export function documentText(document: FilledDocument): string {
  const { organ, number, title, addressee, paragraphs, rows, signature, signedOn, copies } = document;
  return [
    organ,
    number ?? '（未编号）',
    '',
    title,
    '',
    ...(addressee === null ? [] : [`${addressee}：`]),
    ...paragraphs.map((text) => `　　${text}`),
    ...rows.map(({ label, paragraphs: value }) => `${label}：${value.map((text) => text.trim()).join('\n')}`),
    ...(signature === null ? [] : ['', signature, signedOn ?? '　　年　月　日']),
    ...(copies === null ? [] : ['', `抄送：${copies}。`]),
    '',
  ].join('\n');
}
