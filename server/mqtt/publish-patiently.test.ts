import { expect, it } from 'vitest';
import { type MqttConnection, NotConnectedError } from './client';
import { publishPatiently } from './publish-patiently';

/** A connection whose broker is away until `comeBack`. */
function lineThatIsAway(failure: Error = new NotConnectedError()) {
  const published: string[] = [];
  let isAway = true;
  let comeBack = () => {};
  const ready = new Promise<void>((resolve) => {
    comeBack = () => {
      isAway = false;
      resolve();
    };
  });
  const connection = {
    ready: () => ready,
    publish: async (topic: string, text: string) => {
      if (isAway) throw failure;
      published.push(`${topic} ${text}`);
    },
  } as unknown as MqttConnection;
  return { connection, published, comeBack };
}

it('what is stored is told when the broker is back', async () => {
  const { connection, published, comeBack } = lineThatIsAway();
  const told = publishPatiently(connection, 'a/b', '{}');
  comeBack();
  await told;
  expect(published).toEqual(['a/b {}']);
});

it('another failure is told at once', async () => {
  const { connection, published } = lineThatIsAway(new Error('too large'));
  await expect(publishPatiently(connection, 'a/b', '{}')).rejects.toThrow('too large');
  expect(published).toEqual([]);
});
