import sdk, { type ThingShadow, type ThingShadowOptions } from 'aws-iot-device-sdk';
import { type Answer, DeltaLog, type Document, type ShadowUnderTest } from './shadow-under-test';

interface Status {
  code?: number;
  message?: string;
  version?: number;
  state?: unknown;
}

/** One connection of the v1 SDK whose operations are promises. */
async function open(
  options: ThingShadowOptions,
  thing: string,
  register: { ignoreDeltas?: boolean; persistentSubscribe?: boolean },
) {
  const shadows: ThingShadow = new sdk.thingShadow(
    { baseReconnectTimeMs: 200, ...options },
    { operationTimeout: 30_000 },
  );
  const waiting = new Map<string, { resolve(answer: Answer): void; reject(error: Error): void }>();
  shadows.on('status', (_thing: string, kind: string, token: string, body: Status) => {
    waiting
      .get(token)
      ?.resolve(
        kind === 'accepted'
          ? { isAccepted: true, version: body.version ?? 0, state: body.state }
          : { isAccepted: false, code: body.code ?? 0, message: body.message ?? '' },
      );
  });
  shadows.on('timeout', (_thing: string, token: string) =>
    waiting.get(token)?.reject(new Error('the service did not answer')),
  );
  shadows.on('error', () => {});
  await new Promise<void>((resolve) => shadows.once('connect', resolve));
  await new Promise<void>((resolve, reject) =>
    shadows.register(thing, { qos: 1, ...register }, (error, failed) =>
      error || failed ? reject(new Error(`not subscribed: ${String(error)}`)) : resolve(),
    ),
  );
  const ask = (start: () => string | null) =>
    new Promise<Answer>((resolve, reject) => {
      const token = start();
      if (token === null) reject(new Error('the SDK is busy with another operation'));
      else waiting.set(token, { resolve, reject });
    });
  return {
    shadows,
    update: (document: Document) => ask(() => shadows.update(thing, { ...document })),
    get: () => ask(() => shadows.get(thing)),
    delete: () => ask(() => shadows.delete(thing)),
    end: () => new Promise<void>((resolve) => shadows.end(true, resolve)),
  };
}

/**
 * `thingShadow` of aws-iot-device-sdk: classic shadows alone, one operation at a time, and it names the version that it
 * knows in every request.
 */
export async function openV1(
  thing: string,
  options: Omit<ThingShadowOptions, 'clientId'>,
): Promise<ShadowUnderTest> {
  const main = await open({ ...options, clientId: thing }, thing, {});
  // A second one that hears of nothing but its own operations, so that it falls behind.
  const rival = await open({ ...options, clientId: `${thing}:rival` }, thing, {
    ignoreDeltas: true,
    persistentSubscribe: false,
  });
  const deltas = new DeltaLog();
  main.shadows.on('delta', (_thing: string, body: Status) => deltas.put(body.state));
  return {
    get: main.get,
    update: main.update,
    delete: main.delete,
    async updateStale(document) {
      const known = await rival.get();
      if (!known.isAccepted) return known;
      await main.update({ state: { reported: { seen: known.version } } });
      return rival.update(document);
    },
    async updateMany(documents) {
      const answers: Answer[] = [];
      for (const document of documents) answers.push(await main.update(document));
      return answers;
    },
    deltas: deltas.all,
    nextDelta: () => deltas.next(),
    async end() {
      await Promise.all([main.end(), rival.end()]);
    },
  };
}
