import {
  busPrefix,
  isThingName,
  parseShadowTopic,
  topicMatches,
  willTopicOf,
  willTopicPattern,
} from './topics';

/** Who holds an MQTT connection. */
export type MqttIdentity =
  | { kind: 'service'; name: string }
  /** `gatewayFor`: things it speaks for, a hub for its locks. */
  | { kind: 'thing'; name: string; gatewayFor: readonly string[] };

const hasWildcard = (topic: string): boolean => /[+#]/.test(topic);

/**
 * A thing publishes the three requests of its own shadows and its last will, and nothing else (device-shadow 8, 9);
 * answers are ours alone.
 */
export function mayPublish(
  identity: MqttIdentity,
  topic: string,
  willPattern: string = willTopicPattern,
): boolean {
  if (hasWildcard(topic) || topic.length > 256) return false;
  if (identity.kind === 'service') {
    return (
      topic.startsWith('$aws/things/') ||
      topic.startsWith(busPrefix) ||
      topic.startsWith('$aws/events/presence/')
    );
  }
  const things = [identity.name, ...identity.gatewayFor];
  if (things.some((thing) => topic === willTopicOf(willPattern, thing))) return true;
  const parsed = parseShadowTopic(topic);
  return parsed !== undefined && parsed.answer === undefined && things.includes(parsed.thing);
}

/** A thing listens below its own shadow prefix; wildcards only below that. */
export function maySubscribe(
  identity: MqttIdentity,
  filter: string,
  willPattern: string = willTopicPattern,
): boolean {
  if (filter.length > 256) return false;
  if (identity.kind === 'service') {
    return (
      filter.startsWith('$aws/') || filter.startsWith(busPrefix) || filter === willTopicOf(willPattern, '+')
    );
  }
  const [root, kind, thing, shadow] = filter.split('/');
  if (
    root !== '$aws' ||
    kind !== 'things' ||
    shadow !== 'shadow' ||
    thing === undefined ||
    !isThingName(thing)
  )
    return false;
  return thing === identity.name || identity.gatewayFor.includes(thing);
}

/** Whether a message may still reach a subscriber: checked at delivery, so that a right taken away ends at once. */
export function mayReceive(identity: MqttIdentity, topic: string): boolean {
  if (identity.kind === 'service') return true;
  return [identity.name, ...identity.gatewayFor].some((thing) =>
    topicMatches(`$aws/things/${thing}/shadow/#`, topic),
  );
}

/**
 * Client ids of a thing: its name, or `name:suffix` (model 4). They end presence topics, so a suffix is one level of
 * printable characters without wildcards, and the whole at most 128 long.
 */
export const isClientIdOf = (thing: string, clientId: string): boolean =>
  clientId === thing ||
  (clientId.startsWith(`${thing}:`) &&
    clientId.length <= 128 &&
    /^[!-~]+$/.test(clientId) &&
    !/[+#/]/.test(clientId));

/** AWS SDKs append their own query to the user name (device-shadow 7); it may hold tokens and is dropped unread. */
export const readUserName = (text: string): string => text.split('?', 1)[0] ?? '';
