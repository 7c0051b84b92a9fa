import type { Metrics } from '../platform/metrics.ts';
import type { HttpDependencies } from './dependencies.ts';
import type { HttpApp } from './http-app.ts';
import { bulkOrderRoutes } from './routes/bulk-orders.ts';
import { callDraftRoutes } from './routes/call-drafts.ts';
import { callRoutes } from './routes/calls.ts';
import { caseClaimRoutes } from './routes/case-claims.ts';
import { caseClockRoutes } from './routes/case-clocks.ts';
import { caseLifeRoutes } from './routes/case-life.ts';
import { caseLinkRoutes } from './routes/case-links.ts';
import { caseNoteRoutes } from './routes/case-notes.ts';
import { caseSplitRoutes } from './routes/case-split.ts';
import { caseOrderRoutes } from './routes/case-orders.ts';
import { caseRoutes } from './routes/cases.ts';
import { classifyRoutes } from './routes/classify.ts';
import { deadlineForecastRoutes } from './routes/deadline-forecast.ts';
import { deskRoutes } from './desk-files.ts';
import { documentRoutes } from './routes/documents.ts';
import { downloadRoutes } from './routes/downloads.ts';
import { eventRoutes, type EventOptions } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { itemHtmlRoutes } from './routes/item-html.ts';
import { oversightRoutes } from './routes/oversight.ts';
import { queueRoutes } from './routes/queue.ts';
import { openOrderRoutes } from './routes/open-orders.ts';
import { registryRoutes } from './routes/registry.ts';
import { ruleShadowRoutes } from './routes/rule-shadow.ts';
import { reportRoutes } from './routes/reports.ts';
import { ruleRoutes } from './routes/rules.ts';
import { sandboxMailRoutes } from './routes/sandbox-mails.ts';
import { savedFilterRoutes } from './routes/saved-filters.ts';
import { sessionRoutes, type SessionOptions } from './routes/session.ts';
import { similarRoutes } from './routes/similar.ts';
import { taskRoutes } from './routes/tasks.ts';
import { todayRoutes } from './routes/today.ts';
import { transcriptRoutes } from './routes/transcripts.ts';

/** Every address of the service, one file a resource. */
export function registerRoutes(
  app: HttpApp,
  dependencies: HttpDependencies,
  metrics: Metrics,
  options: SessionOptions & EventOptions,
): void {
  deskRoutes(app, dependencies.desk);
  sessionRoutes(app, dependencies, options);
  eventRoutes(app, dependencies, options);
  healthRoutes(app, dependencies, metrics);
  oversightRoutes(app, dependencies);
  todayRoutes(app, dependencies);
  registryRoutes(app, dependencies);
  queueRoutes(app, dependencies);
  savedFilterRoutes(app, dependencies);
  similarRoutes(app, dependencies);
  caseRoutes(app, dependencies);
  caseOrderRoutes(app, dependencies);
  caseNoteRoutes(app, dependencies);
  caseClaimRoutes(app, dependencies);
  bulkOrderRoutes(app, dependencies);
  caseLinkRoutes(app, dependencies);
  caseSplitRoutes(app, dependencies);
  caseLifeRoutes(app, dependencies);
  caseClockRoutes(app, dependencies);
  openOrderRoutes(app, dependencies);
  deadlineForecastRoutes(app, dependencies);
  documentRoutes(app, dependencies);
  downloadRoutes(app, dependencies);
  itemHtmlRoutes(app, dependencies);
  taskRoutes(app, dependencies);
  callDraftRoutes(app, dependencies);
  callRoutes(app, dependencies);
  transcriptRoutes(app, dependencies);
  classifyRoutes(app, dependencies);
  reportRoutes(app, dependencies);
  ruleRoutes(app, dependencies);
  ruleShadowRoutes(app, dependencies);
  sandboxMailRoutes(app, dependencies);
}
