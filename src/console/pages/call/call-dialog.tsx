import { useEffect, useId, useRef, type ReactNode } from 'react';

type Props = { readonly title: string; readonly children: ReactNode; readonly footer: ReactNode };

/**
 * The browser's own dialog: it holds the focus and closes over the page without writing a style sheet into it, which our
 * Content-Security-Policy would refuse. It is closed by its buttons only.
 */
export function CallDialog({ title, children, footer }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      role="dialog"
      className="call-dialog"
      aria-labelledby={titleId}
      onCancel={(event) => event.preventDefault()}
      // A second Escape would close it without asking anybody.
      onKeyDown={(event) => (event.key === 'Escape' ? event.preventDefault() : undefined)}
    >
      <h2 id={titleId}>{title}</h2>
      {children}
      <footer>{footer}</footer>
    </dialog>
  );
}
