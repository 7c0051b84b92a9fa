import { Alert } from 'antd';
import { useState } from 'react';
import { clockTime } from '../../dates/official-date.ts';
import { useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';
import { changesByOthers, lastLine } from './people-changes.ts';

type Props = { readonly body: CaseBody; readonly viewerId: number };

/** Says what others did to the case while it lay open, without touching anything that is being typed. */
export function ChangesNotice({ body, viewerId }: Props) {
  const t = useTexts('case');
  const [seen, setSeen] = useState(() => lastLine(body));
  const changes = changesByOthers(body, seen, viewerId);
  return (
    <div role="status" className="case-changes">
      {changes.length > 0 && (
        <Alert
          type="info"
          showIcon
          role="presentation"
          title={t('changedMeanwhile')}
          description={changes.map((line) => (
            <div key={line.n}>
              {t('changeLine', {
                time: clockTime(line.at),
                who: line.by.role === 'system' ? t('machine') : line.by.name,
                what: line.sentence,
              })}
            </div>
          ))}
          closable={{ closeIcon: true, 'aria-label': t('understood'), onClose: () => setSeen(lastLine(body)) }}
        />
      )}
    </div>
  );
}
