import type { LineKind, TimelineLine } from '../../contracts/console';
import type { OpeningStatus } from '../../contracts/locks';
import { isJsonObject } from '../../domain/json';
import { alarmOf } from '../../domain/lock/history';
import { openingOutcome } from '../../domain/lock/outcome';
import { toPlaceText } from '../../domain/timeline-place';
import { kindOfTopic } from './timeline-sql';

export interface TimelineRow extends Record<string, unknown> {
  source: string;
  key: string;
  at: string;
  /** JSON text of the columns of its source. */
  row: string;
}

type Fields = Record<string, unknown>;
type Facts = TimelineLine['facts'];
type Told = Omit<TimelineLine, 'id' | 'cursor' | 'at'>;

const longest = 2_000;
const textOf = (value: unknown): string => (typeof value === 'string' ? value : String(value ?? ''));
const shortened = (value: string): string =>
  value.length <= longest ? value : `${value.slice(0, longest)}…`;

/** What of these columns says something, under other names where one is given. */
function factsOf(fields: Fields, names: readonly (string | readonly [string, string])[]): Facts {
  const facts: Facts = {};
  for (const name of names) {
    const [column, shown] = typeof name === 'string' ? [name, name] : name;
    const value = fields[column];
    if (value === null || value === undefined || value === '') continue;
    facts[shown] =
      typeof value === 'string'
        ? shortened(value)
        : typeof value === 'number' || typeof value === 'boolean'
          ? value
          : shortened(JSON.stringify(value));
  }
  return facts;
}

/** Moments that PostgreSQL wrote into JSON, as the wire has them. */
function times(fields: Fields, names: readonly (readonly [string, string])[]): Facts {
  return Object.fromEntries(
    names.flatMap(([column, shown]) =>
      typeof fields[column] === 'string' ? [[shown, new Date(fields[column]).toISOString()]] : [],
    ),
  );
}

const whoOf = (fields: Fields): Pick<TimelineLine, 'who'> => ({
  who: {
    kind: textOf(fields.principal_kind),
    id: textOf(fields.principal_id),
    name: textOf(fields.principal_name),
  },
});
const lockOf = (fields: Fields) => ({
  kind: 'lock',
  id: textOf(fields.lock_id),
  name: textOf(fields.lock_name),
});

/** The address of a receiver without what may be a secret in it. */
function placeOf(url: string): string {
  return URL.canParse(url) ? `${new URL(url).origin}${new URL(url).pathname}` : '';
}

const presences: ReadonlySet<string> = new Set(['_deviceConnected_', '_deviceDisconnected_']);

function event(fields: Fields): Told {
  const told = JSON.parse(textOf(fields.body)) as Fields;
  const type = textOf(told.eventType);
  const device = told.originDeviceId;
  const data = told.eventData;
  const isEmpty = !isJsonObject(data) || Object.keys(data).length === 0;
  return {
    kind: presences.has(type) ? 'presence' : 'event',
    action: type,
    ...(device === undefined
      ? {}
      : { subject: { kind: 'device', id: textOf(device), name: textOf(told.originDeviceClass) } }),
    facts: {
      ...(isEmpty ? {} : { data: shortened(JSON.stringify(data)) }),
      ...factsOf(told, [
        ['originDeviceIp', 'address'],
        ['originProjectKeyName', 'key'],
        ['originModuleId', 'module'],
      ]),
    },
  };
}

function told(fields: Fields): Told {
  const topic = textOf(fields.topic);
  const payload = isJsonObject(fields.payload) ? fields.payload : {};
  const kind: LineKind = kindOfTopic[topic] ?? 'home';
  const subject = (of: string, id: unknown, name: unknown = '') =>
    id === undefined ? {} : { subject: { kind: of, id: textOf(id), name: textOf(name) } };
  switch (topic) {
    case 'presence':
      return { kind, action: textOf(payload.change), ...subject('device', payload.deviceId), facts: {} };
    case 'door':
      return {
        kind,
        action: 'reported',
        state: textOf(payload.bolt),
        ...subject('lock', payload.lockId),
        facts: factsOf(payload, ['door', 'reachable', 'battery']),
      };
    case 'hub':
      return {
        kind,
        action: payload.gone === true ? 'gone' : 'reported',
        ...(payload.status === undefined ? {} : { state: textOf(payload.status) }),
        ...subject('hub', payload.hubId, payload.serial),
        facts: factsOf(payload, ['online', 'version', 'suspendedReason']),
      };
    case 'member': {
      const member = isJsonObject(payload.member) ? payload.member : {};
      return {
        kind,
        action: textOf(payload.action),
        ...subject('user', payload.userId, member.name),
        facts: factsOf(member, ['role', 'email', 'verified']),
      };
    }
    case 'access':
      return {
        kind,
        action: `${textOf(payload.kind)}.${textOf(payload.action)}`,
        ...subject(textOf(payload.kind), payload.id),
        facts: factsOf(payload, [['lockIds', 'locks'], 'userId']),
      };
    case 'commissioning':
      return {
        kind,
        action: 'pairing',
        ...(payload.status === undefined ? {} : { state: textOf(payload.status) }),
        ...subject('hub', payload.hubId),
        facts: factsOf(payload, ['step', 'error', 'message']),
      };
    default:
      return { kind, action: 'changed', facts: factsOf(payload, ['name', 'timezone', 'deactivated']) };
  }
}

