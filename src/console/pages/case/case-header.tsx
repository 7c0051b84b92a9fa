import { Button } from 'antd';
import { DueDate } from '../../dates/due-date.tsx';
import { officialMoment } from '../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import { ClaimLine } from './claim-line.tsx';
import type { CaseBody } from './decision-draft.ts';
import type { CaseWays } from './use-case-ways.ts';

type Props = { readonly body: CaseBody; readonly ways: CaseWays };

/** What a case is at a glance, and the ways on from it. */
export function CaseHeader({ body, ways }: Props) {
  const t = useTexts('case');
  const name = useCodeName();
  const language = useLanguage();
  const { verdict, assignedUnit } = body;
  const due = nextClock(body);
  return (
    <header className="case-header">
      <div className="case-header-line">
        <h1 tabIndex={-1}>{body.numberShown ?? t('noNumber')}</h1>
        {body.urgent && <span className="case-tag case-tag-urgent">{t('urgent')}</span>}
        <span className="case-tag">{name('state', body.state)}</span>
        {body.foldedAs !== null && <span className="case-tag">{body.foldedAs.name}</span>}
        {!body.confirmed && verdict !== null && <span className="case-tag case-tag-mind">{t('unconfirmed')}</span>}
        <nav className="case-ways" aria-label={t('ways')}>
          <Button onClick={ways.back}>{t('back')}</Button>
          <Button disabled={ways.previous === null} onClick={() => ways.open(ways.previous)}>
            {t('previous')}
          </Button>
          <Button disabled={ways.next === null} onClick={() => ways.open(ways.next)}>
            {t('next')}
          </Button>
        </nav>
      </div>
      <p className="case-header-line case-header-facts">
        {verdict !== null && (
          <>
            <span>{verdict.category === null ? t('categoryOpen') : name('category', verdict.category)}</span>
            <span>{assignedUnit?.name ?? verdict.unit.name}</span>
            <span>{name('lane', verdict.lane)}</span>
          </>
        )}
        <span>
          {t('receivedAt', { channel: name('channel', body.channel), when: officialMoment(body.receivedAt, language) })}
        </span>
        {due !== null && (
          <span>
            {name('clock', due.kind)}{' '}
            <DueDate dueAt={due.dueAt} workingDaysLeft={due.workingDaysLeft} overdue={due.overdue} />
          </span>
        )}
      </p>
      <ClaimLine body={body} />
    </header>
  );
}

/** The running clock that ends first. */
function nextClock({ clocks }: CaseBody): CaseBody['clocks'][number] | null {
  const running = clocks
    .filter(({ state }) => state.code === 'armed')
    .toSorted((a, b) => a.dueAt.localeCompare(b.dueAt));
  return running[0] ?? null;
}
