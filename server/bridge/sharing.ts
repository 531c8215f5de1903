import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { shadowPrefix, sharedFilter } from '../domain/topics';
import { type MqttConnection, RefusedFilterError } from '../mqtt/client';

/** How long the broker may take to bring a message back; past it the connection is asked again. */
const fenceMostMs = 10_000;
/** A broker may hand shared messages over by another road than plain ones. */
const graceMs = 1_000;
const pauseMs = 20;

/** One trial; undefined: the connection broke or was silent, so nothing was learnt. */
async function tryOnce(connection: MqttConnection): Promise<boolean | undefined> {
  const prefix = shadowPrefix({ thing: `latchkey-probe-${randomUUID()}`, name: '' });
  // No request of anybody's: whoever answers requests passes them over.
  const [topic, fence] = [`${prefix}/probe`, `${prefix}/probe/fence`];
  const offs: (() => Promise<void>)[] = [];
  let shared = 0;
  let isBack = false;
  try {
    offs.push(
      await connection.subscribe(sharedFilter('latchkey-probe', `${prefix}/+`), () => {
        shared += 1;
      }),
      await connection.subscribe(fence, () => {
        isBack = true;
      }),
    );
    await connection.publish(topic, 'probe', { qos: 1 });
    await connection.publish(fence, 'fence', { qos: 1 });
    for (let waitedMs = 0; !isBack && waitedMs < fenceMostMs; waitedMs += pauseMs) await delay(pauseMs);
    if (!isBack) return undefined;
    for (let waitedMs = 0; shared === 0 && waitedMs < graceMs; waitedMs += pauseMs) await delay(pauseMs);
    return shared === 1;
  } catch (error) {
    return error instanceof RefusedFilterError ? false : undefined;
  } finally {
    for (const off of offs) await off().catch(() => {});
  }
}

/**
 * Whether the broker shares subscriptions to shadow topics (device-shadow 8): a message to a shared filter comes exactly
 * once. One that refuses the filter, or takes it for one that nothing matches, does not; Mosquitto 2.0 shares all topics
 * but those that begin with `$`, so the trial is made there.
 */
export async function hasSharedSubscriptions(
  connection: MqttConnection,
  isStopping: () => boolean,
): Promise<boolean> {
  while (!isStopping()) {
    await connection.ready();
    const answer = await tryOnce(connection);
    if (answer !== undefined) return answer;
  }
  return false;
}
