import { expect, it } from 'vitest';
import type { TimelineLine } from '@/server/contracts/console';
import { lineKinds } from '@/server/contracts/console-words';
import { en } from '../messages/en';
import { textOf } from '../messages/lookup';
import { nb } from '../messages/nb';
import { lineSentence } from './line-sentence';

type Said = Pick<TimelineLine, 'kind' | 'action' | 'state' | 'who' | 'facts'>;
const kim = { kind: 'user', id: '7', name: 'Kim' };
const say = (line: Omit<Said, 'facts'> & Partial<Said>, about = 'Sea door', language = en) =>
  lineSentence({ facts: {}, ...line }, about, textOf(language));

it.each([
  [{ kind: 'opening', action: 'open', state: 'confirmed', who: kim }, 'Kim opened Sea door'],
  [
    { kind: 'opening', action: 'open', state: 'unconfirmed', who: kim },
    'Whether Sea door opened for Kim was never confirmed',
  ],
  [
    { kind: 'opening', action: 'open', state: 'of the future', who: kim },
    'Whether Sea door opened for Kim is not known',
  ],
  [
    { kind: 'refusal', action: 'refused', state: 'wrong-pin', who: { ...kim, name: '' } },
    'Somebody was not let open Sea door. The PIN was wrong.',
  ],
  [{ kind: 'door', action: 'reported', state: 'jammed' }, 'Sea door is jammed'],
  [{ kind: 'operation', action: 'unlock', state: 'keypad' }, 'Sea door was unlocked at the keypad'],
  [{ kind: 'operation', action: 'lock', state: 'of the future' }, 'Sea door was locked'],
  [{ kind: 'operation', action: 'alarm', state: 'DOOR_FORCED' }, 'Sea door was forced open'],
  [
    { kind: 'door', action: 'reported', state: 'locked', facts: { reachable: false } },
    'Sea door is out of reach',
  ],
  [{ kind: 'presence', action: '_deviceDisconnected_' }, 'Sea door lost its connection'],
  [{ kind: 'event', action: 'smokeAlarm' }, 'Sea door told of “smokeAlarm”'],
  [
    { kind: 'message', action: 'mail', state: 'failed', facts: { subject: 'Set a new password' } },
    'A mail to Sea door could not be sent: “Set a new password”',
  ],
  [{ kind: 'staff', action: 'hub.suspend', who: kim }, 'Kim suspended a hub'],
] satisfies [Omit<Said, 'facts'> & Partial<Said>, string][])('%j is said as %j', (line, sentence) => {
  expect(say(line)).toBe(sentence);
});

it('there is a sentence for every kind in both languages, whatever is in it, and none for what is not there', () => {
  for (const kind of lineKinds)
    for (const language of [en, nb] as const) {
      const sentence = say({ kind, action: 'x.unheard', state: 'of the future' }, '', language as typeof en);
      expect(sentence).not.toMatch(/\{|undefined|^\s*$/);
    }
});
