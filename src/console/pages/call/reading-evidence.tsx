import type { DecidingWords } from '../../evidence/split-marks.ts';
import { useTexts } from '../../texts/texts.ts';
import type { Marks } from './marks.ts';

/** More reasons than a glance takes in are folded away. */
const SHOWN = 6;

type Pointing = {
  onPoint(words: DecidingWords | null): void;
  onGoTo(words: DecidingWords): void;
};
type Props = Pointing & { readonly marks: Marks; readonly caret: number };
type Quoted = DecidingWords & { readonly text?: string };

/** The words that decided, each with its reason; pointing at one lights it up in the text, choosing it goes there. */
export function ReadingEvidence({ marks, caret, onPoint, onGoTo }: Props) {
  const t = useTexts('call');
  const counted = distinct(marks.counted);
  const ignored = distinct(marks.ignored);
  const atCaret = (words: DecidingWords): boolean => caret >= words.start && caret <= words.end;
  const first = counted.slice(0, SHOWN);
  const rest = counted.slice(SHOWN);
  const row = (words: Quoted, reason: string) => (
    <EvidenceRow
      key={`${words.start} ${reason}`}
      words={words}
      reason={reason}
      isAtCaret={atCaret(words)}
      onPoint={onPoint}
      onGoTo={onGoTo}
    />
  );
  return (
    <>
      {counted.length > 0 && <h3>{t('evidence')}</h3>}
      <ul className="call-evidence">{first.map((words) => row(words, words.reason ?? words.rule))}</ul>
      {rest.length > 0 && (
        <details>
          <summary>{t('moreEvidence', { count: rest.length })}</summary>
          <ul className="call-evidence">{rest.map((words) => row(words, words.reason ?? words.rule))}</ul>
        </details>
      )}
      {ignored.length > 0 && (
        <details>
          <summary>{t('ignoredWords', { count: ignored.length })}</summary>
          <ul className="call-evidence ignored">{ignored.map((words) => row(words, words.why))}</ul>
        </details>
      )}
    </>
  );
}

function EvidenceRow(
  props: Pointing & { readonly words: Quoted; readonly reason: string; readonly isAtCaret: boolean },
) {
  const { words, reason, isAtCaret, onPoint, onGoTo } = props;
  return (
    <li>
      <button
        type="button"
        aria-current={isAtCaret}
        onMouseEnter={() => onPoint(words)}
        onMouseLeave={() => onPoint(null)}
        onFocus={() => onPoint(words)}
        onBlur={() => onPoint(null)}
        onClick={() => onGoTo(words)}
      >
        <q>{words.text}</q>
        <span>{reason}</span>
      </button>
    </li>
  );
}

/** One line for one word and reason, wherever several rules met in it. */
function distinct<M extends Quoted>(marks: readonly M[]): readonly M[] {
  const seen = new Map(marks.toReversed().map((mark) => [`${mark.text} ${mark.reason}`, mark]));
  return [...seen.values()].toReversed();
}
