import { useRef } from 'react';
import { useNavigate } from 'react-router';
import { useTexts } from '../texts/texts.ts';

/** The id of the field that `/` leads to, wherever a page has none of its own. */
export const SEARCH_FIELD = 'quick-search';

/** From anywhere into the queue, with what is sought. */
export function QuickSearch() {
  const t = useTexts('shell');
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  return (
    <search className="shell-search">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const sought = field.current?.value.trim() ?? '';
          if (sought === '') return;
          void navigate(`/queue?${new URLSearchParams({ search: sought }).toString()}`);
        }}
      >
        <input
          ref={field}
          id={SEARCH_FIELD}
          type="search"
          aria-label={t('search')}
          placeholder={t('searchHint')}
          maxLength={200}
          autoComplete="off"
          spellCheck={false}
          onKeyDown={({ key, currentTarget }) => key === 'Escape' && currentTarget.blur()}
        />
        <kbd aria-hidden="true">/</kbd>
      </form>
    </search>
  );
}
