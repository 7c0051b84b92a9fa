import { useEffect, useRef, useState, type RefObject } from 'react';
import { useLocation } from 'react-router';
import { useLanguage, useTexts } from '../texts/texts.ts';

/**
 * What a browser does by itself when a document is opened: the window takes the page's title, the page begins at its top, and
 * whoever listens hears where he is. The focus goes to the heading unless the page has put it somewhere better. Answers what
 * to say.
 */
export function useArrival(main: RefObject<HTMLElement | null>): string {
  const t = useTexts('shell');
  const language = useLanguage();
  const { pathname } = useLocation();
  const [arrivedAt, setArrivedAt] = useState('');
  const cameFrom = useRef(pathname);
  useEffect(() => {
    const place = main.current;
    if (place === null) return;
    const moved = cameFrom.current !== pathname;
    cameFrom.current = pathname;
    if (moved) place.scrollTop = 0;
    return onHeading(place, (heading) => {
      const title = heading.textContent;
      document.title = t('windowTitle', { page: title });
      if (!moved) return; // the browser has announced the document itself
      setArrivedAt(title);
      if (!place.contains(document.activeElement) || document.activeElement === place) focusOn(heading);
    });
    // `t` is another one at each render and says the same in the same language.
  }, [main, pathname, language]);
  return arrivedAt;
}

/** As soon as there is one: a page may wait for its data before it has a name. */
function onHeading(place: HTMLElement, tell: (heading: HTMLElement) => void): () => void {
  const look = (): boolean => {
    const heading = place.querySelector('h1');
    if (heading !== null) tell(heading);
    return heading !== null;
  };
  const observer = new MutationObserver(() => look() && observer.disconnect());
  if (!look()) observer.observe(place, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function focusOn(heading: HTMLElement): void {
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}
