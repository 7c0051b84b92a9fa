import { useRef, useState } from 'react';
import { Outlet, useNavigate } from 'react-router';
import { useLive } from '../api/live.ts';
import { useSession } from '../api/session.ts';
import { useTexts } from '../texts/texts.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { DeskHeader } from './desk-header.tsx';
import { useKeys } from './key-commands.ts';
import { KeyList } from './key-list.tsx';
import { NoDeskForRole } from './no-desk-for-role.tsx';
import { SEARCH_FIELD } from './quick-search.tsx';
import { worksAtDesk } from './roles.ts';
import './shell.css';
import { useArrival } from './use-arrival.ts';

/** The frame around every page. */
export function Shell() {
  const t = useTexts('shell');
  const main = useRef<HTMLElement>(null);
  const arrivedAt = useArrival(main);
  const [showsKeys, setShowsKeys] = useState(false);
  const session = useSession();
  useLive();
  useDeskKeys(() => setShowsKeys(true));
  return (
    <div className="shell">
      <a
        className="shell-skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault(); // the address is the page's, not a place in it
          main.current?.focus();
        }}
      >
        {t('skip')}
      </a>
      <DeskHeader onShowKeys={() => setShowsKeys(true)} />
      <ConnectionBanner />
      <main id="main" ref={main} tabIndex={-1} className="shell-main">
        {session !== undefined && !worksAtDesk(session.user.role) ? <NoDeskForRole /> : <Outlet />}
      </main>
      <p role="status" className="desk-unseen">
        {arrivedAt}
      </p>
      {showsKeys && <KeyList onClose={() => setShowsKeys(false)} />}
    </div>
  );
}

/** Keys that lead anywhere from anywhere; a page's own come first. */
function useDeskKeys(showKeys: () => void): void {
  const t = useTexts('shell');
  const navigate = useNavigate();
  useKeys(
    {
      t: { label: t('keyToday'), run: () => void navigate('/') },
      q: { label: t('keyQueue'), run: () => void navigate('/queue') },
      s: { label: t('keyReports'), run: () => void navigate('/reports') },
      c: { label: t('keyCall'), run: () => void navigate('/call') },
      '/': { label: t('keySearch'), run: () => document.getElementById(SEARCH_FIELD)?.focus() },
      '?': { label: t('keyList'), run: showKeys },
    },
    'desk',
  );
}
