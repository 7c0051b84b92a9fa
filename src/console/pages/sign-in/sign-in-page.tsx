import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Form, Input } from 'antd';
import { useEffect, useEffectEvent, useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { api, ApiProblem, ask } from '../../api/client.ts';
import { useTexts } from '../../texts/texts.ts';
import './sign-in.css';

const FRAGMENT = /^#token=(?<token>shouli_[\w-]{43})$/u;

/** Only a path of our own: an address from elsewhere in `next` would lead away from here. */
function pathAfter(next: string | null): string {
  return next !== null && /^\/(?![/\\])/u.test(next) ? next : '/';
}

/** One field. The link that is printed at the first start carries the token behind #, which no server ever sees. */
export function SignInPage() {
  const t = useTexts('shell');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const signIn = useEffectEvent(async (token: string) => {
    setBusy(true);
    setProblem(null);
    try {
      queries.setQueryData(['session'], await ask(api.POST('/api/session', { body: { token: token.trim() } })));
      await navigate(pathAfter(search.get('next')), { replace: true });
    } catch (error) {
      const status = error instanceof ApiProblem ? error.status : 0;
      setProblem(
        status === 0 || status >= 500 ? t('noAnswer') : status === 429 ? t('signInTooOften') : t('signInWrong'),
      );
    } finally {
      setBusy(false);
    }
  });
  useEffect(() => {
    document.title = `${t('signInTitle')} - ${t('product')}`;
    const token = FRAGMENT.exec(location.hash)?.groups?.['token'];
    if (token === undefined) return;
    history.replaceState(history.state, '', location.pathname + location.search);
    void signIn(token);
    // The fragment is read once, when the page opens.
  }, []);
  return <SignInForm busy={busy} problem={problem} onSubmit={(token) => void signIn(token)} />;
}

type FormProps = {
  readonly busy: boolean;
  readonly problem: string | null;
  readonly onSubmit: (token: string) => void;
};

function SignInForm({ busy, problem, onSubmit }: FormProps) {
  const t = useTexts('shell');
  return (
    <main className="sign-in">
      <h1>
        <span className="sign-in-product">{t('product')}</span>
        {t('office')}
      </h1>
      <Form layout="vertical" requiredMark={false} onFinish={({ token = '' }: { token?: string }) => onSubmit(token)}>
        {problem !== null && <Alert type="error" title={problem} role="alert" showIcon className="sign-in-problem" />}
        <Form.Item name="token" label={t('signInToken')} extra={t('signInHint')}>
          <Input.Password autoFocus autoComplete="current-password" spellCheck={false} size="large" />
        </Form.Item>
        <Button type="primary" htmlType="submit" size="large" block loading={busy}>
          {t('signIn')}
        </Button>
      </Form>
    </main>
  );
}
