import { Radio } from 'antd';
import { useState, type ReactNode } from 'react';
import { clockTime, officialDate, shortDate } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import type { Language } from '../../texts/language.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import { IntakeChart, type IntakeBar } from './intake-chart.tsx';
import type { Today } from './today-page.tsx';

type Span = 'hours' | 'days';

type Props = {
  readonly intake: Today['intake'];
  /** Beneath it: what went out. */
  readonly children: ReactNode;
};

/** What came in, by hour or by day and by channel: as a picture and as a table. */
export function IntakePanel({ intake, children }: Props) {
  const t = useTexts('today');
  const name = useCodeName();
  const language = useLanguage();
  const [span, setSpan] = useState<Span>('hours');
  const bars = intake[span].map((row) => ({ ...barNames(row.at, span, language), ...row }));
  const email = name('channel', { code: 'email', name: t('email') });
  const phone = name('channel', { code: 'phone', name: t('phone') });
  const sum = bars.reduce((all, bar) => all + bar.email + bar.phone, 0);
  return (
    <Panel
      id="intake"
      title={t('intake')}
      aside={
        <Radio.Group
          optionType="button"
          aria-label={t('intakeSpan')}
          value={span}
          options={[
            { value: 'hours', label: t('byHour') },
            { value: 'days', label: t('byDay') },
          ]}
          onChange={({ target }) => setSpan(target.value as Span)}
        />
      }
    >
      <p className="today-legend">
        <span className="today-legend-email">{email}</span>
        <span className="today-legend-phone">{phone}</span>
        <span className="today-quiet">{t('sum', { count: sum })}</span>
      </p>
      <IntakeChart
        bars={bars}
        title={t(span === 'hours' ? 'chartHours' : 'chartDays')}
        email={email}
        phone={phone}
        every={span === 'hours' ? 4 : 2}
      />
      <details className="today-table">
        <summary>{t('asTable')}</summary>
        <IntakeTable bars={bars} first={t(span === 'hours' ? 'hour' : 'day')} email={email} phone={phone} />
      </details>
      {children}
    </Panel>
  );
}

function barNames(at: string, span: Span, language: Language): Pick<IntakeBar, 'short' | 'long'> {
  const day = officialDate(at, language);
  if (span === 'hours') return { short: clockTime(at), long: `${day} ${clockTime(at)}` };
  return { short: shortDate(at, language), long: day };
}

type TableProps = {
  readonly bars: readonly IntakeBar[];
  readonly first: string;
  readonly email: string;
  readonly phone: string;
};

function IntakeTable({ bars, first, email, phone }: TableProps) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col">{email}</th>
          <th scope="col">{phone}</th>
        </tr>
      </thead>
      <tbody>
        {bars.map((bar) => (
          <tr key={bar.at}>
            <th scope="row">{bar.long}</th>
            <td>{bar.email}</td>
            <td>{bar.phone}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
