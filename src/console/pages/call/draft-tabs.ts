import type { SavedCall } from './submit-call.ts';

/** What tabs of one browser say to one another about a draft. Nothing of it is stored anywhere. */
type TabMessage = { readonly draft: string } & (
  | { readonly kind: 'opened' }
  | { readonly kind: 'mine' }
  | { readonly kind: 'asked-for' }
  | { readonly kind: 'given' }
  | { readonly kind: 'saved'; readonly answer: SavedCall }
);

/** How long a tab that may have died is waited for, ms. */
const GIVING_MS = 1_500;

export type DraftTabs = {
  /** Resolves when the other tab has given the draft away, or does not answer. */
  askFor(): Promise<void>;
  tellSaved(answer: SavedCall): void;
  close(): void;
};

/** One draft, one tab: the later one is told, and can take it over. */
export function openDraftTabs(
  draft: string,
  here: {
    /** Whether this tab has the draft in its hands. */
    isMine(): boolean;
    onElsewhere(): void;
    giveAway(): Promise<boolean>;
    onSaved(answer: SavedCall): void;
  },
): DraftTabs {
  const channel = new BroadcastChannel('call-drafts');
  let onGiven: (() => void) | null = null;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it reaches this origin only
  const say = (message: TabMessage): void => channel.postMessage(message);
  channel.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.draft !== draft) return;
    if (data.kind === 'opened' && here.isMine()) say({ kind: 'mine', draft });
    else if (data.kind === 'mine') here.onElsewhere();
    else if (data.kind === 'given') onGiven?.();
    else if (data.kind === 'saved') here.onSaved(data.answer);
    else if (data.kind === 'asked-for' && here.isMine()) {
      void here.giveAway().then((given) => (given ? say({ kind: 'given', draft }) : undefined));
    }
  });
  say({ kind: 'opened', draft });
  return {
    async askFor() {
      return new Promise((resolve) => {
        const timer = setTimeout(resolve, GIVING_MS);
        onGiven = () => {
          clearTimeout(timer);
          resolve();
        };
        say({ kind: 'asked-for', draft });
      });
    },
    tellSaved: (answer) => say({ kind: 'saved', draft, answer }),
    close: () => channel.close(),
  };
}
