import { DueDate } from '../../dates/due-date.tsx';
import { officialDate, officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';

type Clock = CaseBody['clocks'][number];

const UNITS = {
  hours: 'limitHours',
  'calendar-days': 'limitCalendarDays',
  'working-days': 'limitWorkingDays',
  seconds: 'limitSeconds',
  minutes: 'limitMinutes',
  quarters: 'limitQuarters',
} as const;

/** Every clock of the case: those that run first, each with its day and, on request, how that day was counted. */
export function ClockList({ clocks }: Pick<CaseBody, 'clocks'>) {
  const t = useTexts('case');
  const running = clocks.filter(({ state }) => state.code === 'armed');
  const ended = clocks.filter(({ state }) => state.code !== 'armed');
  return (
    <Panel id="case-clocks" title={t('clocks')}>
      {running.length === 0 && <p className="case-quiet">{t('noClocks')}</p>}
      <ul className="case-clocks">
        {running.map((clock) => (
          <li key={clock.id}>
            <ClockLine clock={clock} />
          </li>
        ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary>{t('endedClocks', { count: ended.length })}</summary>
          <ul className="case-clocks">
            {ended.map((clock) => (
              <li key={clock.id}>
                <ClockLine clock={clock} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function ClockLine({ clock }: { readonly clock: Clock }) {
  const t = useTexts('case');
  const language = useLanguage();
  const name = useCodeName();
  const { why, nextStep } = clock;
  return (
    <>
      <div className="case-clock-head">
        <strong>{name('clock', clock.kind)}</strong>
        <span className="case-tag">{t(clock.legal ? 'legal' : 'internal')}</span>
        {clock.provisional && <span className="case-tag case-tag-mind">{t('provisional')}</span>}
      </div>
      {clock.state.code === 'armed' ? (
        <DueDate dueAt={clock.dueAt} workingDaysLeft={clock.workingDaysLeft} overdue={clock.overdue} />
      ) : (
        <span className="case-quiet">
          {name('clock-state', clock.state)}
          {clock.endedAt !== null && ` ${officialMoment(clock.endedAt, language)}`}
        </span>
      )}
      {nextStep !== null && (
        <p className="case-quiet">
          {t('nextStep', { step: nextStep.step.name, when: officialMoment(nextStep.at, language) })}
        </p>
      )}
      <details>
        <summary>{t('whyThisDay')}</summary>
        <p>
          {t('whyStart', { when: officialMoment(why.startsAt, language) })}
          {t(UNITS[why.unit], { amount: why.amount })}
          {clock.basis === '' ? '' : t('whyBasis', { basis: clock.basis })}
        </p>
        {why.dueAt !== clock.dueAt && <p>{t('whyReplanned', { when: officialMoment(why.dueAt, language) })}</p>}
        {why.days.length > 0 && <DayTable days={why.days} />}
      </details>
    </>
  );
}

function DayTable({ days }: { readonly days: Clock['why']['days'] }) {
  const t = useTexts('case');
  const language = useLanguage();
  return (
    <table className="case-days">
      <thead>
        <tr>
          <th scope="col">{t('day')}</th>
          <th scope="col">{t('dayKind')}</th>
          <th scope="col">{t('dayCount')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map((day) => (
          <tr key={day.date} className={day.count === null ? 'case-quiet' : ''}>
            <th scope="row">{officialDate(`${day.date}T12:00:00+08:00`, language)}</th>
            <td>
              {day.holiday ?? day.reasonName}
              {!day.published && ` ${t('unpublished')}`}
            </td>
            <td>{day.count === null ? day.part.name : t('dayNth', { n: day.count })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
