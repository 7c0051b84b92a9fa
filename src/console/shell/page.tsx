import type { ReactNode } from 'react';
import './page.css';

type PageProps = {
  /** A class of the page's own, for its style sheet. */
  readonly className?: string;
  readonly children: ReactNode;
};

/** The room that a page has between the header and the window's edge. Pages that fill the window to the last pixel do without. */
export function Page({ className, children }: PageProps) {
  return <div className={className === undefined ? 'page' : `page ${className}`}>{children}</div>;
}

type PageHeadProps = {
  /** Becomes the window's title as well, and takes the focus when the page is come to: use-arrival.ts. */
  readonly title: string;
  /** A line beneath it. */
  readonly hint?: ReactNode;
  /** What stands at the end of the line: buttons, a state. */
  readonly children?: ReactNode;
};

/** A page's one heading of the first level. */
export function PageHead({ title, hint, children }: PageHeadProps) {
  return (
    <header className="page-head">
      <div>
        <h1>{title}</h1>
        {hint !== undefined && <p>{hint}</p>}
      </div>
      {children !== undefined && <div className="page-head-end">{children}</div>}
    </header>
  );
}

type PanelProps = {
  readonly id: string;
  readonly title: ReactNode;
  /** What stands at the end of the heading's line. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
};

/** A part of a page under a heading of the second level; `id` names it in the document. */
export function Panel({ id, title, aside, children }: PanelProps) {
  return (
    <section id={id} className="panel" aria-labelledby={`${id}-title`}>
      <header>
        <h2 id={`${id}-title`}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
