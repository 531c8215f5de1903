import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

// Stands for a target of the product: speaks its contract with the supervisor and keeps a journal of what happened.
const target = process.argv.find((word) => word.startsWith('--target='))?.slice('--target='.length) ?? '';
const dataDir = process.env.DATA_DIR ?? '.';
const plan = JSON.parse(process.env.FAKE_PLAN ?? '{}')[target] ?? '';

const note = (/** @type {string} */ event) =>
  appendFileSync(path.join(dataDir, 'journal'), `${event} ${target} ${process.pid}\n`);

note('start');
process.on('disconnect', () => process.exit(0));

if (plan === 'fails') {
  console.error('the fake cannot start');
  process.exit(1);
} else if (target === 'migrate') {
  process.send?.({ type: 'staff', lines: ['Support   {url}/support/set-up?token=fake'] }, () =>
    process.exit(0),
  );
} else if (target === 'demo') {
  process.send?.({ type: 'demo', lines: ['Account fake@example.org'] }, () => process.exit(0));
} else {
  const stop = () => {
    note('stop');
    if (plan !== 'deaf') process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('message', (message) => {
    if (/** @type {{ type?: unknown } | null} */ (message)?.type === 'stop') stop();
  });
  const serve = () => {
    note('ready');
    process.send?.({ type: 'ready' });
  };
  if (target === 'gateway') createServer().listen(Number(process.env.PORT), process.env.HOST, serve);
  else {
    setInterval(() => {}, 60_000);
    serve();
  }
}
