import { useEffect, useRef, type MouseEvent, type Ref, type RefObject } from 'react';
import { splitMarks, type DecidingWords, type Piece } from '../../evidence/split-marks.ts';
import type { Marks } from './marks.ts';

export type MarkedFieldProps = {
  readonly id: string;
  readonly text: string;
  readonly marks: Marks;
  /** The words that the reader points at elsewhere. */
  readonly pointed: DecidingWords | null;
  readonly placeholder: string;
  readonly isReadOnly: boolean;
  readonly describedBy: string;
  readonly isInvalid: boolean;
  readonly fieldRef: RefObject<HTMLTextAreaElement | null>;
  onChange(text: string): void;
  onComposing(isComposing: boolean): void;
  /** The place of the caret, when it is moved. */
  onCaret(place: number): void;
};

/**
 * A plain textarea over a copy of its text that carries the marks. The browser's own field stays whole, so an input method
 * composes in it as in any other; the copy is only looked at.
 */
export function MarkedField(props: MarkedFieldProps) {
  const { id, text, marks, pointed, fieldRef } = props;
  const copy = useRef<HTMLDivElement>(null);
  const follow = (): void => {
    if (copy.current !== null && fieldRef.current !== null) copy.current.scrollTop = fieldRef.current.scrollTop;
  };
  useEffect(follow, [text, fieldRef]);
  return (
    <div className="call-text">
      <MarkedCopy copyRef={copy} text={text} marks={marks} pointed={pointed} />
      <textarea
        id={id}
        ref={fieldRef}
        value={text}
        placeholder={props.placeholder}
        readOnly={props.isReadOnly}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => props.onChange(event.target.value)}
        onCompositionStart={() => props.onComposing(true)}
        onCompositionEnd={() => props.onComposing(false)}
        onBlur={() => props.onComposing(false)}
        onSelect={(event) => props.onCaret(event.currentTarget.selectionStart)}
        onScroll={follow}
        onMouseMove={(event) => tellReason(event, copy.current)}
      />
    </div>
  );
}

function MarkedCopy(props: {
  readonly copyRef: Ref<HTMLDivElement>;
  readonly text: string;
  readonly marks: Marks;
  readonly pointed: DecidingWords | null;
}) {
  const { counted, ignored } = props.marks;
  return (
    <div className="call-text-copy" ref={props.copyRef} aria-hidden="true">
      {splitMarks(props.text, counted, ignored).map((piece) =>
        piece.deciding.length + piece.ignored.length === 0 ? (
          piece.text
        ) : (
          <mark key={piece.start} className={markClass(piece, props.pointed)} data-reason={reasonsOf(piece)}>
            {piece.text}
          </mark>
        ),
      )}
      {'\n'}
    </div>
  );
}

function reasonsOf({ deciding, ignored }: Piece): string {
  const reasons = [...deciding.map(({ rule, reason }) => reason ?? rule), ...ignored.map(({ why }) => why)];
  return [...new Set(reasons)].join('；');
}

function markClass({ deciding, ignored }: Piece, pointed: DecidingWords | null): string {
  const kind = deciding.length === 0 ? 'ignored' : 'counted';
  const marks = [...deciding, ...ignored];
  const isPointed = pointed !== null && marks.some(({ start, end }) => start === pointed.start && end === pointed.end);
  return isPointed ? `${kind} pointed` : kind;
}

/** The field lies over its copy and takes the pointer: the word below it is found by its place. */
function tellReason(event: MouseEvent<HTMLTextAreaElement>, copy: HTMLDivElement | null): void {
  const isUnder = (word: HTMLElement): boolean =>
    [...word.getClientRects()].some(
      ({ left, right, top, bottom }) =>
        event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom,
    );
  const word = [...(copy?.querySelectorAll('mark') ?? [])].find(isUnder);
  event.currentTarget.title = word?.dataset['reason'] ?? '';
}
