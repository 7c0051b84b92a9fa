import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import { useTexts } from '../texts/texts.ts';
import { useActiveKeys, type ActiveKey } from './key-commands.ts';

/** What the keys do on this page, at this moment. */
export function KeyList({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts('shell');
  const keys = useActiveKeys();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  // Closing gives the focus back to where it was; taking the dialog away does not.
  const close = (): void => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      role="dialog"
      className="shell-keys"
      aria-labelledby="shell-keys-title"
      onClose={onClose}
      onClick={({ target, currentTarget }) => target === currentTarget && close()} // beside it
    >
      <div className="shell-keys-body">
        <h2 id="shell-keys-title">{t('keys')}</h2>
        <KeyGroup title={t('keysOfPage')} keys={keys.filter(({ scope }) => scope === 'page')} />
        <KeyGroup title={t('keysOfDesk')} keys={keys.filter(({ scope }) => scope === 'desk')} />
        <p>{t('keysHint')}</p>
        <Button onClick={close}>{t('close')}</Button>
      </div>
    </dialog>
  );
}

function KeyGroup({ title, keys }: { readonly title: string; readonly keys: readonly ActiveKey[] }) {
  if (keys.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl>
        {keys.map(({ key, label }) => (
          <div key={key}>
            <dt>
              <kbd>{SHOWN[key] ?? key}</kbd>
            </dt>
            <dd>{label}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

/** As the key is printed on a keyboard. */
const SHOWN: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
};
