import { useTexts } from '../../texts/texts.ts';
import { fileSize } from './file-size.ts';
import type { ItemBody } from './item-words.ts';

type Props = { readonly item: ItemBody; readonly decides: boolean };

/** Attachments, what is not shown and why, and the item as it came. */
export function ItemFiles({ item, decides }: Props) {
  const t = useTexts('case');
  const withheld = item.parts.list.filter(({ shown }) => !shown);
  return (
    <footer className="case-files">
      {item.attachments.length > 0 && (
        <section aria-label={t('attachments')}>
          <h3>{t('attachmentsCount', { count: item.attachments.length })}</h3>
          <ul>
            {item.attachments.map((file, n) => (
              <li key={`${file.sha256}-${String(n)}`}>
                {decides ? (
                  <a href={`/api/items/${item.id}/attachments/${n}`} download>
                    <bdi>{file.name}</bdi>
                  </a>
                ) : (
                  <bdi>{file.name}</bdi>
                )}{' '}
                <span className="case-quiet">
                  {fileSize(file.bytes)} · {file.type}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {withheld.length > 0 && (
        <details>
          <summary>{t('withheld', { count: withheld.length, found: item.parts.found })}</summary>
          <ul>
            {withheld.map(({ type, bytes, why }, n) => (
              <li key={`${type}-${String(n)}`}>
                {type} <span className="case-quiet">{fileSize(bytes)}</span> {why}
              </li>
            ))}
          </ul>
        </details>
      )}
      {item.acknowledgement !== null && (
        <p className="case-quiet">
          {t(item.acknowledgement.send ? 'acknowledged' : 'notAcknowledged', { why: item.acknowledgement.reason.name })}
        </p>
      )}
      {decides && item.raw && (
        <p>
          <a href={`/api/items/${item.id}/raw`} download>
            {t('raw')}
          </a>{' '}
          <span className="case-quiet">{t('rawHint')}</span>
        </p>
      )}
    </footer>
  );
}
