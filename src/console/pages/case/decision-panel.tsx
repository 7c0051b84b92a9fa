import { Switch, type RefSelectProps } from 'antd';
import { useRef, type KeyboardEvent } from 'react';
import { useKeys } from '../../shell/key-commands.ts';
import { useTexts } from '../../texts/texts.ts';
import { AccusedUnits } from './accused-units.tsx';
import { AssignUnit } from './assign-unit.tsx';
import { ConflictNotice } from './conflict-notice.tsx';
import { CorrectionFields } from './correction-fields.tsx';
import { DecisionButtons } from './decision-buttons.tsx';
import { canConfirm, canCorrect, type CaseBody } from './decision-draft.ts';
import { changesByOthers, lastLine } from './people-changes.ts';
import { ProblemWords } from './problem-words.tsx';
import type { Decision } from './use-decision.ts';
import { useViewer } from './use-viewer.ts';
import { useWords } from './use-words.ts';
import './decision-panel.css';

type Props = {
  readonly body: CaseBody;
  readonly decision: Decision;
  readonly goesOn: boolean;
  onGoOn(goesOn: boolean): void;
};

/** Where the officer decides: confirm or correct, name the accused, hand on. One button says what it will do. */
export function DecisionPanel({ body, decision, goesOn, onGoOn }: Props) {
  const t = useTexts('case');
  const words = useWords();
  const viewer = useViewer();
  const units = useRef<RefSelectProps>(null);
  const { seen, draft, conflict, change, send } = decision;
  const confirmable = canConfirm(seen);
  const correct = canCorrect(seen) && !draft.correcting ? () => openCorrection(change) : null;
  useKeys({
    y: { label: t('keyConfirm'), run: send },
    e: { label: t('keyCorrect'), run: () => correct?.() },
    a: { label: t('keyAssign'), run: () => units.current?.focus() },
  });
  const sendByKeys = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
  };
  return (
    <section className="case-decision" aria-labelledby="case-decision-title" onKeyDown={sendByKeys}>
      <h2 id="case-decision-title">{t('decision')}</h2>
      {draft.correcting && <CorrectionFields decision={decision} words={words} />}
      {(confirmable || draft.correcting) && <AccusedUnits decision={decision} words={words} />}
      {(confirmable || seen.confirmed) && <AssignUnit decision={decision} words={words} field={units} />}
      {conflict !== null && (
        <ConflictNotice
          decision={decision}
          differences={conflict}
          since={changesByOthers(body, lastLine(seen), viewer.id).filter(({ by }) => by.role !== 'system')}
          words={words}
        />
      )}
      <ProblemWords fault={decision.fault} />
      <DecisionButtons decision={decision} onCorrect={correct} />
      <label className="case-goes-on">
        <Switch size="small" checked={goesOn} onChange={onGoOn} />
        <span>{t('goesOn')}</span>
      </label>
    </section>
  );
}

function openCorrection(change: Decision['change']): void {
  change({ correcting: true });
  // The field is there once this is drawn.
  requestAnimationFrame(() => document.getElementById('case-correct-first')?.focus());
}
