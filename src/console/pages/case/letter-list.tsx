import { officialMoment } from '../../dates/official-date.ts';
import { Panel } from '../../shell/page.tsx';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';

type Letter = CaseBody['letters'][number];

const WRONG: readonly string[] = ['failed', 'unknown'];

/** What we wrote to the citizen and what became of it. Never to which address. */
export function LetterList({ letters }: Pick<CaseBody, 'letters'>) {
  const t = useTexts('case');
  return (
    <Panel id="case-letters" title={t('letters')}>
      {letters.length === 0 && <p className="case-quiet">{t('noLetters')}</p>}
      <ul>
        {letters.map((letter) => (
          <li key={letter.id}>
            <LetterLine letter={letter} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const KINDS = { acknowledgement: 'acknowledgement', digest: 'digest', document: 'document' } as const;

function LetterLine({ letter }: { readonly letter: Letter }) {
  const t = useTexts('case');
  const name = useCodeName();
  const language = useLanguage();
  const { delivery, state } = letter;
  const wrong = WRONG.includes(state.code) || delivery?.code === 'bounced';
  return (
    <>
      {t(KINDS[letter.kind])}{' '}
      <span className={wrong ? 'case-tag case-tag-urgent' : 'case-tag'}>
        {delivery === null ? name('letter', state) : name('letter', delivery)}
      </span>{' '}
      <span className="case-quiet">
        {letter.sentAt === null
          ? t('letterDue', { when: officialMoment(letter.notBefore, language) })
          : t('letterSent', { when: officialMoment(letter.sentAt, language) })}
        {letter.attempts > 1 && ` ${t('attempts', { count: letter.attempts })}`}
        {letter.smtpCode !== null && letter.smtpCode >= 400 && ` ${t('smtpCode', { code: letter.smtpCode })}`}
      </span>
    </>
  );
}
