import { useMutation, useQuery } from '@tanstack/react-query';
import { useDeferredValue } from 'react';
import { api, ask } from '../../../api/client.ts';
import { typedFields, type CaseDocument, type DocumentForm } from './document-types.ts';

export type Drafting = {
  readonly caseId: number;
  readonly form: DocumentForm;
  /** The draft that is written anew; null: a new one. */
  readonly document: CaseDocument | null;
  /** The signed document that it puts right; null: none. */
  readonly corrects: CaseDocument | null;
};
type Typed = Readonly<Record<string, string>>;

/** How it would come out, as it is typed. */
export function useTrial({ caseId, form, corrects }: Drafting, typed: Typed) {
  const tried = useDeferredValue(typed);
  const kind = form.kind;
  const body = { kind, fields: typedFields(tried, {}), ...(corrects === null ? {} : { corrects: corrects.id }) };
  return useQuery({
    queryKey: ['document-trial', caseId, kind, corrects?.id, tried],
    queryFn: ({ signal }) =>
      ask(api.POST('/api/cases/{id}/documents/try', { params: { path: { id: String(caseId) } }, body, signal })),
    placeholderData: (before) => before,
  }).data;
}

/** Stores it: as a new draft, with the reason where it puts another right, or in the place of the old one. */
export function useSave({ caseId, form, document, corrects }: Drafting, onSaved: () => Promise<void>) {
  return useMutation({
    mutationFn: ({ fields, reason }: { readonly fields: Typed; readonly reason: string }) => {
      if (document !== null) {
        const params = { path: { id: String(document.id) } };
        return ask(api.PUT('/api/documents/{id}', { params, body: { version: document.version, fields } }));
      }
      const why = corrects === null ? {} : { corrects: { id: corrects.id, reason } };
      const params = { path: { id: String(caseId) } };
      return ask(api.POST('/api/cases/{id}/documents', { params, body: { kind: form.kind, fields, ...why } }));
    },
    onSuccess: onSaved,
  });
}
