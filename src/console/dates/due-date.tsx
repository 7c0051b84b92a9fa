import { useLanguage, useTexts } from '../texts/texts.ts';
import { dueUrgency, lastMoment } from './due-day.ts';
import { clockTime, officialDate } from './official-date.ts';
import './due-date.css';

type DueDateProps = {
  /** ISO 8601; midnight means the end of the day before. */
  readonly dueAt: string;
  /** After today up to the last day, negative when it is past; as the API says it. */
  readonly workingDaysLeft?: number | null;
  readonly overdue: boolean;
};

/** When something is due as officials write it, and how near that is: 7月25日 周五 还剩3个工作日. */
export function DueDate({ dueAt, workingDaysLeft = null, overdue }: DueDateProps) {
  const t = useTexts('queue');
  const language = useLanguage();
  const last = lastMoment(dueAt);
  return (
    <time dateTime={dueAt} className={`due-date due-date-${dueUrgency(overdue, workingDaysLeft)}`}>
      <span>
        {officialDate(last.at, language)}
        {last.endOfDay ? '' : ` ${clockTime(last.at)}`}
      </span>{' '}
      <span className="due-date-left">{leftText()}</span>
    </time>
  );

  function leftText(): string {
    if (workingDaysLeft === null) return overdue ? t('dueOverdue') : '';
    const days = Math.abs(workingDaysLeft);
    if (overdue) return days === 0 ? t('dueOverdue') : t(days === 1 ? 'dueOverdueDay' : 'dueOverdueDays', { days });
    if (workingDaysLeft <= 0) return t('dueToday');
    return t(days === 1 ? 'dueLeftDay' : 'dueLeftDays', { days });
  }
}
