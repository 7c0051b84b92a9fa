import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useBlocker } from 'react-router';
import type { CallEntry } from './call-entry.ts';
import { DraftKeeper, type StoredDraft } from './draft-keeper.ts';
import { draftPorts } from './draft-ports.ts';
import { openDraftTabs, type DraftTabs } from './draft-tabs.ts';
import type { SavedCall } from './submit-call.ts';

export type OpenedDraft = {
  readonly id: string;
  readonly entry: CallEntry;
  /** Null: nothing of it is at the service yet. */
  readonly stored: StoredDraft | null;
};

/** One draft in this tab: kept safe while it is typed, when the page is hidden and when it is left, and by one tab at a time. */
export function useCallDraft(opened: OpenedDraft, onSavedElsewhere: (answer: SavedCall) => void) {
  const [keeper] = useState(() => new DraftKeeper(draftPorts, opened));
  const state = useSyncExternalStore(keeper.subscribe, keeper.state);
  const tabs = useRef<DraftTabs | null>(null);

  useEffect(() => keeper.run(), [keeper]);
  useEffect(() => {
    const onHide = (): void => (document.visibilityState === 'hidden' ? keeper.leave() : undefined);
    const onClose = (event: BeforeUnloadEvent): void => (keeper.isAtRisk() ? event.preventDefault() : undefined);
    const onLeave = (): void => keeper.leave();
    document.addEventListener('visibilitychange', onHide);
    addEventListener('pagehide', onLeave);
    addEventListener('beforeunload', onClose);
    return () => {
      document.removeEventListener('visibilitychange', onHide);
      removeEventListener('pagehide', onLeave);
      removeEventListener('beforeunload', onClose);
    };
  }, [keeper]);
  useEffect(() => {
    const opening = openDraftTabs(keeper.id, {
      isMine: () => !['taken', 'closed'].includes(keeper.state().status),
      onElsewhere: () => keeper.hold(),
      giveAway: async () => keeper.giveAway(),
      onSaved: (answer) => {
        keeper.closeElsewhere();
        onSavedElsewhere(answer);
      },
    });
    tabs.current = opening;
    return opening.close;
  }, [keeper, onSavedElsewhere]);

  return {
    keeper,
    state,
    blocker: useLeaving(keeper),
    /** Goes on here with what another tab, or another machine, has stored last. */
    takeOver: async (): Promise<void> => {
      await tabs.current?.askFor();
      await keeper.takeStored();
    },
    tellSaved: (answer: SavedCall): void => tabs.current?.tellSaved(answer),
  };
}

/** Leaving the page waits for the save; only when that fails does a person have to decide. */
function useLeaving(keeper: DraftKeeper) {
  const [mustAsk, setMustAsk] = useState(false);
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const isLeft = currentLocation.pathname + currentLocation.search !== nextLocation.pathname + nextLocation.search;
    return isLeft && keeper.isDirty();
  });
  const isBlocked = blocker.state === 'blocked';
  useEffect(() => {
    if (!isBlocked) return setMustAsk(false);
    let isCurrent = true;
    void keeper.flush().then((isSafe) => {
      if (!isCurrent) return;
      if (isSafe) blocker.proceed();
      else setMustAsk(true);
    });
    return () => {
      isCurrent = false;
    };
    // The blocker is a new object in each state; only the state matters.
  }, [isBlocked, keeper]);
  return { mustAsk, leave: () => blocker.proceed?.(), stay: () => blocker.reset?.() };
}
