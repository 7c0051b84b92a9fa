import type { Language } from '../../texts/language.ts';
import { useCodeName, useLanguage } from '../../texts/texts.ts';
import { seriesCode, type Figure, type ReportHead } from './report-types.ts';

/** `series` and `name` as the service puts them, where it did. */
type Row = Pick<Figure, 'by'> & { readonly key: { readonly code: string; readonly name?: string } };
type Series = Pick<Figure, 'measure' | 'stage' | 'legal'> & Partial<Pick<Figure, 'series'>>;

/** How a report and its rows are called: as the printed page has it in Chinese, by the same codes in English. */
export function useReportWords() {
  const language = useLanguage();
  const name = useCodeName();
  const rowCode = (code: string, { key }: Row): string => name('report-row', { ...key, code });
  return {
    periodName: ({ from, to, name: official }: Pick<ReportHead, 'from' | 'to' | 'name'>): string =>
      language === 'en' ? englishPeriod(from, to) : official,
    seriesName: (of: Series): string =>
      name('series', { code: seriesCode(of), ...(of.series === undefined ? {} : { name: of.series }) }),
    rowName: (row: Row): string => {
      const { by, key } = row;
      if (by === 'all') return rowCode('all', row);
      if (by === 'category') return key.code === '' ? rowCode('no-category', row) : name('category', key);
      if (by === 'channel') return name('channel', key);
      if (by === 'month') return monthName(key.code, language);
      if (key.code === OTHER_UNITS) return rowCode('other-units', row);
      return key.code === '' ? rowCode('no-unit', row) : (key.name ?? key.code); // a unit is called by its own name
    },
  };
}

/** Code of what the service has put together. */
const OTHER_UNITS = 'OTHERS';
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function monthName(month: string, language: Language): string {
  if (language === 'en') return englishMonth(month);
  return `${month.slice(0, 4)}年${String(Number(month.slice(5, 7)))}月`;
}

function englishMonth(month: string): string {
  return `${MONTHS[Number(month.slice(5, 7)) - 1] ?? ''} ${month.slice(0, 4)}`;
}

function englishPeriod(from: string, to: string): string {
  return from === to ? englishMonth(from) : `${englishMonth(from)} to ${englishMonth(to)}`;
}
