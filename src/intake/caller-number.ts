import { digitOf } from './caller-digits.ts';

/** Why a number stays as it was written. */
export type NumberProblem =
  | 'missing' // nothing there
  | 'withheld' // the network or the caller keeps it back
  | 'internal' // an extension of our own exchange, or an emergency or service code
  | 'not-a-number' // letters, words, several numbers
  | 'too-short'
  | 'too-long'
  | 'unknown-form'; // as many digits as a number, but no Chinese number begins like that

/** A caller's number. A number is where to ring back, never proof of who rings: it is easily forged. */
export type CallerNumber =
  | {
      readonly kind: 'number';
      /** E.164, "+869318885518". */
      readonly e164: string;
      /** As dialled inside China, with the leading 0: "0931-8885518". */
      readonly national: string;
      readonly extension: string | null;
      /** No area code was given and Lanzhou's was assumed. */
      readonly assumedArea: boolean;
    }
  | { readonly kind: 'raw'; readonly raw: string; readonly problem: NumberProblem };

/** The hotline hangs on Lanzhou's exchange: a seven-digit caller is a Lanzhou one. */
const OWN_AREA = '931';
const TWO_DIGIT_AREA = /^(?:10|2\d)/;
/** Gansu: 930 to 939, 941 Gannan, 943 Baiyin. Elsewhere area codes have three digits from 310 on. */
const AREA = /^(?:10|2\d|[3-9]\d{2})/;
const GANSU_AREA = /^(?:93\d|941|943)/;
const MOBILE = /^1[3-9]\d{9}$/;
const DIALLED = /^(\+?\d+)(?:(?:转|分机|ext|x|#)(\d{1,6}))?$/i;
/** Spaces, dashes, brackets, and the invisible characters that come along when a number is copied from a web page. */
const BETWEEN_DIGITS = /[\s\u00AD\u200B-\u200F\u2010-\u2015\u2212\u202A-\u202E\u2066-\u2069.()[\]_-]/g;

/** Reads a number as typed, shown or dictated: full-width, with +86, 0086 or area code, with an extension, in spoken digits. */
export function normalisePhone(text: string): CallerNumber {
  const raw = text.trim();
  if (raw === '') return { kind: 'raw', raw, problem: 'missing' };
  if (
    /^(?:未知|匿名|隐藏|保密|不详|无|无法显示|unknown|anonymous|private|withheld|restricted|unavailable)/i.test(raw)
  ) {
    return { kind: 'raw', raw, problem: 'withheld' };
  }
  const digits = [...raw.normalize('NFKC')].map((char) => digitOf(char) ?? char).join('');
  const parts = DIALLED.exec(withDialledExtension(digits) ?? digits.replaceAll(BETWEEN_DIGITS, ''));
  if (parts === null) return { kind: 'raw', raw, problem: 'not-a-number' };
  const national = nationalNumber(parts[1] ?? '');
  if (typeof national === 'string') return { kind: 'raw', raw, problem: national };
  return { kind: 'number', ...national, extension: parts[2] ?? null };
}

/** "0931-8885518-802": a third group after a whole landline number is an extension. */
function withDialledExtension(text: string): string | null {
  const groups = /^\(?(0\d{2,3})\)?[-\s]?(\d{7,8})-(\d{1,6})$/.exec(text);
  return groups === null ? null : `${groups[1] ?? ''}${groups[2] ?? ''}#${groups[3] ?? ''}`;
}

type National = { readonly e164: string; readonly national: string; readonly assumedArea: boolean };

function nationalNumber(dialled: string): National | NumberProblem {
  const foreign = /^(?:\+|00)(?!86)(\d{7,15})$/.exec(dialled);
  if (foreign !== null) return { e164: `+${foreign[1] ?? ''}`, national: dialled, assumedArea: false };
  const international = /^(?:\+|00)86(\d+)$/.exec(dialled)?.[1] ?? /^86((?:1[3-9]|0?[2-9])\d{9,})$/.exec(dialled)?.[1];
  const digits = (international ?? dialled).replace(/^\+/, '');
  const withoutZero = digits.replace(/^0/, '');
  if (MOBILE.test(withoutZero)) return mobile(withoutZero);
  const isTrunk = digits !== withoutZero || international !== undefined;
  return isTrunk ? landline(withoutZero) : localNumber(digits);
}

/** Without a leading 0 and a country code. */
function localNumber(digits: string): National | NumberProblem {
  if (digits.length <= 6) return 'internal';
  if (/^[2-9]\d{6}$/.test(digits)) return { ...landlineParts(OWN_AREA, digits), assumedArea: true };
  // A number that went through a spreadsheet has lost its leading 0.
  return digits.length === 10 && GANSU_AREA.test(digits) ? landline(digits) : misfit(digits);
}

function mobile(digits: string): National {
  return { e164: `+86${digits}`, national: digits, assumedArea: false };
}

function landline(withoutZero: string): National | NumberProblem {
  const area = AREA.exec(withoutZero)?.[0];
  if (area === undefined) return misfit(withoutZero);
  const local = withoutZero.slice(area.length);
  const shortest = TWO_DIGIT_AREA.test(area) ? 8 : 7;
  if (local.length < shortest) return 'too-short';
  if (local.length > 8) return 'too-long';
  return /^[2-9]/.test(local) ? landlineParts(area, local) : 'unknown-form';
}

function landlineParts(area: string, local: string): National {
  return { e164: `+86${area}${local}`, national: `0${area}-${local}`, assumedArea: false };
}

function misfit(digits: string): NumberProblem {
  if (digits.length > 11) return 'too-long';
  const shortMobile = digits.length === 10 && digits.startsWith('1');
  return digits.length < 10 || shortMobile ? 'too-short' : 'unknown-form';
}
