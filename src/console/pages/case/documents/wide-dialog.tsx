import { useEffect, useId, useRef, type ReactNode } from 'react';

type Props = { readonly title: string; readonly children: ReactNode; onClose(): void };

/** A window over the page for what needs room. The browser keeps the focus in it and gives it back; Escape closes it. */
export function WideDialog({ title, children, onClose }: Props) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} role="dialog" className="document-dialog" aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}
