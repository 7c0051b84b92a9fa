import { MarkedText } from '../../evidence/marked-text.tsx';
import { useTexts } from '../../texts/texts.ts';
import type { MarkedTurn } from './item-words.ts';

const SPEAKERS = { caller: 'caller', operator: 'operator', unknown: 'speakerUnknown' } as const;

/** A call turn by turn, each with its time in the recording where the transcript has one. */
export function CallTurns({ turns }: { readonly turns: readonly MarkedTurn[] }) {
  const t = useTexts('case');
  return (
    <ol className="case-turns">
      {turns.map(({ turn, marks }, n) => (
        <li key={n} className={`case-turn-${turn.speaker}`}>
          <span className="case-speaker">
            {t(SPEAKERS[turn.speaker])}
            {turn.startMs !== null && <time className="case-quiet"> {recordingTime(turn.startMs)}</time>}
          </span>
          <MarkedText text={turn.text} {...marks} notCounted={t('notCounted')} label={t(SPEAKERS[turn.speaker])} />
        </li>
      ))}
    </ol>
  );
}

/** 2:05 into the recording. */
function recordingTime(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
