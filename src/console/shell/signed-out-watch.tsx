import { useEffect, type ReactNode } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { onSignedOut } from '../api/signed-out.ts';

/** Around every page but the one for signing in: goes there when the session has ended, and remembers where the reader was. */
export function SignedOutWatch({ children }: { readonly children: ReactNode }) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  useEffect(
    () =>
      onSignedOut(() => {
        void navigate(`/sign-in?next=${encodeURIComponent(pathname + search)}`);
      }),
    [navigate, pathname, search],
  );
  return children;
}
