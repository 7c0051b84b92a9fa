import { startSmtpSink } from '../../test/support/smtp-sink.ts';

/** The sink in a process of its own, so that its work is not counted as ours. Prints its port, then the count every 20 ms. */
const sink = await startSmtpSink();
process.stdout.write(`port ${sink.port}\n`);
let told = -1;
setInterval(() => {
  if (sink.messages.length === told) return;
  told = sink.messages.length;
  process.stdout.write(`received ${told} ${Date.now()}\n`);
}, 5);
