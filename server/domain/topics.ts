/** Names of things and shadows (device-shadow 1). */
const thingName = /^[a-zA-Z0-9:_-]{1,128}$/;
const shadowName = /^[a-zA-Z0-9:_-]{1,64}$/;
export const isThingName = (name: string): boolean => thingName.test(name);
export const isShadowName = (name: string): boolean => shadowName.test(name);

/** Empty name: the classic shadow. */
export interface ShadowAddress {
  thing: string;
  name: string;
}

export type ShadowRequestKind = 'get' | 'update' | 'delete';
export type ShadowAnswerKind = 'accepted' | 'rejected' | 'delta' | 'documents';

/** `$aws/things/{thing}/shadow[/name/{shadow}]` */
export const shadowPrefix = ({ thing, name }: ShadowAddress): string =>
  name === '' ? `$aws/things/${thing}/shadow` : `$aws/things/${thing}/shadow/name/${name}`;

export interface ParsedShadowTopic extends ShadowAddress {
  request: ShadowRequestKind;
  /** Absent: a request; present: an answer of the service. */
  answer?: ShadowAnswerKind;
  /** The thing or the shadow is called what nothing may be called; an empty name of a named shadow is such a one. */
  hasBadName?: true;
}

/** Reads a shadow topic by position, so that a shadow called `update` is no confusion. Undefined: not such a topic. */
export function parseShadowTopic(topic: string): ParsedShadowTopic | undefined {
  const parts = topic.split('/');
  if (parts[0] !== '$aws' || parts[1] !== 'things' || parts[3] !== 'shadow') return undefined;
  const thing = parts[2] ?? '';
  const named = parts[4] === 'name' && parts.length >= 7;
  const name = named ? (parts[5] ?? '') : '';
  const rest = parts.slice(named ? 6 : 4);
  const bad = isThingName(thing) && (!named || isShadowName(name)) ? {} : { hasBadName: true as const };
  const request = rest[0];
  if (request !== 'get' && request !== 'update' && request !== 'delete') return undefined;
  if (rest.length === 1) return { thing, name, request, ...bad };
  const answer = rest[1];
  if (rest.length > 2) return undefined;
  if (answer === 'accepted' || answer === 'rejected') return { thing, name, request, answer, ...bad };
  if (request === 'update' && (answer === 'delta' || answer === 'documents'))
    return { thing, name, request, answer, ...bad };
  return undefined;
}

/** Filters that match the three requests and none of the answers. */
export const shadowRequestFilters = ['$aws/things/+/shadow/+', '$aws/things/+/shadow/name/+/+'] as const;

export const presenceTopic = (event: 'connected' | 'disconnected', clientId: string): string =>
  `$aws/events/presence/${event}/${clientId}`;

/**
 * Where things leave their last wills, which AWS's shadow service would ignore on its own topics (device-shadow 8).
 * `{thing}` is the one level that holds the name.
 */
export const willTopicPattern = 'latchkey/things/{thing}/will';
export const willTopicOf = (pattern: string, thing: string): string =>
  pattern.replace('{thing}', () => thing);

/** Reads a topic of a pattern; undefined: it is none, or names no thing. */
export function readWillTopic(pattern: string, topic: string): string | undefined {
  const place = pattern.split('/').indexOf('{thing}');
  const thing = topic.split('/')[place] ?? '';
  return isThingName(thing) && willTopicOf(pattern, thing) === topic ? thing : undefined;
}

/** Bus topics (model 4): closed to all but our own services. */
export const busPrefix = 'latchkey/v1/';
export const homeTopic = (homeId: number, topic: string): string => `${busPrefix}home/${homeId}/${topic}`;
export const deviceTopic = (deviceId: number, channel: string): string =>
  `${busPrefix}device/${deviceId}/${channel}`;
export const joinedTopic = (userId: number | '+'): string => `${busPrefix}user/${userId}/joined`;
/** Who answers shadow requests now, told by itself when it begins. */
export const bridgeLeaderTopic = `${busPrefix}bridge/leader`;
export const openingTopic = (lockId: number): string => `${busPrefix}lock/${lockId}/opening`;
export const revokeTopic = (kind: string, subject: string | number): string =>
  `${busPrefix}revoke/${kind}/${subject}`;

/** A filter that a group of subscribers shares: each message goes to one of them (MQTT 5, 4.8.2). */
export const sharedFilter = (group: string, filter: string): string => `$share/${group}/${filter}`;
const withoutGroup = (filter: string): string =>
  filter.startsWith('$share/') ? filter.split('/').slice(2).join('/') : filter;

/** Whether an MQTT topic filter, shared or not, matches a topic; a leading wildcard never matches `$…` (MQTT 4.7.2). */
export function topicMatches(subscribed: string, topic: string): boolean {
  const filter = withoutGroup(subscribed);
  if (topic.startsWith('$') && !filter.startsWith('$')) return false;
  const wanted = filter.split('/');
  const given = topic.split('/');
  for (const [index, level] of wanted.entries()) {
    if (level === '#') return true;
    if (index >= given.length || (level !== '+' && level !== given[index])) return false;
  }
  return wanted.length === given.length;
}