function command(fields: Fields): Told {
  const name = textOf(fields.name ?? fields.device_class);
  return {
    kind: 'command',
    action: textOf(fields.action),
    subject: { kind: 'device', id: textOf(fields.device_id), name },
    ...whoOf(fields),
    facts: {},
  };
}

function opening(fields: Fields): Told {
  return {
    kind: 'opening',
    action: 'open',
    state: openingOutcome({
      status: textOf(fields.status) as OpeningStatus,
      lateReport: fields.late_report === true,
      error: textOf(fields.error),
    }),
    subject: lockOf(fields),
    ...whoOf(fields),
    ...(typeof fields.reason === 'string' ? { reason: fields.reason } : {}),
    facts: {
      ...factsOf(fields, ['via', 'address', ['request_id', 'requestId'], 'gesture', 'error']),
      ...times(fields, [
        ['sent_at', 'sentAt'],
        ['accepted_at', 'acceptedAt'],
        ['outcome_at', 'outcomeAt'],
      ]),
    },
  };
}

function refusal(fields: Fields): Told {
  return {
    kind: 'refusal',
    action: 'refused',
    state: textOf(fields.cause),
    subject: lockOf(fields),
    ...whoOf(fields),
    facts: factsOf(fields, ['via', 'address', ['request_id', 'requestId']]),
  };
}

/** What a lock told: a bolt that was moved without a request of ours, or an alarm. */
function lockOperation(fields: Fields): Told {
  const value = isJsonObject(fields.value) ? fields.value : {};
  const isAlarm = fields.kind !== 'operation';
  return {
    kind: 'operation',
    action: isAlarm ? 'alarm' : textOf(value.operation),
    state: isAlarm ? alarmOf(value) : textOf(value.source),
    subject: lockOf(fields),
    facts: factsOf(value, ['slot', ['codeName', 'code'], 'happenedAt']),
  };
}

function message(fields: Fields): Told {
  const channel = textOf(fields.channel ?? 'push');
  return {
    kind: 'message',
    action: channel,
    state: textOf(fields.status),
    subject: { kind: channel, id: textOf(fields.recipient), name: textOf(fields.recipient) },
    facts: {
      ...factsOf(fields, ['subject', 'attempts', ['last_error', 'error']]),
      ...times(fields, [['finished_at', 'finishedAt']]),
    },
  };
}

function webhook(fields: Fields): Told {
  return {
    kind: 'webhook',
    action: textOf(fields.kind),
    state: textOf(fields.status),
    subject: { kind: 'delivery', id: textOf(fields.id), name: textOf(fields.module_id) },
    facts: {
      url: placeOf(textOf(fields.url)),
      ...factsOf(fields, ['attempts', ['last_status', 'lastStatus'], ['last_error', 'error']]),
      ...times(fields, [['finished_at', 'finishedAt']]),
    },
  };
}

function staff(fields: Fields): Told {
  return {
    kind: 'staff',
    action: textOf(fields.action),
    who: { kind: textOf(fields.actor_kind), id: textOf(fields.actor_id), name: textOf(fields.actor_name) },
    ...(typeof fields.subject_kind === 'string'
      ? { subject: { kind: fields.subject_kind, id: textOf(fields.subject_id), name: '' } }
      : {}),
    ...(typeof fields.reason === 'string' ? { reason: fields.reason } : {}),
    facts: isJsonObject(fields.data) ? factsOf(fields.data, Object.keys(fields.data)) : {},
  };
}

const readers: Readonly<Record<string, (fields: Fields) => Told>> = {
  event,
  told,
  command,
  opening,
  refusal,
  operation: lockOperation,
  message,
  push: message,
  webhook,
  staff,
};

/** A row of any source as a line of the timeline. */
export function toLine({ source, key, at, row }: TimelineRow): TimelineLine {
  const read = readers[source];
  if (read === undefined) throw new Error(`no line is made of ${source}`);
  return { id: key, cursor: toPlaceText({ at, id: key }), at, ...read(JSON.parse(row) as Fields) };
}
