import { useEffect, useRef, useSyncExternalStore } from 'react';
import { actsOn, type PressedKey } from './key-press.ts';

/** What a single key does, and how the list of keys (`?`) puts it. */
export type KeyCommand = { readonly label: string; readonly run: () => void };
/** By `KeyboardEvent.key`: `j`, `G` (with Shift), `Enter`, `Escape`, `/`. */
export type KeyCommands = Readonly<Record<string, KeyCommand>>;
/** A key of the open page wins over the same key of the desk around it. */
export type KeyScope = 'page' | 'desk';
export type ActiveKey = { readonly key: string; readonly label: string; readonly scope: KeyScope };

type Entry = { readonly scope: KeyScope; commands: KeyCommands };

let entries: readonly Entry[] = [];
let active: readonly ActiveKey[] = [];
const listeners = new Set<() => void>();

/** Binds single keys while the component is mounted. Keys typed into a field, a dialog or an input method are left alone. */
export function useKeys(commands: KeyCommands, scope: KeyScope = 'page'): void {
  const entry = useRef<Entry>({ scope, commands });
  useEffect(() => {
    entry.current.commands = commands; // what runs is always of the last render
  });
  // Only what the list shows makes a new registration, so that showing the list does not register anew for ever.
  const shown = JSON.stringify(Object.entries(commands).map(([key, { label }]) => [key, label]));
  useEffect(() => {
    const own = entry.current;
    if (entries.length === 0) document.addEventListener('keydown', onKeyDown);
    setEntries([...entries, own]);
    return () => {
      setEntries(entries.filter((one) => one !== own));
      if (entries.length === 0) document.removeEventListener('keydown', onKeyDown);
    };
  }, [shown]);
}

/** What the keys do at this moment: those of the page first. */
export function useActiveKeys(): readonly ActiveKey[] {
  return useSyncExternalStore(subscribe, () => active);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function setEntries(next: readonly Entry[]): void {
  entries = next;
  const seen = new Set<string>();
  active = byPrecedence()
    .flatMap(({ scope, commands }) => Object.entries(commands).map(([key, { label }]) => ({ key, label, scope })))
    .filter(({ key }) => !seen.has(key) && seen.add(key));
  for (const listener of listeners) listener();
}

/** The page before the desk, and in each what was mounted last first. */
function byPrecedence(): readonly Entry[] {
  const latest = entries.toReversed();
  return [...latest.filter(({ scope }) => scope === 'page'), ...latest.filter(({ scope }) => scope === 'desk')];
}

function onKeyDown(event: KeyboardEvent): void {
  if (!actsOn(pressedKey(event))) return;
  for (const { commands } of byPrecedence()) {
    // Not a lookup in the prototype: `constructor` is no command.
    const command = Object.hasOwn(commands, event.key) ? commands[event.key] : undefined;
    if (command === undefined) continue;
    event.preventDefault();
    command.run();
    return;
  }
}

function pressedKey(event: KeyboardEvent): PressedKey {
  const target = event.target instanceof Element ? event.target : null;
  const within = (selector: string) => (target?.closest(selector) ?? null) !== null;
  return {
    key: event.key,
    modified: event.ctrlKey || event.metaKey || event.altKey,
    composing: event.isComposing || event.key === 'Process',
    handled: event.defaultPrevented,
    inField: within('input, textarea, select, [contenteditable="true"], [role="combobox"]'),
    inDialog: within('[role="dialog"], [role="menu"]'),
    onControl: within('a[href], button, summary, [role="button"], [role="tab"], [role="menuitem"]'),
  };
}
