import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import { connectMqtt } from '@/server/mqtt/client';
import { type Summary, summarise } from './statistics';

const rounds = 400;
const warmUps = 50;

/** Times one thing done over and over, one at a time. */
async function time(work: () => Promise<unknown>): Promise<Summary> {
  for (let round = 0; round < warmUps; round += 1) await work();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await work();
    samples.push(performance.now() - startedAt);
  }
  return summarise(samples);
}

/** One row written and committed, on one connection. `ownerUrl`: of a role that may create a table. */
export async function measureCommit(ownerUrl: string): Promise<Summary> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`create table if not exists bench_floor (id bigint primary key generated always as identity, text text)`;
    return await time(() => sql`insert into bench_floor (text) values (${randomUUID()})`);
  } finally {
    await sql.end();
  }
}

/** One message published at QoS 1 by one connection until it is in the hands of another. */
export async function measureMqttRoundTrip(broker: {
  url: string;
  username: string;
  password: string;
  topic: string;
}): Promise<Summary> {
  const { url, username, password, topic } = broker;
  const connect = (role: string) =>
    connectMqtt({ url, username, password, clientId: `${username}:${role}-${randomUUID()}` });
  const [sender, receiver] = [connect('send'), connect('receive')];
  try {
    let arrived = () => {};
    await Promise.all([sender.ready(), receiver.ready()]);
    await receiver.subscribe(topic, () => arrived());
    return await time(
      () =>
        new Promise<void>((resolve, reject) => {
          arrived = resolve;
          sender.publish(topic, '{"floor":true}', { qos: 1 }).catch(reject);
        }),
    );
  } finally {
    await Promise.all([sender.end(), receiver.end()]);
  }
}
