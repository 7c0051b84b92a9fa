import { Link } from 'react-router';
import { DueDate } from '../../dates/due-date.tsx';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useTexts } from '../../texts/texts.ts';
import type { Today } from './today-page.tsx';

/** The running clocks that end first. */
export function DueList({ due }: { readonly due: Today['due'] }) {
  const t = useTexts('today');
  const name = useCodeName();
  return (
    <Panel id="due" title={t('due')} aside={<Link to="/queue">{t('wholeQueue')}</Link>}>
      {due.length === 0 ? (
        <p className="today-quiet">{t('noDue')}</p>
      ) : (
        <ol className="today-rows">
          {due.map((clock) => (
            <li key={`${clock.caseId} ${clock.clock.code}`}>
              <Link to={`/cases/${clock.caseId}`} className="today-row-name">
                {clock.subject.trim() === '' ? t('noSubject') : clock.subject}
              </Link>
              <DueDate dueAt={clock.dueAt} workingDaysLeft={clock.workingDaysLeft} overdue={clock.overdue} />
              <p className="today-quiet">
                {clock.numberShown} · {name('clock', clock.clock)} · {t(clock.legal ? 'legal' : 'internal')}
              </p>
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
}
