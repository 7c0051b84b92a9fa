import { Button, Mentions } from 'antd';
import { useState } from 'react';
import { useKeys } from '../../../shell/key-commands.ts';
import { useTexts } from '../../../texts/texts.ts';
import { fileSize } from '../file-size.ts';
import { ProblemWords } from '../problem-words.tsx';
import { MOST_FILE_BYTES, MOST_FILES } from './send-note.ts';
import { useNewNote } from './use-new-note.ts';

/** A note goes on top of any version, so nobody's is ever in the way. An @ calls a colleague who may see the case. */
export function NewNote({ caseId }: { readonly caseId: number }) {
  const t = useTexts('case');
  const note = useNewNote(caseId);
  useKeys({ n: { label: t('keyNote'), run: () => document.getElementById('case-new-note')?.focus() } });
  return (
    <div className="case-new-note">
      <Mentions
        id="case-new-note"
        aria-label={t('newNote')}
        placeholder={t('newNoteHint')}
        rows={2}
        maxLength={20_000}
        prefix={['@', '＠']}
        options={note.handles.map(({ id, handle }) => ({ key: String(id), value: handle, label: handle }))}
        notFoundContent={t('nobodyToMention')}
        value={note.text}
        onChange={note.setText}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) note.send();
        }}
      />
      <ChosenFiles files={note.files} onChange={note.setFiles} />
      <ProblemWords fault={note.fault} />
      {note.left !== null && (
        <p role="status">
          {t('filesLeft', { files: note.left.files.map(({ name }) => name).join(t('listComma')) })}{' '}
          <Button size="small" loading={note.isBusy} onClick={note.sendAgain}>
            {t('sendFilesAgain')}
          </Button>{' '}
          <Button size="small" onClick={note.giveUpFiles}>
            {t('giveUpFiles')}
          </Button>
        </p>
      )}
      <div className="case-new-note-acts">
        <Button disabled={note.text.trim() === ''} loading={note.isBusy} onClick={note.send}>
          {t('addNote')}
        </Button>
        <FileChoice files={note.files} onChange={note.setFiles} />
      </div>
    </div>
  );
}

type FilesProps = { readonly files: readonly File[]; onChange(files: readonly File[]): void };

/** What will go along. */
function ChosenFiles({ files, onChange }: FilesProps) {
  const t = useTexts('case');
  if (files.length === 0) return null;
  return (
    <ul className="case-note-files" aria-label={t('filesToSend')}>
      {files.map((file, n) => (
        <li key={`${file.name}-${String(n)}`}>
          <bdi>{file.name}</bdi> <span className="case-quiet">{fileSize(file.size)}</span>
          <Button
            size="small"
            aria-label={t('removeFile', { name: file.name })}
            onClick={() => onChange(files.filter((other) => other !== file))}
          >
            {t('remove')}
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** A file that is too large is told at once, and not after minutes of sending. */
function FileChoice({ files, onChange }: FilesProps) {
  const t = useTexts('case');
  const [refused, setRefused] = useState<string | null>(null);
  const choose = (chosen: readonly File[]): void => {
    const fitting = chosen.filter(({ size }) => size > 0 && size <= MOST_FILE_BYTES);
    const all = [...files, ...fitting];
    const wrong = chosen.find((file) => !fitting.includes(file));
    if (wrong !== undefined) setRefused(t('fileNotTaken', { name: wrong.name, most: fileSize(MOST_FILE_BYTES) }));
    else setRefused(all.length > MOST_FILES ? t('tooManyFiles', { count: MOST_FILES }) : null);
    onChange(all.slice(0, MOST_FILES));
  };
  return (
    <>
      <label className="case-file-choice">
        {t('addFiles')}
        <input
          type="file"
          multiple
          onChange={({ target }) => {
            choose([...(target.files ?? [])]);
            target.value = ''; // the same file may be chosen again
          }}
        />
      </label>
      {refused !== null && <span role="alert">{refused}</span>}
    </>
  );
}
