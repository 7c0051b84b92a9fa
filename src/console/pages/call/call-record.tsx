import { Button } from 'antd';
import { useCallback, useEffect, useMemo, useRef, useState, type DragEvent } from 'react';
import type { DecidingWords } from '../../evidence/split-marks.ts';
import { useTexts } from '../../texts/texts.ts';
import { spokenText, type CallEntry } from './call-entry.ts';
import { CallDialog } from './call-dialog.tsx';
import { CallNotices } from './call-notices.tsx';
import { CallerFields, Field } from './caller-fields.tsx';
import { DraftLine } from './draft-line.tsx';
import { useFieldProblems } from './field-problems.ts';
import { MarkedField } from './marked-field.tsx';
import { OutcomeBar } from './outcome-bar.tsx';
import { PromiseList } from './promise-list.tsx';
import { ReadingPanel } from './reading-panel.tsx';
import { SavedCallDialog } from './saved-call.tsx';
import { ScriptPanel } from './script-panel.tsx';
import { SimilarPanel } from './similar-panel.tsx';
import type { SavedCall } from './submit-call.ts';
import { TranscriptPanel, useTranscriptFile } from './transcript-panel.tsx';
import { useCallDraft, type OpenedDraft } from './use-call-draft.ts';
import { useMarks } from './use-marks.ts';
import { useReading, useSimilar } from './use-reading.ts';
import { useRegistry } from '../../api/registry.ts';
import { useSubmit } from './use-submit.ts';

type Props = {
  readonly opened: OpenedDraft;
  onNext(): void;
  /** The same words as another call. */
  onAnew(entry: CallEntry): void;
};

/** One call while it is written down: the record on the left, what it seems to be and what to say beside it. */
export function CallRecord({ opened, onNext, onAnew }: Props) {
  const t = useTexts('call');
  const showSaved = useRef<(answer: SavedCall) => void>(() => undefined);
  const draft = useCallDraft(
    opened,
    useCallback((answer) => showSaved.current(answer), []),
  );
  const { keeper, state, blocker } = draft;
  const { entry } = state;
  const saving = useSubmit(keeper, draft.tellSaved);
  useEffect(() => {
    showSaved.current = saving.showSaved;
  });
  useSaveKey(saving.submit);
  const isSending = saving.submitting.kind === 'sending';
  const isReadOnly = isSending || ['taken', 'closed', 'conflict'].includes(state.status);
  const change = (part: Partial<CallEntry>): void => (isReadOnly ? undefined : keeper.change(part));
  const file = useTranscriptFile((transcript) => change({ transcript }));
  const side = useSide(entry);

  const onDrop = (event: DragEvent): void => {
    const [dropped] = event.dataTransfer.files;
    if (dropped === undefined) return;
    event.preventDefault();
    file.take(dropped);
  };
  const transcript = (
    <TranscriptPanel
      key="transcript"
      transcript={entry.transcript}
      marks={side.transcriptMarks}
      problem={file.problem}
      isReadOnly={isReadOnly}
      onFile={file.take}
      onRemove={() => change({ transcript: '' })}
    />
  );
  const script = <ScriptPanel key="script" registry={side.registry} reading={side.reading} entry={entry} />;
  return (
    <div className="call" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <div className="call-record">
        <header>
          <h1>{t('title')}</h1>
          <DraftLine state={state} />
        </header>
        <CallNotices
          status={state.status}
          submitting={saving.submitting}
          onTakeOver={() => void draft.takeOver()}
          onKeepMine={() => void keeper.keepMine()}
          onTakeStored={() => void keeper.takeStored()}
          onStop={saving.stop}
          onSaveAnew={() => void keeper.close().then(() => onAnew(entry))}
        />
        <RecordForm entry={entry} side={side} saving={saving} isReadOnly={isReadOnly} onChange={change} />
      </div>
      <aside className="call-side" aria-label={t('readingSide')}>
        <ReadingPanel {...side} onPoint={side.setPointed} onGoTo={side.goTo} />
        <SimilarPanel rows={side.similar} />
        <PromiseList entry={entry} isReadOnly={isReadOnly} onChange={(promises) => change({ promises })} />
      </aside>
      <aside className="call-side" aria-label={t('scriptSide')}>
        {entry.transcript === '' ? [script, transcript] : [transcript, script]}
      </aside>
      {saving.submitting.kind === 'saved' && <SavedCallDialog answer={saving.submitting.answer} onNext={onNext} />}
      {blocker.mustAsk && <LeaveDialog onStay={blocker.stay} onLeave={blocker.leave} />}
    </div>
  );
}

