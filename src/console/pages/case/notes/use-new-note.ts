import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask } from '../../../api/client.ts';
import { useTexts } from '../../../texts/texts.ts';
import { useRefresh } from '../use-refresh.ts';
import { handlesOf, mentionedIn, type Handle } from './mentions.ts';
import { sendFiles, sendNote, type LeftFiles } from './send-note.ts';

/** A note that is being written: its words, whom they call, and what goes along. */
export function useNewNote(caseId: number) {
  const refresh = useRefresh(caseId);
  const queries = useQueryClient();
  const handles = useHandles(caseId);
  const [text, setText] = useState('');
  const [files, setFiles] = useState<readonly File[]>([]);
  const [left, setLeft] = useState<LeftFiles | null>(null);
  const add = useMutation({
    mutationFn: (note: { readonly text: string; readonly files: readonly File[] }) =>
      sendNote(caseId, { ...note, mentions: mentionedIn(note.text, handles) }),
    onSuccess: async (notThere, note) => {
      setText((typed) => (typed === note.text ? '' : typed)); // what was typed while it was on its way stays
      setFiles((chosen) => chosen.filter((file) => !note.files.includes(file)));
      setLeft(notThere);
      await refresh();
    },
    // Somebody may have stopped being one who can be called.
    onError: () => queries.invalidateQueries({ queryKey: ['colleagues', caseId] }),
  });
  const again = useMutation({
    mutationFn: ({ noteId, files: waiting }: LeftFiles) => sendFiles(caseId, noteId, waiting),
    onSuccess: async (notThere) => {
      setLeft(notThere);
      await refresh();
    },
  });
  return {
    text,
    setText,
    handles,
    files,
    setFiles,
    left,
    giveUpFiles: () => setLeft(null),
    sendAgain: () => left !== null && again.mutate(left),
    send: () => text.trim() !== '' && !add.isPending && add.mutate({ text, files }),
    isBusy: add.isPending || again.isPending,
    fault: add.error ?? left?.fault ?? null,
  };
}

/** Who may be called. Asked for once: the service looks again when the note is written. */
function useHandles(caseId: number): readonly Handle[] {
  const t = useTexts('case');
  const { data } = useQuery({
    queryKey: ['colleagues', caseId],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/cases/{id}/colleagues', { params: { path: { id: String(caseId) } }, signal })),
    refetchOnWindowFocus: false,
  });
  const posts: Readonly<Record<string, string>> = {
    operator: t('postOperator'),
    triage: t('postTriage'),
    supervisor: t('postSupervisor'),
    discipline: t('postDiscipline'),
  };
  return handlesOf(data?.colleagues ?? [], (role) => posts[role] ?? role);
}
