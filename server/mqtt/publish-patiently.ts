import { type MqttConnection, NotConnectedError } from './client';

/** How long something waits for the broker to come back. */
const brokerAwayMostMs = 5_000;

function isBack(connection: MqttConnection): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), brokerAwayMostMs);
    void connection.ready().then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/**
 * Publishes at QoS 1 what tells of something that is stored already: while the broker is away it waits for it for five
 * seconds. Rejects as `publish` does, with NotConnectedError when the broker has not come back.
 */
export async function publishPatiently(
  connection: MqttConnection,
  topic: string,
  text: string,
): Promise<void> {
  try {
    await connection.publish(topic, text, { qos: 1 });
  } catch (error) {
    if (!(error instanceof NotConnectedError) || !(await isBack(connection))) throw error;
    await connection.publish(topic, text, { qos: 1 });
  }
}
