import { createContext, useContext, useMemo, useState } from 'react';
import { LANGUAGES, type Language } from '../texts/language.ts';
import type { Tone } from '../theme/palette.ts';

export type Preferences = {
  readonly language: Language;
  readonly tone: Tone;
  setLanguage(language: Language): void;
  setTone(tone: Tone): void;
};

export const PreferencesContext = createContext<Preferences | null>(null);

export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error('preferences are read outside the desk');
  return preferences;
}

/** Kept in this browser: how a person likes to read, nothing about a case. */
export function usePreferencesState(): Preferences {
  const [language, setLanguage] = useState<Language>(() => stored('language', LANGUAGES) ?? 'zh-CN');
  const [tone, setTone] = useState<Tone>(() => stored('tone', ['light', 'dark'] as const) ?? systemTone());
  return useMemo(
    () => ({
      language,
      tone,
      setLanguage: (next: Language) => {
        localStorage.setItem('language', next);
        setLanguage(next);
      },
      setTone: (next: Tone) => {
        localStorage.setItem('tone', next);
        setTone(next);
      },
    }),
    [language, tone],
  );
}

function stored<T extends string>(key: string, allowed: readonly T[]): T | null {
  const value = localStorage.getItem(key);
  return allowed.find((one) => one === value) ?? null;
}

function systemTone(): Tone {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
