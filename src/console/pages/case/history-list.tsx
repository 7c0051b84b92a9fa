import { Checkbox } from 'antd';
import { useState } from 'react';
import { officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';
import { isReading } from './people-changes.ts';

/** What happened, in sentences, newest first. Who read it is there too, but asked for: it would drown the rest. */
export function HistoryList({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const language = useLanguage();
  const [readings, setReadings] = useState(false);
  const lines = body.history.filter((line) => readings || !isReading(line)).toSorted((a, b) => b.n - a.n);
  return (
    <Panel
      id="case-history"
      title={t('history')}
      aside={
        <Checkbox checked={readings} onChange={({ target }) => setReadings(target.checked)}>
          {t('withReadings')}
        </Checkbox>
      }
    >
      <ol className="case-history">
        {lines.map((line) => (
          <li key={line.n}>
            <time dateTime={line.at}>{officialMoment(line.at, language)}</time>
            <span>{line.sentence}</span>
            <span className="case-quiet">{line.by.role === 'system' ? t('machine') : line.by.name}</span>
          </li>
        ))}
      </ol>
      {body.omitted.history > 0 && <p className="case-quiet">{t('historyOmitted', { count: body.omitted.history })}</p>}
    </Panel>
  );
}
