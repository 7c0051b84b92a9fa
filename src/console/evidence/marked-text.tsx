import { Tooltip } from 'antd';
import type { KeyboardEvent } from 'react';
import './marked-text.css';
import { splitMarks, type DecidingWords, type IgnoredWords, type Piece } from './split-marks.ts';
import { useIgnoredReason } from './use-ignored-reason.ts';

type Props = {
  readonly text: string;
  readonly evidence: readonly DecidingWords[];
  readonly ignored?: readonly IgnoredWords[];
  /** How words that did not count are told apart from those that did: "不计：". Goes before their reason. */
  readonly notCounted: string;
  /** What the text is, for people who do not see it; none where it is the name of something itself, as in a heading. */
  readonly label?: string;
};

/**
 * A citizen's words with those that decided marked, each with its reason on hover and on focus. All the marks are one tab stop:
 * the arrow keys walk from mark to mark.
 */
export function MarkedText({ text, evidence, ignored = [], notCounted, label }: Props) {
  const pieces = splitMarks(text, evidence, ignored);
  const first = pieces.find(isMarked);
  return (
    <div
      className="marked-text"
      {...(label === undefined ? {} : { role: 'group', 'aria-label': label })}
      dir="auto"
      onKeyDown={walkMarks}
    >
      {pieces.map((piece) =>
        isMarked(piece) ? (
          <Mark key={piece.start} piece={piece} notCounted={notCounted} reachable={piece === first} />
        ) : (
          piece.text
        ),
      )}
    </div>
  );
}

type MarkProps = { readonly piece: Piece; readonly notCounted: string; readonly reachable: boolean };

function Mark({ piece, notCounted, reachable }: MarkProps) {
  const whyIgnored = useIgnoredReason();
  const { deciding, ignored, text } = piece;
  const reasons = new Set([
    ...deciding.map(({ rule, reason }) => reason ?? rule),
    ...ignored.map(({ why }) => `${notCounted}${whyIgnored(why)}`),
  ]);
  return (
    <Tooltip title={<Reasons lines={[...reasons]} />} trigger={['hover', 'focus']} mouseEnterDelay={0.15}>
      <mark
        className={deciding.length > 0 ? 'marked-text-deciding' : 'marked-text-ignored'}
        tabIndex={reachable ? 0 : -1}
        aria-description={[...reasons].join('；')}
      >
        {text}
      </mark>
    </Tooltip>
  );
}

function Reasons({ lines }: { readonly lines: readonly string[] }) {
  return lines.map((line) => <div key={line}>{line}</div>);
}

function isMarked({ deciding, ignored }: Piece): boolean {
  return deciding.length > 0 || ignored.length > 0;
}

const STEPS: Readonly<Record<string, 1 | -1>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function walkMarks(event: KeyboardEvent<HTMLDivElement>): void {
  const step = STEPS[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const marks = [...event.currentTarget.querySelectorAll<HTMLElement>('mark')];
  const next = marks[marks.indexOf(event.target) + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
