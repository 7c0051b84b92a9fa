import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { SHORTEST_SEARCH } from './queue-filter.ts';

type QueueSearchProps = {
  readonly id: string;
  readonly search: string;
  readonly onSearch: (search: string | null) => void;
};

const PAUSE_MS = 250;

/** Looks up what is typed at each pause; nothing while an input method is composing. */
export function QueueSearch({ id, search, onSearch }: QueueSearchProps) {
  const t = useTexts('queue');
  const [typed, setTyped] = useState(search);
  const [isComposing, setIsComposing] = useState(false);
  const asked = useRef(search);
  const words = typed.trim();
  const isShort = words.length > 0 && words.length < SHORTEST_SEARCH;
  const send = useEffectEvent(() => {
    if (isShort || words === asked.current) return;
    asked.current = words;
    onSearch(words === '' ? null : words);
  });
  useEffect(() => {
    if (isComposing) return undefined;
    const timer = setTimeout(send, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [words, isComposing]);
  useEffect(() => {
    if (search === asked.current) return; // our own words come back; what was typed since is newer
    asked.current = search;
    setTyped(search);
  }, [search]);
  return (
    <span className="queue-search">
      <input
        id={id}
        type="search"
        value={typed}
        aria-label={t('search')}
        aria-describedby={isShort ? `${id}-hint` : undefined}
        placeholder={t('searchHint')}
        maxLength={200}
        autoComplete="off"
        spellCheck={false}
        onChange={({ target }) => setTyped(target.value)}
        onCompositionStart={() => setIsComposing(true)}
        onCompositionEnd={() => setIsComposing(false)}
        onKeyDown={({ key, nativeEvent, currentTarget }) => {
          if (nativeEvent.isComposing) return;
          if (key === 'Enter') send();
          if (key === 'Enter' || key === 'Escape') currentTarget.blur(); // single keys work again
        }}
      />
      <kbd aria-hidden="true">/</kbd>
      {isShort && (
        <span id={`${id}-hint`} role="status" className="queue-search-hint">
          {t('searchShort')}
        </span>
      )}
    </span>
  );
}
