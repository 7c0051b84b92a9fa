// Speaks the protocol of src/intake/reader-messages.ts and does on command what a parser does on hostile mail.
// The name of a job is the command. Every answer carries the process id, so that a test sees who read what.
const held = [];

process.on('message', (message) => {
  if (message.kind === 'start') process.send({ kind: 'ready', rulesVersion: 'none' });
  if (message.kind === 'end') process.exit(0);
  if (message.kind === 'read') obey(message);
});
process.on('disconnect', () => process.exit(0));

function obey({ id, job }) {
  switch (job.name) {
    case 'abort':
      process.abort();
      break;
    case 'exit':
      process.exit(3);
      break;
    case 'hang':
      for (;;);
    case 'memory':
      for (;;) held.push(Buffer.alloc(4_000_000, 1));
    case 'slow':
      busyFor(1_500);
  }
  process.send({
    kind: 'done',
    id,
    result: { kind: 'unreadable', code: 'read', reason: String(process.pid), subject: job.name, from: '' },
  });
}

function busyFor(ms) {
  const until = performance.now() + ms;
  while (performance.now() < until);
}
