import { useSession } from '../../api/session.ts';

/** Roles that decide, and that may see who wrote. The service checks; here it only spares a person what he may not do. */
const DECIDERS: readonly string[] = ['triage', 'supervisor', 'discipline'];

export type CaseViewer = { readonly id: number; readonly decides: boolean };

/** Who is looking; somebody who may decide nothing until that is known. */
export function useViewer(): CaseViewer {
  const session = useSession();
  return session === undefined
    ? { id: 0, decides: false }
    : { id: session.user.id, decides: DECIDERS.includes(session.user.role) };
}