function LeaveDialog({ onStay, onLeave }: { onStay(): void; onLeave(): void }) {
  const t = useTexts('call');
  return (
    <CallDialog
      title={t('leaveTitle')}
      footer={
        <>
          <Button type="primary" onClick={onStay}>
            {t('leaveStay')}
          </Button>
          <Button danger onClick={onLeave}>
            {t('leaveAnyway')}
          </Button>
        </>
      }
    >
      <p>{t('leaveHint')}</p>
    </CallDialog>
  );
}

type Side = ReturnType<typeof useSide>;

/** What the service makes of the record so far, and the place in the text that it points at. */
function useSide(entry: CallEntry) {
  const field = useRef<HTMLTextAreaElement | null>(null);
  const [isComposing, setComposing] = useState(false);
  const [pointed, setPointed] = useState<DecidingWords | null>(null);
  const [caret, setCaret] = useState(0);
  const spoken = useMemo(() => spokenText(entry), [entry]);
  const reading = useReading(spoken, isComposing);
  const similar = useSimilar(spoken, isComposing);
  const registry = useRegistry() ?? null;
  const marks = useMarks(reading, entry);
  useEffect(() => field.current?.focus(), []);
  const goTo = ({ start, end }: DecidingWords): void => {
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };
  return {
    field,
    reading,
    registry,
    similar,
    marks: marks.text,
    transcriptMarks: marks.transcript,
    pointed,
    setPointed,
    caret,
    setCaret,
    setComposing,
    goTo,
  };
}

type FormProps = {
  readonly entry: CallEntry;
  readonly side: Side;
  readonly saving: ReturnType<typeof useSubmit>;
  readonly isReadOnly: boolean;
  onChange(change: Partial<CallEntry>): void;
};

function RecordForm({ entry, side, saving, isReadOnly, onChange }: FormProps) {
  const t = useTexts('call');
  const problems = useFieldProblems(saving.submitting);
  return (
    <form
      className="call-form"
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
      }}
    >
      <Field id="text" label={t('text')} problem={problems.text ?? problems.transcript}>
        <MarkedField
          id="call-text"
          text={entry.text}
          marks={side.marks}
          pointed={side.pointed}
          placeholder={t('textHint')}
          isReadOnly={isReadOnly}
          isInvalid={problems.text !== undefined}
          describedBy="call-text-help"
          fieldRef={side.field}
          onChange={(text) => onChange({ text })}
          onComposing={side.setComposing}
          onCaret={side.setCaret}
        />
        <p id="call-text-help" className="call-hint">
          {t('textHelp')}
        </p>
      </Field>
      <CallerFields
        entry={entry}
        registry={side.registry}
        reading={side.reading}
        problems={problems}
        isReadOnly={isReadOnly}
        onChange={onChange}
      />
      <OutcomeBar
        entry={entry}
        problems={problems}
        isReadOnly={isReadOnly}
        isSending={saving.submitting.kind === 'sending'}
        onChange={onChange}
        onSave={() => void saving.submit()}
      />
    </form>
  );
}

/** Ctrl+Enter saves from wherever the hands are. */
function useSaveKey(submit: () => Promise<void>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing || event.repeat) return;
      event.preventDefault();
      void submit();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });
}
