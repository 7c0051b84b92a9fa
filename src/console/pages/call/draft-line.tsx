import { useTexts } from '../../texts/texts.ts';
import type { DraftState } from './draft-keeper.ts';

/** What is safe and what is not yet, in one line: an operator must be able to believe it. */
export function DraftLine({ state }: { readonly state: DraftState }) {
  const t = useTexts('call');
  const { status, savedAt } = state;
  const time = savedAt === null ? null : secondsOf(savedAt);
  const isUnsafe = ['away', 'signed-out', 'refused', 'conflict'].includes(status);
  return (
    <p className={isUnsafe ? 'call-draft-line unsafe' : 'call-draft-line'} role="status">
      {sentence()}
    </p>
  );

  function sentence(): string {
    if (isUnsafe) return time === null ? t('nothingSaved') : t('unsavedSince', { time });
    if (status === 'unsaved') return time === null ? t('notSavedYet') : t('savingAfter', { time });
    return time === null ? t('draftBlank') : t('draftSaved', { time });
  }
}

/** 14:32:05, Beijing time. */
function secondsOf(instant: Date): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Asia/Shanghai',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).format(instant);
}
