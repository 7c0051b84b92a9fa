import { headerSigns } from './automatic-headers.ts';
import { noticeSign, wordSign } from './automatic-words.ts';
import type { AutomaticEvidence, OwnNames, Sign } from './automatic-evidence.ts';
import type { ParsedMail } from './item.ts';
import { cleanLine, cutLine } from './mail-clean-text.ts';

/** RFC 3834 section 2: whether a mail may be answered by a machine at all, and whether it is a machine's own. */
export function recogniseAutomatic(evidence: AutomaticEvidence, own: OwnNames): ParsedMail['automatic'] {
  const signs = [...headerSigns(evidence, own), ...optional(noticeSign(evidence)), ...optional(wordSign(evidence))];
  const first = signs.find((sign) => sign.weight === 'strong') ?? signs[0];
  if (first === undefined) return null;
  return { reason: first.reason, certain: isCertain(signs), evidence: cutLine(cleanLine(first.evidence), 120) };
}

function isCertain(signs: readonly Sign[]): boolean {
  if (signs.some((sign) => sign.weight === 'strong')) return true;
  const weak = new Set(signs.filter((sign) => sign.weight === 'weak').map((sign) => sign.reason));
  return weak.size >= 2 || (weak.size === 1 && signs.some((sign) => sign.weight === 'words'));
}

function optional(sign: Sign | null): Sign[] {
  return sign === null ? [] : [sign];
}
