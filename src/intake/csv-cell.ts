/** One cell of a CSV as RFC 4180 has it. What a spreadsheet would take for a formula gets an apostrophe, which makes it text (OWASP, CSV Injection). Also full width. */
export function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r\n＝＋－＠]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/u.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

/** The text of a cell that `csvCell` wrote, as it was before. */
export function withoutGuard(cell: string): string {
  return /^'[=+\-@\t\r\n＝＋－＠]/u.test(cell) ? cell.slice(1) : cell;
}
