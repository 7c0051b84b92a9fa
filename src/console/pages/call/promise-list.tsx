import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useTexts } from '../../texts/texts.ts';
import { MOST, type CallEntry } from './call-entry.ts';
import { likelyPromises, PROMISE_TERMS, promiseSentence, type PromiseTerm } from './promise-words.ts';

type Props = {
  readonly entry: CallEntry;
  readonly isReadOnly: boolean;
  onChange(promises: readonly string[]): void;
};

/** What was promised to the caller, in sentences from which the service reads a deadline. */
export function PromiseList({ entry, isReadOnly, onChange }: Props) {
  const t = useTexts('call');
  const { promises } = entry;
  const isFull = isReadOnly || promises.length >= MOST.promises;
  const add = (sentence: string): void => onChange([...promises.filter((one) => one !== sentence), sentence]);
  const suggested = likelyPromises(entry.transcript).filter((one) => !promises.includes(one));
  return (
    <section className="call-card" aria-labelledby="call-promises-title">
      <h2 id="call-promises-title">{t('promisesTitle')}</h2>
      <p className="call-hint">{t('promisesHint')}</p>
      <ul className="call-promises">
        {promises.map((promise) => (
          <li key={promise}>
            <span>{promise}</span>
            <Button
              size="small"
              type="text"
              disabled={isReadOnly}
              aria-label={t('removePromise', { promise })}
              onClick={() => onChange(promises.filter((one) => one !== promise))}
            >
              {t('remove')}
            </Button>
          </li>
        ))}
      </ul>
      <NewPromise isFull={isFull} onAdd={add} />
      {suggested.map((sentence) => (
        <p key={sentence} className="call-suggested">
          <span>{t('promiseHeard', { sentence })}</span>
          <Button
            size="small"
            disabled={isFull}
            aria-label={t('takePromise', { sentence })}
            onClick={() => add(sentence)}
          >
            {t('add')}
          </Button>
        </p>
      ))}
    </section>
  );
}

function NewPromise({ isFull, onAdd }: { readonly isFull: boolean; onAdd(sentence: string): void }) {
  const t = useTexts('call');
  const [term, setTerm] = useState<PromiseTerm>('3个工作日内');
  const [what, setWhat] = useState('');
  const add = (): void => {
    if (isFull) return;
    onAdd(promiseSentence(term, what));
    setWhat('');
  };
  return (
    <div className="call-new-promise">
      <Select
        aria-label={t('promiseTerm')}
        value={term}
        disabled={isFull}
        options={PROMISE_TERMS.map((value) => ({ value, label: value }))}
        onChange={setTerm}
      />
      <Input
        aria-label={t('promiseWhat')}
        placeholder={t('promiseWhatHint')}
        value={what}
        disabled={isFull}
        maxLength={MOST.promise - 40}
        onChange={(event) => setWhat(event.target.value)}
        onPressEnter={(event) => {
          if (event.ctrlKey || event.nativeEvent.isComposing) return;
          add();
        }}
      />
      <Button disabled={isFull} onClick={add}>
        {t('add')}
      </Button>
    </div>
  );
}
