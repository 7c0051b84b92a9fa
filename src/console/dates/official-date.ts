import type { Language } from '../texts/language.ts';

/** The office works by Beijing time, wherever the browser is. */
const ZONE = 'Asia/Shanghai';

/** 7月25日 周五; with the year when it is not this one. */
export function officialDate(instant: string | Date, language: Language, now: Date = new Date()): string {
  const date = new Date(instant);
  const sameYear = part(date, 'year') === part(now, 'year');
  if (language === 'en') {
    return written(date, 'en-GB', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      ...(sameYear ? {} : { year: 'numeric' }),
    }).replace(',', ''); // one comes with the year alone
  }
  const year = sameYear ? '' : `${part(date, 'year')}年`;
  return `${year}${part(date, 'month')}月${part(date, 'day')}日 ${weekday(date)}`;
}

/** 7/25 in Chinese, 25/7 in English: where there is room for no more. */
export function shortDate(instant: string | Date, language: Language): string {
  const date = new Date(instant);
  const [month, day] = [part(date, 'month'), part(date, 'day')];
  return language === 'en' ? `${day}/${month}` : `${month}/${day}`;
}

/** 7月25日 周五 14:30 */
export function officialMoment(instant: string | Date, language: Language, now: Date = new Date()): string {
  return `${officialDate(instant, language, now)} ${clockTime(instant)}`;
}

/** 2026-07-25T14:30, Beijing time: what a field of date and time takes. */
export function beijingInput(instant: Date): string {
  return new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 16);
}

/** 14:30, Beijing time. */
export function clockTime(instant: string | Date): string {
  return written(new Date(instant), 'en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

function part(date: Date, name: 'year' | 'month' | 'day'): string {
  return written(date, 'en-US', { [name]: 'numeric' });
}

function weekday(date: Date): string {
  return written(date, 'zh-CN', { weekday: 'short' });
}

/** A format takes longer to make than a thousand dates take to write, and a list writes many. */
const formats = new Map<string, Intl.DateTimeFormat>();

function written(date: Date, locale: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale, { timeZone: ZONE, ...options });
  formats.set(key, format);
  return format.format(date);
}
