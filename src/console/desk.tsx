import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { useEffect, useMemo } from 'react';
import { RouterProvider } from 'react-router';
import { ApiProblem } from './api/client.ts';
import { createDeskRouter } from './desk-routes.tsx';
import { PreferencesContext, usePreferencesState } from './shell/preferences.ts';
import { styleNonce } from './shell/style-nonce.ts';
import { LanguageContext } from './texts/texts.ts';
import { deskTheme } from './theme/desk-theme.ts';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the service refused it refuses again; what it did not answer it may answer soon.
      retry: (failures, error) =>
        failures < 5 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500),
      retryDelay: (attempt) => Math.min(500 * 2 ** attempt, 5_000),
      networkMode: 'always', // the service is on this machine or this network, whatever the browser thinks of the internet
    },
    mutations: { networkMode: 'always' },
  },
});

/** The whole desk: preferences, language, theme, data and pages. */
export function Desk() {
  const preferences = usePreferencesState();
  const { language, tone } = preferences;
  const router = useMemo(() => createDeskRouter(), []);
  useEffect(() => {
    document.documentElement.lang = language;
    document.documentElement.dataset['tone'] = tone;
  }, [language, tone]);
  return (
    <PreferencesContext value={preferences}>
      <LanguageContext value={language}>
        <ConfigProvider
          theme={deskTheme(tone)}
          locale={language === 'en' ? enUS : zhCN}
          csp={{ nonce: styleNonce() }}
          button={{ autoInsertSpace: false }}
        >
          <App style={{ height: '100%' }}>
            <QueryClientProvider client={queries}>
              <RouterProvider router={router} />
            </QueryClientProvider>
          </App>
        </ConfigProvider>
      </LanguageContext>
    </PreferencesContext>
  );
}
