/**
 * The verdict of our own border server. Anybody can write an Authentication-Results field, so only the topmost one
 * that carries our name counts (RFC 8601 section 5), and a pass grants nothing: it is a hint and a reason to withhold.
 */
export function readAuthentication(raws: readonly string[], authservId: string | null): 'pass' | 'fail' | 'none' {
  if (authservId === null) return 'none';
  const ours = raws
    .map((raw) => withoutComments(raw.slice(0, 8_000).toLowerCase()))
    .find((raw) => isFrom(raw, authservId));
  if (ours === undefined) return 'none';
  const dmarc = resultOf(ours, 'dmarc');
  if (dmarc === 'pass') return 'pass';
  if (dmarc === 'fail') return 'fail';
  // Without DMARC: SPF and DKIM speak about other domains than From, so they can only warn.
  const others = [resultOf(ours, 'spf'), resultOf(ours, 'dkim')];
  return others.includes('fail') && !others.includes('pass') ? 'fail' : 'none';
}

function isFrom(raw: string, authservId: string): boolean {
  return (raw.split(/[\s;]/)[0] ?? '') === authservId.toLowerCase();
}

function resultOf(raw: string, method: 'dmarc' | 'spf' | 'dkim'): string | null {
  return new RegExp(`;\\s*${method}(?:/\\d+)?\\s*=\\s*([a-z]+)`).exec(raw)?.[1] ?? null;
}

/** Comments may hold anything, a forged result too. */
function withoutComments(raw: string): string {
  let depth = 0;
  let kept = '';
  for (const char of raw) {
    if (char === '(') depth++;
    if (depth === 0) kept += char;
    if (char === ')' && depth > 0) depth--;
  }
  return kept.trim();
}
