import { Button } from 'antd';
import { useTexts } from '../../texts/texts.ts';
import type { Decision } from './use-decision.ts';

type Props = {
  readonly decision: Decision;
  /** null: nothing to be corrected, or being corrected already. */
  readonly onCorrect: (() => void) | null;
};

/** One button for what is chosen, and what it still lacks. */
export function DecisionButtons({ decision, onCorrect }: Props) {
  const t = useTexts('case');
  const { act, gaps, touched, sending, ready, send, reset } = decision;
  return (
    <>
      <div role="status" className="case-gaps">
        {act !== null && gaps.map((gap) => <p key={gap}>{t(GAP_TEXTS[gap])}</p>)}
      </div>
      <div className="case-buttons">
        {act !== null && (
          <Button type="primary" loading={sending} disabled={!ready} onClick={send}>
            {t(act)}
          </Button>
        )}
        {onCorrect !== null && <Button onClick={onCorrect}>{t('correct')}</Button>}
        {touched && <Button onClick={reset}>{t('discard')}</Button>}
      </div>
    </>
  );
}

const GAP_TEXTS = {
  accused: 'gapAccused',
  reason: 'gapReason',
  'nothing-corrected': 'gapNothing',
  'no-unit': 'gapUnit',
  'unit-denied': 'gapDenied',
  'category-missing': 'gapCategory',
} as const;
