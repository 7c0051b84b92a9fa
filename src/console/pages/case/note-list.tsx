import { useMutation } from '@tanstack/react-query';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { api, ask } from '../../api/client.ts';
import { officialMoment } from '../../dates/official-date.ts';
import { useKeys } from '../../shell/key-commands.ts';
import { Panel } from '../../shell/page.tsx';
import { useLanguage, useTexts } from '../../texts/texts.ts';
import type { CaseBody } from './decision-draft.ts';
import { ProblemWords } from './problem-words.tsx';
import { useRefresh } from './use-refresh.ts';

/** What officers noted, and a field for one more. A note goes on top of any version, so nobody's is ever in the way. */
export function NoteList({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const language = useLanguage();
  return (
    <Panel id="case-notes" title={t('notes')}>
      <ul className="case-notes">
        {body.notes.map((note) => (
          <li key={note.id}>
            <p className="case-quiet">
              {note.by.name} · {officialMoment(note.at, language)}
            </p>
            <p className="case-plain">{note.text}</p>
          </li>
        ))}
      </ul>
      <NewNote caseId={body.id} />
    </Panel>
  );
}

function NewNote({ caseId }: { readonly caseId: number }) {
  const t = useTexts('case');
  const refresh = useRefresh(caseId);
  const [text, setText] = useState('');
  useKeys({ n: { label: t('keyNote'), run: () => document.getElementById('case-new-note')?.focus() } });
  const add = useMutation({
    mutationFn: async (note: string) =>
      ask(api.POST('/api/cases/{id}/notes', { params: { path: { id: String(caseId) } }, body: { text: note } })),
    onSuccess: async (_version, note) => {
      setText((typed) => (typed === note ? '' : typed)); // what was typed while it was on its way stays
      await refresh();
    },
  });
  const blank = text.trim() === '';
  const send = (): void => {
    if (!blank && !add.isPending) add.mutate(text);
  };
  return (
    <div className="case-new-note">
      <Input.TextArea
        id="case-new-note"
        aria-label={t('newNote')}
        placeholder={t('newNoteHint')}
        rows={2}
        maxLength={20_000}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
        }}
      />
      <ProblemWords fault={add.error} />
      <Button disabled={blank} loading={add.isPending} onClick={send}>
        {t('addNote')}
      </Button>
    </div>
  );
}
