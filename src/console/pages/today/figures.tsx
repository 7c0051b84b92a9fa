import { Link } from 'react-router';
import { useTexts } from '../../texts/texts.ts';
import type { Today } from './today-page.tsx';

type Mood = 'overdue' | 'urgent' | 'soon' | 'plain';

/** A few large figures; each leads to what it counts. */
export function Figures({ waiting }: { readonly waiting: Today['waiting'] }) {
  const t = useTexts('today');
  const figures = [
    { name: t('overdue'), count: waiting.overdue, to: '/queue?overdue=true', mood: 'overdue' },
    { name: t('urgent'), count: waiting.urgent, to: '/queue?urgent=true', mood: 'urgent' },
    { name: t('dueToday'), count: waiting.dueToday, to: '#due', mood: 'soon' },
    { name: t('dueSoon'), count: waiting.dueSoon, to: '#due', mood: 'soon' },
    { name: t('unconfirmed'), count: waiting.unconfirmed, to: '/queue?confirmed=false', mood: 'plain' },
    { name: t('drafts'), count: waiting.drafts, to: '/call', mood: 'plain' },
  ] satisfies readonly { readonly name: string; readonly count: number; readonly to: string; readonly mood: Mood }[];
  return (
    <ul className="today-figures" aria-label={t('figures')}>
      {figures.map(({ name, count, to, mood }) => (
        <li key={name}>
          <Figure name={name} count={count} to={to} mood={count === 0 ? 'plain' : mood} />
        </li>
      ))}
    </ul>
  );
}

type FigureProps = { readonly name: string; readonly count: number; readonly to: string; readonly mood: Mood };

function Figure({ name, count, to, mood }: FigureProps) {
  const className = `today-figure today-figure-${mood}${count === 0 ? ' today-figure-none' : ''}`;
  const shown = (
    <>
      <span className="today-figure-count">{count}</span>
      <span className="today-figure-name">{name}</span>
    </>
  );
  return to.startsWith('#') ? (
    <a
      className={className}
      href={to}
      onClick={(event) => {
        event.preventDefault(); // within the page: the address stays
        const part = document.getElementById(to.slice(1));
        part?.scrollIntoView({ block: 'center' });
        part?.querySelector<HTMLElement>('a, button')?.focus();
      }}
    >
      {shown}
    </a>
  ) : (
    <Link className={className} to={to}>
      {shown}
    </Link>
  );
}
