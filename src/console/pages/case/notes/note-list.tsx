import { useQuery } from '@tanstack/react-query';
import { api, ask } from '../../../api/client.ts';
import { officialMoment } from '../../../dates/official-date.ts';
import { Panel } from '../../../shell/page.tsx';
import { useLanguage, useTexts } from '../../../texts/texts.ts';
import type { CaseBody } from '../decision-draft.ts';
import { fileSize } from '../file-size.ts';
import { useViewer } from '../use-viewer.ts';
import { NewNote } from './new-note.tsx';
import './notes.css';

/** What officers noted, whom they called to it, what they put to it, and a field for one more. */
export function NoteList({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const language = useLanguage();
  const files = useNoteFiles(body.id);
  return (
    <Panel id="case-notes" title={t('notes')}>
      <ul className="case-notes">
        {body.notes.map((note) => (
          <li key={note.id}>
            <p className="case-quiet">
              {note.by.name} · {officialMoment(note.at, language)}
            </p>
            <p className="case-plain">{note.text}</p>
            <Mentioned people={note.mentions} />
            <Files caseId={body.id} files={files.filter(({ noteId }) => noteId === note.id)} />
          </li>
        ))}
      </ul>
      <NewNote caseId={body.id} />
    </Panel>
  );
}

/** Below the case in the cache: what makes the case be read again makes these be read again. */
function useNoteFiles(caseId: number) {
  const { data } = useQuery({
    queryKey: ['case', caseId, 'note-files'],
    queryFn: ({ signal }) =>
      ask(api.GET('/api/cases/{id}/note-files', { params: { path: { id: String(caseId) } }, signal })),
    refetchOnWindowFocus: false,
  });
  return data?.files ?? [];
}

function Mentioned({ people }: { readonly people: CaseBody['notes'][number]['mentions'] }) {
  const t = useTexts('case');
  const viewer = useViewer();
  if (people.length === 0) return null;
  const others = people.filter(({ id }) => id !== viewer.id).map(({ name }) => name);
  return (
    <p className="case-quiet">
      {others.length < people.length && <span className="case-tag case-tag-mind">{t('mentionsYou')}</span>}{' '}
      {others.length > 0 && t('mentions', { who: others.join(t('listComma')) })}
    </p>
  );
}

type FilesProps = { readonly caseId: number; readonly files: ReturnType<typeof useNoteFiles> };

/** Only ever to be saved: nothing of them is shown here but name and size. */
function Files({ caseId, files }: FilesProps) {
  const t = useTexts('case');
  if (files.length === 0) return null;
  return (
    <ul className="case-note-files" aria-label={t('noteFiles')}>
      {files.map(({ id, name, bytes, sha256 }) => (
        <li key={id}>
          <a href={`/api/cases/${String(caseId)}/note-files/${String(id)}`} download title={`SHA-256 ${sha256}`}>
            <bdi>{name}</bdi>
          </a>{' '}
          <span className="case-quiet">{fileSize(bytes)}</span>
        </li>
      ))}
    </ul>
  );
}
