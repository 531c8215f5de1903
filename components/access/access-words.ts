import type { AccessLine } from '@/server/contracts/access';
import type { TextOf } from '../messages/lookup';

const allowedReasons = [
  'owner',
  'explicit-owner',
  'member',
  'key-holder',
  'grant',
  'link',
  'pin',
  'pin-removing',
  'organisation-key',
] as const;
const refusedReasons = [
  'no-right',
  'guest-without-grant',
  'outside-window',
  'expired',
  'not-yet-valid',
  'used-up',
  'revoked',
  'deactivated-home',
  'not-verified',
] as const;

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  names.some((one) => one === name);

type Momented = (timestamp: string) => string;

/** A guest's place in the home opens by the rights that stand below it, each with its own words. */
const isGuestPlace = (line: AccessLine): boolean => line.kind === 'member' && line.reason === 'grant';

/** Why a line opens the door or does not, in one sentence. */
export function reasonWords(line: AccessLine, text: TextOf): string {
  if (isGuestPlace(line)) return text('access.why.guest');
  if (line.allowed)
    return isOneOf(allowedReasons, line.reason)
      ? text(`access.why.${line.reason}`)
      : text('access.why.other');
  return isOneOf(refusedReasons, line.reason)
    ? text(`access.whyNot.${line.reason}`)
    : text('access.whyNot.other');
}

/** What would stop a right that opens, or when one that does not will: one sentence, or nothing to say. */
export function limitWords(line: AccessLine, text: TextOf, momentOf: Momented): string | undefined {
  if (isGuestPlace(line)) return text('access.stop.guest');
  if (!line.allowed)
    return line.next === undefined ? undefined : text('access.next', { when: momentOf(line.next) });
  const ends = line.until === undefined ? undefined : text('access.ends', { when: momentOf(line.until) });
  if (!isOneOf(allowedReasons, line.reason)) return ends;
  const stop = text(`access.stop.${line.reason}`);
  return ends === undefined ? stop : `${ends} ${stop}`;
}

/** How many of a link's uses are left. */
export function usesWords({ uses }: Pick<AccessLine, 'uses'>, text: TextOf): string | undefined {
  if (uses === undefined) return undefined;
  if (uses.most === null) return text('access.uses.any', { used: uses.used });
  return text('access.uses.of', { used: uses.used, most: uses.most });
}
