import { createBrowserRouter, type RouteObject } from 'react-router';
import { SignInPage } from './pages/sign-in/sign-in-page.tsx';
import { NotFound } from './shell/not-found.tsx';
import { PageFault } from './shell/page-fault.tsx';
import { SignedOutWatch } from './shell/signed-out-watch.tsx';
import { Shell } from './shell/shell.tsx';

/** Every page has an address that can be bookmarked; each but the shell is loaded when it is first opened. */
export function createDeskRouter() {
  return createBrowserRouter([
    { path: '/sign-in', element: <SignInPage /> },
    {
      path: '/',
      element: (
        <SignedOutWatch>
          <Shell />
        </SignedOutWatch>
      ),
      hydrateFallbackElement: <div aria-busy="true" />,
      // A page that fails leaves the frame around it standing.
      children: [{ errorElement: <PageFault />, children: PAGES }],
    },
  ]);
}

const PAGES: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('./pages/today/today-page.tsx')).TodayPage }) },
  { path: 'queue', lazy: async () => ({ Component: (await import('./pages/queue/queue-page.tsx')).QueuePage }) },
  { path: 'cases/:id', lazy: async () => ({ Component: (await import('./pages/case/case-page.tsx')).CasePage }) },
  { path: 'call', lazy: async () => ({ Component: (await import('./pages/call/call-page.tsx')).CallPage }) },
  {
    path: 'reports',
    lazy: async () => ({ Component: (await import('./pages/reports/reports-page.tsx')).ReportsPage }),
  },
  {
    path: 'reports/:id',
    lazy: async () => ({ Component: (await import('./pages/reports/report-page.tsx')).ReportPage }),
  },
  {
    path: 'reports/:id/cases',
    lazy: async () => ({ Component: (await import('./pages/reports/behind-page.tsx')).BehindPage }),
  },
  {
    path: 'sandbox',
    lazy: async () => ({ Component: (await import('./pages/sandbox/sandbox-page.tsx')).SandboxPage }),
  },
  { path: '*', element: <NotFound /> },
];
