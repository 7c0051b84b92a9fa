import { useSession } from '../../api/session.ts';
import { decidesCases } from '../../shell/roles.ts';

export type CaseViewer = { readonly id: number; readonly decides: boolean };

/** Who is looking; somebody who may decide nothing until that is known. */
export function useViewer(): CaseViewer {
  const session = useSession();
  return session === undefined
    ? { id: 0, decides: false }
    : { id: session.user.id, decides: decidesCases(session.user.role) };
}
