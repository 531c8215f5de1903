import type { TimelineLine } from '@/server/contracts/console';
import { knownDeeds } from '../audit/known-deeds';
import type { TextOf } from '../messages/lookup';

/** The last part of a key that has a text, or the one for all others. */
const oneOf = <Known extends string, Other extends string>(
  known: readonly Known[],
  value: string | undefined,
  other: Other,
): Known | Other => known.find((one) => one === value) ?? other;

const openings = [
  'confirmed',
  'accepted',
  'sent',
  'pending',
  'failed',
  'unconfirmed',
  'expired',
  'late',
  'unresolved',
] as const;
const bolts = ['locked', 'unlocked', 'unlatched', 'not-fully-locked', 'jammed'] as const;
const refusals = [
  ...(['no-right', 'outside-window', 'wrong-pin', 'no-passkey', 'limited', 'revoked', 'used-up'] as const),
] as const;
const sources = ['manual', 'keypad', 'auto', 'remote'] as const;
const alarms = [
  'LOCK_JAMMED',
  'LOCK_FACTORY_RESET',
  'WRONG_CODE_LIMIT',
  'COVER_REMOVED',
  'DOOR_FORCED',
  'DOOR_AJAR',
] as const;
const accesses = [
  'grant.created',
  'grant.changed',
  'grant.revoked',
  'link.created',
  'link.changed',
  'link.revoked',
] as const;
const pairings = ['pending', 'sent', 'accepted', 'succeeded', 'failed', 'expired'] as const;
const sendings = ['sent', 'waiting', 'failed', 'kept', 'delivered'] as const;
const deliveries = ['delivered', 'waiting', 'failed'] as const;
const values = ['_keyValueSaved_', '_keyValueDeleted_', '_deviceKVSaved_', '_deviceKVDeleted_'] as const;

/** `_keyValueSaved_` of a home and of a device say the same. */
const valueDeed = (action: (typeof values)[number]) => (action.endsWith('Saved_') ? 'saved' : 'deleted');

/**
 * A line of the timeline as somebody would say it on the phone. `about` is what it happened to, by the name that people
 * know; the technical words stay in the line's facts.
 */
export function lineSentence(
  { kind, action, state, who, facts }: Pick<TimelineLine, 'kind' | 'action' | 'state' | 'who' | 'facts'>,
  about: string,
  text: TextOf,
): string {
  const by = who === undefined || who.name === '' ? text('console.say.somebody') : who.name;
  const what = about === '' ? text('console.say.something') : about;
  switch (kind) {
    case 'event': {
      const value = values.find((one) => one === action);
      if (value !== undefined) return text(`console.say.value.${valueDeed(value)}`);
      return text('console.say.event', { what, action });
    }
    case 'command':
      return text('console.say.command', { by, what, action });
    case 'presence': {
      const changes = ['_deviceConnected_', '_deviceDisconnected_', 'added', 'removed'] as const;
      const change = oneOf(changes, action, 'changed');
      const key =
        change === '_deviceConnected_'
          ? 'connected'
          : change === '_deviceDisconnected_'
            ? 'disconnected'
            : change;
      return text(`console.say.presence.${key}`, { what });
    }
    case 'door':
      return facts.reachable === false
        ? text('console.say.door.unreachable', { what })
        : text(`console.say.door.${oneOf(bolts, state, 'unknown')}`, { what });
    case 'hub':
      if (action === 'gone') return text('console.say.hub.gone', { what });
      if (state === 'suspended') return text('console.say.hub.suspended', { what });
      return text(facts.online === false ? 'console.say.hub.away' : 'console.say.hub.reported', { what });
    case 'opening':
      return text(`console.say.opening.${oneOf(openings, state, 'unresolved')}`, { by, what });
    case 'refusal': {
      const cause = oneOf(refusals, state, 'other');
      return `${text('console.say.refusal', { by, what })} ${text(`console.say.refusal.${cause}`)}`;
    }
    case 'operation': {
      if (action === 'alarm') {
        const alarm = oneOf(alarms, state, 'other');
        return text(`console.say.alarm.${alarm}`, { what, alarm: state ?? '' });
      }
      const moved = action === 'lock' ? 'locked' : 'unlocked';
      return text(`console.say.moved.${moved}.${oneOf(sources, state, 'other')}`, { what });
    }
    case 'member':
      return text(`console.say.member.${oneOf(['added', 'removed'], action, 'changed')}`, { what });
    case 'home':
      return text('console.say.home');
    case 'access':
      return text(`console.say.access.${oneOf(accesses, action, 'other')}`);
    case 'pairing':
      return text(`console.say.pairing.${oneOf(pairings, state, 'other')}`, { what });
    case 'message': {
      const channel = oneOf(['mail', 'sms'], action, 'push');
      const named = text(`console.say.message.${channel}`, { what });
      const subject =
        typeof facts.subject === 'string' ? text('console.say.subject', { subject: facts.subject }) : '';
      return `${named} ${text(`console.say.message.${oneOf(sendings, state, 'waiting')}`)}${subject}`;
    }
    case 'webhook':
      return text(`console.say.webhook.${oneOf(deliveries, state, 'waiting')}`, { what });
    case 'staff': {
      const deed = knownDeeds.find((one) => one === action);
      return deed === undefined
        ? text('audit.other', { who: by, action })
        : text(`audit.did.${deed}`, { who: by });
    }
  }
}
