import { officialMoment } from '../../dates/official-date.ts';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';
import { ItemCard } from './item-card.tsx';

type Props = { readonly body: CaseBody; readonly decides: boolean };

/** Everything that came in on this case. What came a second time is folded up: it says nothing new. */
export function ItemList({ body, decides }: Props) {
  const t = useTexts('case');
  const language = useLanguage();
  const proposal = body.verdict?.proposal ?? null;
  return (
    <>
      {body.items.map((item) =>
        item.disposition?.code === 'duplicate' ? (
          <details key={item.id} className="panel case-duplicate">
            <summary>{t('duplicate', { when: officialMoment(item.receivedAt, language) })}</summary>
            <ItemCard proposal={proposal} item={item} decides={decides} />
          </details>
        ) : (
          <ItemCard key={item.id} proposal={proposal} item={item} decides={decides} />
        ),
      )}
      {body.items.length === 0 && <p className="case-quiet">{t('noItems')}</p>}
      {body.omitted.items > 0 && <p className="case-quiet">{t('itemsOmitted', { count: body.omitted.items })}</p>}
    </>
  );
}
