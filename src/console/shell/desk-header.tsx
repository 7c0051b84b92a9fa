import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { NavLink, useLocation } from 'react-router';
import { api, ask } from '../api/client.ts';
import { useSession, useSignOut, type Session } from '../api/session.ts';
import { useTexts } from '../texts/texts.ts';
import { usePreferences } from './preferences.ts';
import { QuickSearch } from './quick-search.tsx';
import { worksAtDesk } from './roles.ts';

/** The thin line on top: where one is, where one can go, who one is. */
export function DeskHeader({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const t = useTexts('shell');
  const session = useSession();
  const { pathname } = useLocation();
  return (
    <header className="shell-header">
      <p className="shell-brand" title={session?.office}>
        <span className="shell-mark">{t('product')}</span>
        <span className="shell-office">{t('office')}</span>
      </p>
      {session !== undefined && worksAtDesk(session.user.role) && <Ways sandbox={session.sandbox} />}
      {pathname !== '/queue' && <QuickSearch /> /* the queue has a field of its own */}
      <div className="shell-tools">
        <Toggles onShowKeys={onShowKeys} />
        {session !== undefined && <Account user={session.user} />}
      </div>
    </header>
  );
}

function Ways({ sandbox }: { readonly sandbox: boolean }) {
  const t = useTexts('shell');
  const counts = useQuery({
    queryKey: ['counts', 'office'],
    queryFn: ({ signal }) => ask(api.GET('/api/cases/counts', { signal })),
  }).data;
  const waiting = counts?.unconfirmed ?? 0;
  return (
    <nav className="shell-ways" aria-label={t('ways')}>
      <ul>
        <li>
          <NavLink to="/" end>
            {t('today')}
          </NavLink>
        </li>
        <li>
          <NavLink to="/queue">
            {t('queue')}
            {waiting > 0 && (
              <span className="shell-count">
                {counts?.more.unconfirmed === true ? `${waiting}+` : waiting}
                <span className="desk-unseen">{t('unconfirmed')}</span>
              </span>
            )}
          </NavLink>
        </li>
        <li>
          <NavLink to="/call">{t('call')}</NavLink>
        </li>
        <li>
          <NavLink to="/reports">{t('reports')}</NavLink>
        </li>
        {sandbox && (
          <li>
            <NavLink to="/sandbox">{t('sandbox')}</NavLink>
          </li>
        )}
      </ul>
    </nav>
  );
}

function Toggles({ onShowKeys }: { readonly onShowKeys: () => void }) {
  const t = useTexts('shell');
  const { language, tone, setLanguage, setTone } = usePreferences();
  const otherTone = tone === 'dark' ? 'light' : 'dark';
  return (
    <>
      <Button
        type="text"
        lang={language === 'en' ? 'zh-CN' : 'en'}
        onClick={() => setLanguage(language === 'en' ? 'zh-CN' : 'en')}
      >
        {t('language')}
      </Button>
      <Button
        type="text"
        icon={tone === 'dark' ? <SunOutlined /> : <MoonOutlined />}
        aria-label={t(otherTone)}
        title={t(otherTone)}
        onClick={() => setTone(otherTone)}
      />
      <Button type="text" aria-label={t('keys')} title={t('keysHelp')} onClick={onShowKeys}>
        <kbd>?</kbd>
      </Button>
    </>
  );
}

function Account({ user }: { readonly user: Session['user'] }) {
  const t = useTexts('shell');
  const signOut = useSignOut();
  return (
    <>
      <p className="shell-user">
        {user.name} <span>{roleName(user.role, t)}</span>
      </p>
      <Button type="text" onClick={signOut}>
        {t('signOut')}
      </Button>
    </>
  );
}

function roleName(role: string, t: ReturnType<typeof useTexts<'shell'>>): string {
  switch (role) {
    case 'operator':
      return t('roleOperator');
    case 'triage':
      return t('roleTriage');
    case 'supervisor':
      return t('roleSupervisor');
    case 'discipline':
      return t('roleDiscipline');
    case 'auditor':
      return t('roleAuditor');
    default:
      return t('roleAdmin');
  }
}
