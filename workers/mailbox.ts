import { startWorker } from '../src/roles/start-worker.ts';

await startWorker('mailbox');
