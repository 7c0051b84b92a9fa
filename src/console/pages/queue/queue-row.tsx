import { Fragment, memo, useState, type MouseEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { DueDate } from '../../dates/due-date.tsx';
import { officialMoment } from '../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { QueueRow } from './use-queue-rows.ts';

type QueueRowLineProps = {
  readonly index: number;
  /** CSS pixels from the top of the list. */
  readonly top: number;
  /** undefined: on its way. */
  readonly row: QueueRow | undefined;
  readonly isActive: boolean;
  /** One of those that one order is to be given to. */
  readonly isChosen: boolean;
  readonly onToggle: (row: QueueRow) => void;
  readonly onChoose: (index: number) => void;
};

/** CSS pixels; queue.css sets the same. Every row has it, so that any of them is found without laying out the others. */
export const ROW_HEIGHT = 54;
/** CSS pixels of the line above the rows that stays where it is. */
export const HEAD_HEIGHT = 28;

/** One case in two lines. */
export const QueueRowLine = memo(function QueueRowLine(props: QueueRowLineProps) {
  const { index, top, row, isActive, isChosen, onChoose, onToggle } = props;
  const navigate = useNavigate();
  const flash = useFlash(row);
  const open = (event: MouseEvent): void => {
    // A link goes by itself, also into another tab; words that are being selected are no click.
    if (row === undefined || isOnLink(event.target) || getSelection()?.isCollapsed === false) return;
    onChoose(index);
    void navigate(`/cases/${row.id}`);
  };
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={isActive}
      aria-busy={row === undefined}
      tabIndex={isActive ? 0 : -1}
      data-index={index}
      className={`queue-columns queue-row${row?.urgent === true ? ' queue-row-urgent' : ''}`}
      style={{ transform: `translateY(${top}px)` }}
      onClick={open}
      onFocus={({ target, currentTarget }) => {
        if (target === currentTarget && !isActive) onChoose(index);
      }}
    >
      {row === undefined ? <Waiting /> : <Cells row={row} isChosen={isChosen} onToggle={onToggle} />}
      {flash > 0 && <span key={flash} aria-hidden="true" className="queue-flash" />}
    </div>
  );
});

type CellsProps = { readonly row: QueueRow } & Pick<QueueRowLineProps, 'isChosen' | 'onToggle'>;

function Cells({ row, isChosen, onToggle }: CellsProps) {
  const t = useTexts('queue');
  const codeName = useCodeName();
  const language = useLanguage();
  return (
    <>
      <span role="gridcell" className="queue-number">
        <input
          type="checkbox"
          tabIndex={-1}
          className="queue-choose"
          aria-label={t('choose', { number: row.numberShown })}
          checked={isChosen}
          onChange={() => onToggle(row)}
        />
        <b>{row.numberShown}</b>
        <small>
          {codeName('channel', row.channel)} {officialMoment(row.receivedAt, language)}
        </small>
      </span>
      <span role="gridcell">
        <span className="queue-subject">
          {row.urgent && <em className="queue-mark queue-mark-urgent">{t('urgent')}</em>}
          <Link to={`/cases/${row.id}`} tabIndex={-1}>
            {row.subject.trim() === '' ? t('noSubject') : <Found text={row.subject} marks={row.marks.subject} />}
          </Link>
        </span>
        <small>
          <Found text={row.snippet} marks={row.marks.snippet} />
        </small>
      </span>
      <span role="gridcell" className="queue-category">
        <span>{row.category === null ? t('noCategory') : codeName('category', row.category)}</span>
        <small>{row.lane === null ? '' : codeName('lane', row.lane)}</small>
      </span>
      <span role="gridcell" className="queue-unit">
        <span>{(row.assignedUnit ?? row.unit)?.name ?? t('noUnit')}</span>
        <small>{row.targetName}</small>
      </span>
      <span role="gridcell">
        <span>{codeName('state', row.state)}</span>
        <Marks row={row} />
      </span>
      <span role="gridcell" className="queue-due">
        {row.nextDueAt === null ? (
          <small>{t('noDue')}</small>
        ) : (
          <DueDate dueAt={row.nextDueAt} workingDaysLeft={row.workingDaysLeft} overdue={row.overdue} />
        )}
      </span>
    </>
  );
}

/** What a person should know before he opens it. */
function Marks({ row }: { readonly row: QueueRow }) {
  const t = useTexts('queue');
  return (
    <small className="queue-marks">
      {row.confirmed ? <span className="queue-mark-confirmed">{t('confirmed')}</span> : <span>{t('unconfirmed')}</span>}
      {row.claim !== null && (
        <em className="queue-mark queue-mark-review">{t('claimedBy', { who: row.claim.by.name })}</em>
      )}
      {row.review && !row.confirmed && <em className="queue-mark queue-mark-review">{t('review')}</em>}
    </small>
  );
}

/** A text with the words that were searched for marked in it. */
function Found({ text, marks }: { readonly text: string; readonly marks: QueueRow['marks']['subject'] }) {
  if (marks.length === 0) return text;
  return (
    <>
      {marks.map(({ start, end }, n) => (
        <Fragment key={start}>
          {text.slice(n === 0 ? 0 : marks[n - 1]?.end, start)}
          <mark className="queue-found">{text.slice(start, end)}</mark>
        </Fragment>
      ))}
      {text.slice(marks.at(-1)?.end)}
    </>
  );
}

/** A row on its way. It only shows when that takes longer than a moment. */
function Waiting() {
  const t = useTexts('queue');
  return (
    <span role="gridcell" aria-colspan={6} className="queue-waiting">
      <span className="desk-unseen">{t('loading')}</span>
    </span>
  );
}

/** Counts the changes that a row went through while it was shown. */
function useFlash(row: QueueRow | undefined): number {
  const [seen, setSeen] = useState({ id: row?.id, version: row?.version, flash: 0 });
  if (seen.id !== row?.id || seen.version !== row?.version) {
    const isChange = row !== undefined && seen.id === row.id;
    setSeen({ id: row?.id, version: row?.version, flash: isChange ? seen.flash + 1 : 0 });
  }
  return seen.flash;
}

function isOnLink(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, input') !== null;
}
