import { useTexts } from '../../texts/texts.ts';
import type { CallEntry } from './call-entry.ts';
import type { Registry } from '../../api/registry.ts';
import type { Reading } from './use-reading.ts';

type Props = { readonly registry: Registry | null; readonly reading: Reading | null; readonly entry: CallEntry };

/** What to say now: danger first, then what is still missing, then what belongs to the category. */
export function ScriptPanel({ registry, reading, entry }: Props) {
  const t = useTexts('call');
  if (registry === null) return null;
  const { script } = registry;
  return (
    <section className="call-card" aria-labelledby="call-script-title">
      <h2 id="call-script-title">{t('scriptTitle')}</h2>
      {reading === null ? (
        <>
          <Said title={t('scriptOpening')} lines={script.opening} />
          <Said title={t('scriptAsk')} lines={script.ask.map(({ say }) => say)} />
        </>
      ) : (
        <Questions script={script} reading={reading} />
      )}
      {entry.anonymous && <Said title={t('anonymous')} lines={script.anonymous} />}
      {entry.keepSecret && <Said title={t('keepSecret')} lines={script.secret} />}
      {reading !== null && (
        <>
          <Said title={t('scriptPromise')} lines={script.promise} />
          <Said title={t('scriptClosing')} lines={script.closing} />
        </>
      )}
    </section>
  );
}

type QuestionsProps = { readonly script: Registry['script']; readonly reading: Reading };

function Questions({ script, reading }: QuestionsProps) {
  const t = useTexts('call');
  const { missing, verdict } = reading;
  const open = script.ask.filter(({ about }) => missing.includes(about)).map(({ say }) => say);
  const ofCategory = script.categories.find(({ category }) => category === verdict.category)?.say ?? [];
  return (
    <>
      {verdict.urgent && <Said title={t('scriptUrgent')} lines={script.urgent} isUrgent />}
      <Said title={t('scriptAsk')} lines={open} />
      <Said title={t('scriptCategory')} lines={ofCategory} />
    </>
  );
}

type SaidProps = { readonly title: string; readonly lines: readonly string[]; readonly isUrgent?: boolean };

function Said({ title, lines, isUrgent = false }: SaidProps) {
  if (lines.length === 0) return null;
  return (
    <div className={isUrgent ? 'call-said urgent' : 'call-said'}>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}
