import { Alert, Button } from 'antd';
import { useId, useRef, useState } from 'react';
import { MarkedText } from '../../evidence/marked-text.tsx';
import { useTexts } from '../../texts/texts.ts';
import type { Marks } from './marks.ts';
import { readTranscriptFile, type TranscriptFile } from './read-transcript-file.ts';

type Props = {
  readonly transcript: string;
  readonly marks: Marks;
  readonly problem: Exclude<TranscriptFile['kind'], 'text'> | null;
  readonly isReadOnly: boolean;
  onFile(file: File): void;
  onRemove(): void;
};

const PROBLEM_KEYS = { 'too-long': 'fileTooLong', 'not-text': 'fileNotText', empty: 'fileEmpty' } as const;

/** The speech beside the record. A file may also be dropped anywhere on the page. */
export function TranscriptPanel({ transcript, marks, problem, isReadOnly, onFile, onRemove }: Props) {
  const t = useTexts('call');
  const input = useRef<HTMLInputElement>(null);
  const title = useId();
  return (
    <section className="call-card" aria-labelledby={title}>
      <h2 id={title}>{t('transcriptTitle')}</h2>
      {problem !== null && <Alert type="error" showIcon title={t(PROBLEM_KEYS[problem])} />}
      {transcript === '' ? (
        <p className="call-hint">{t('transcriptHint')}</p>
      ) : (
        <div className="call-transcript">
          <MarkedText
            text={transcript}
            evidence={marks.counted}
            ignored={marks.ignored}
            notCounted={t('notCounted')}
            label={t('transcriptTitle')}
          />
        </div>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,.jsonl,.srt,.vtt,.txt"
        aria-label={t('chooseFile')}
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          if (file !== undefined) onFile(file);
          event.target.value = '';
        }}
      />
      <Button size="small" disabled={isReadOnly} onClick={() => input.current?.click()}>
        {t('chooseFile')}
      </Button>
      {transcript !== '' && (
        <Button size="small" type="text" disabled={isReadOnly} onClick={onRemove}>
          {t('removeTranscript')}
        </Button>
      )}
    </section>
  );
}

/** Reads a transcript that was chosen or dropped; what cannot be read leaves the record as it is. */
export function useTranscriptFile(onText: (text: string) => void) {
  const [problem, setProblem] = useState<Props['problem']>(null);
  const take = async (file: File): Promise<void> => {
    const read = readTranscriptFile(await file.arrayBuffer());
    setProblem(read.kind === 'text' ? null : read.kind);
    if (read.kind === 'text') onText(read.text);
  };
  return { problem, take: (file: File): void => void take(file) };
}
