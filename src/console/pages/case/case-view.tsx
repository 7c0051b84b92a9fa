import { App } from 'antd';
import { useKeys } from '../../shell/key-commands.ts';
import { Page, Panel } from '../../shell/page.tsx';
import { useTexts } from '../../texts/texts.ts';
import { CaseHeader } from './case-header.tsx';
import { ChangesNotice } from './changes-notice.tsx';
import { ClockList } from './clock-list.tsx';
import { canAssign, fieldsOf, type CaseBody } from './decision-draft.ts';
import { DecisionPanel } from './decision-panel.tsx';
import { DenialList } from './denial-list.tsx';
import { HistoryList } from './history-list.tsx';
import { IdentityCard } from './identity-card.tsx';
import { ItemList } from './item-list.tsx';
import { LetterList } from './letter-list.tsx';
import { NoteList } from './notes/note-list.tsx';
import { useMentionsRead } from './notes/use-mentions-read.ts';
import { DocumentsPanel } from './documents/documents-panel.tsx';
import { OrdersPanel } from './orders/orders-panel.tsx';
import { PossiblySame } from './possibly-same.tsx';
import { RuleFindings } from './rule-findings.tsx';
import type { Sent } from './send-decision.ts';
import { SplitPanel } from './split-panel.tsx';
import { TaskCards } from './task-cards.tsx';
import { useCaseWays } from './use-case-ways.ts';
import { useDecision } from './use-decision.ts';
import { useGoesOn } from './use-goes-on.ts';
import { useRefresh } from './use-refresh.ts';
import { useViewer } from './use-viewer.ts';
import { useWords } from './use-words.ts';
import { VerdictSummary } from './verdict-summary.tsx';
import './case-lists.css';

/** The words on the left, the decision on the right; on a tablet the decision comes below them. */
export function CaseView({ body }: { readonly body: CaseBody }) {
  const t = useTexts('case');
  const viewer = useViewer();
  const ways = useCaseWays(body.id);
  const tasks = useMentionsRead(body);
  const { verdict } = body;
  useKeys({
    j: { label: t('next'), run: () => ways.open(ways.next) },
    k: { label: t('previous'), run: () => ways.open(ways.previous) },
    u: { label: t('back'), run: ways.back },
    Escape: { label: t('back'), run: ways.back },
  });
  return (
    <Page className="case">
      <CaseHeader body={body} ways={ways} />
      <ChangesNotice body={body} viewerId={viewer.id} />
      <div className="case-columns">
        <div className="case-text">
          <ItemList body={body} decides={viewer.decides} />
        </div>
        <div className="case-side">
          <TaskCards caseId={body.id} tasks={tasks} />
          <Panel id="case-verdict" title={t(body.confirmed ? 'verdict' : 'proposal')}>
            {verdict === null ? <p>{t('noVerdict')}</p> : <VerdictSummary body={body} verdict={verdict} />}
            {viewer.decides && verdict !== null && <Deciding body={body} ways={ways} />}
            <DenialList body={body} />
          </Panel>
          <OrdersPanel body={body} />
          {viewer.decides && <DocumentsPanel body={body} />}
          <PossiblySame caseId={body.id} decides={viewer.decides} />
          {viewer.decides && <SplitPanel key={body.version} body={body} />}
          <ClockList clocks={body.clocks} />
          {verdict?.proposal && (
            <Panel id="case-findings" title={t('findings')}>
              <RuleFindings proposal={verdict.proposal} />
            </Panel>
          )}
          <LetterList letters={body.letters} />
          {viewer.decides && <IdentityCard caseId={body.id} />}
        </div>
        <div className="case-record">
          <NoteList body={body} />
          <HistoryList body={body} />
        </div>
      </div>
    </Page>
  );
}

type DecidingProps = { readonly body: CaseBody; readonly ways: ReturnType<typeof useCaseWays> };

/** The decision, and what follows from it: a word of what was done, and the next case when nothing is left to do here. */
function Deciding({ body, ways }: DecidingProps) {
  const t = useTexts('case');
  const { message } = App.useApp();
  const refresh = useRefresh(body.id);
  const [goesOn, setGoesOn] = useGoesOn();
  const words = useWords();
  const decision = useDecision(body, async (sent) => {
    const lasting = doneWith(sent, body);
    const number = body.numberShown ?? t('noNumber');
    const said = saidOf(sent);
    const unit = words.unitName(sent.assignedTo ?? '');
    if (said !== null) void message.success(t(said, { number, unit }));
    const { next } = ways;
    await refresh();
    if (lasting && goesOn && next !== null) ways.open(next);
  });
  if (decision === null) return null;
  return <DecisionPanel body={body} decision={decision} goesOn={goesOn} onGoOn={setGoesOn} />;
}

function saidOf({ decided, assignedTo }: Sent) {
  if (assignedTo === null) return decided === null ? null : decided === 'confirmed' ? 'saidConfirmed' : 'saidCorrected';
  if (decided === null) return 'saidAssigned';
  return decided === 'confirmed' ? 'saidConfirmedAssigned' : 'saidCorrectedAssigned';
}

/** Handed on, or decided with nobody to hand it to. */
function doneWith({ decided, assignedTo, assignFault }: Sent, body: CaseBody): boolean {
  if (assignedTo !== null) return true;
  if (decided === null || assignFault !== null || body.verdict === null) return false;
  return decided === 'confirmed' && !canAssign(body, fieldsOf(body.verdict));
}
