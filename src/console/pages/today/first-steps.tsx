import { Link } from 'react-router';
import { useSession } from '../../api/session.ts';
import { Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';

/** A fresh installation: what there will be here, and how to get it. */
export function FirstSteps() {
  const t = useTexts('today');
  const session = useSession();
  return (
    <Panel id="first-steps" title={t('nothingYet')}>
      <p>{t('nothingYetHint')}</p>
      <ol className="today-steps">
        {session?.sandbox === true && (
          <li>
            <Link to="/sandbox">{t('stepSandbox')}</Link>
            <p className="today-quiet">{t('stepSandboxHint')}</p>
          </li>
        )}
        {session?.sandbox === false && (
          <li>
            <span>{t('stepMail', { office: session.office })}</span>
            <p className="today-quiet">{t('stepMailHint')}</p>
          </li>
        )}
        <li>
          <Link to="/call">{t('stepCall')}</Link>
          <p className="today-quiet">{t('stepCallHint')}</p>
        </li>
      </ol>
    </Panel>
  );
}
