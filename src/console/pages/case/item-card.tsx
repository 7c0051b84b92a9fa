import { MarkedText } from '../../evidence/marked-text.tsx';
import { officialMoment } from '../../dates/official-date.ts';
import { useCodeName, useLanguage, useTexts } from '../../texts/texts.ts';
import { CallTurns } from './call-turns.tsx';
import { ItemFiles } from './item-files.tsx';
import { findTurns, marksOf, type ItemBody, type Judged } from './item-words.ts';
import { MailAsSent } from './mail-as-sent.tsx';
import './item-card.css';

type Props = {
  readonly proposal: Judged | null;
  readonly item: ItemBody;
  /** Whether the reader may have what names the citizen: the raw mail, its files, its HTML. */
  readonly decides: boolean;
};

/** What a citizen wrote or said, in his own words, and everything that belongs to it. */
export function ItemCard({ proposal, item, decides }: Props) {
  const t = useTexts('case');
  const name = useCodeName();
  const language = useLanguage();
  const marks = marksOf(proposal, item);
  const turns = findTurns(item, marks.text);
  const title = `item-${item.id}`;
  return (
    <article className="panel case-item" aria-labelledby={title}>
      <header>
        <h2 id={title} className="case-subject">
          {item.subject === '' ? (
            <span className="case-quiet">{t('noSubject')}</span>
          ) : (
            <MarkedText text={item.subject} {...marks.subject} notCounted={t('notCounted')} />
          )}
        </h2>
        <p className="case-quiet">
          {name('channel', item.channel)} · {officialMoment(item.receivedAt, language)}
          {item.disposition !== null && item.disposition.code !== 'case' && ` · ${item.disposition.name}`}
        </p>
        {item.flags.length > 0 && (
          <p className="case-flags" aria-label={t('flags')} role="group">
            {item.flags.map((flag) => (
              <span key={flag.code} className="case-tag case-tag-mind">
                {flag.name}
              </span>
            ))}
          </p>
        )}
      </header>
      {turns !== null ? (
        <CallTurns turns={turns} />
      ) : item.text.trim() === '' ? (
        <p className="case-quiet">{t('noText')}</p>
      ) : (
        <div className="case-words">
          <MarkedText text={item.text} {...marks.text} notCounted={t('notCounted')} label={t('words')} />
        </div>
      )}
      {item.textOmitted > 0 && <p className="case-quiet">{t('textOmitted', { count: item.textOmitted })}</p>}
      {decides && item.parts.list.some(({ type }) => type === 'text/html') && <MailAsSent itemId={item.id} />}
      <ItemFiles item={item} decides={decides} />
    </article>
  );
}
