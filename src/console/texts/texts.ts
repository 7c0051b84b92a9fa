import { createContext, useContext } from 'react';
import enCall from './en/call.json';
import enCase from './en/case.json';
import enCodes from './en/codes.json';
import enDocuments from './en/documents.json';
import enOrders from './en/orders.json';
import enQueue from './en/queue.json';
import enReports from './en/reports.json';
import enSandbox from './en/sandbox.json';
import enShell from './en/shell.json';
import enToday from './en/today.json';
import type { Language } from './language.ts';
import zhCall from './zh-CN/call.json';
import zhCase from './zh-CN/case.json';
import zhCodes from './zh-CN/codes.json';
import zhDocuments from './zh-CN/documents.json';
import zhOrders from './zh-CN/orders.json';
import zhQueue from './zh-CN/queue.json';
import zhReports from './zh-CN/reports.json';
import zhSandbox from './zh-CN/sandbox.json';
import zhShell from './zh-CN/shell.json';
import zhToday from './zh-CN/today.json';

const zh = {
  call: zhCall,
  case: zhCase,
  codes: zhCodes,
  documents: zhDocuments,
  orders: zhOrders,
  queue: zhQueue,
  reports: zhReports,
  sandbox: zhSandbox,
  shell: zhShell,
  today: zhToday,
};
type Texts = typeof zh;
/** That English lacks no key is checked here by the compiler, and by a test in both directions. */
const en: Texts = {
  call: enCall,
  case: enCase,
  codes: enCodes,
  documents: enDocuments,
  orders: enOrders,
  queue: enQueue,
  reports: enReports,
  sandbox: enSandbox,
  shell: enShell,
  today: enToday,
};

export const LanguageContext = createContext<Language>('zh-CN');

export function useLanguage(): Language {
  return useContext(LanguageContext);
}

/** The texts of a part of the desk in the reader's language: `t('saved', { number })` fills `{number}`. */
export function useTexts<P extends keyof Texts>(part: P) {
  const language = useLanguage();
  return (key: keyof Texts[P] & string, values: Readonly<Record<string, string | number>> = {}): string =>
    fill((language === 'en' ? en : zh)[part][key] as string, values);
}

type CodeSet =
  | 'category'
  | 'lane'
  | 'kind'
  | 'channel'
  | 'level'
  | 'state'
  | 'order'
  | 'field'
  | 'option'
  | 'refusal'
  | 'bulk'
  | 'problem'
  | 'clock'
  | 'clock-state'
  | 'task'
  | 'letter'
  | 'document'
  | 'step'
  | 'document-field'
  | 'document-option'
  | 'document-problem'
  | 'document-refusal'
  | 'delivery'
  | 'series'
  | 'counted'
  | 'report-row'
  | 'difference'
  | 'units'
  | 'period';
/** `name` is how the service puts it; left out where only the code is known. */
export type Coded = { readonly code: string | number; readonly name?: string };

const ZH_CODES: Readonly<Record<string, string | undefined>> = zhCodes;
const EN_CODES: Readonly<Record<string, string | undefined>> = enCodes;

/** How a code of a closed set reads, for example `name('lane', row.lane)`: the service's own word in Chinese, ours in English. */
export function useCodeName() {
  const language = useLanguage();
  return (set: CodeSet, { code, name }: Coded): string => {
    const key = `${set}-${code}`;
    return language === 'en' ? (EN_CODES[key] ?? name ?? String(code)) : (name ?? ZH_CODES[key] ?? String(code));
  };
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}
