'use client';

import type { DoorView } from '@/server/contracts/locks';
import { isReachable } from '@/server/domain/lock/predicates';
import { useText } from '../messages/provider';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import type { Passkey } from './use-opening';

interface DoorNotesProps {
  door: DoorView;
  passkey: Passkey;
}

/**
 * What stands before the gesture: that the lock cannot be reached, why more is asked for now, that a passkey is, and what came of
 * asking for it.
 */
export function DoorNotes({ door, passkey }: DoorNotesProps) {
  const text = useText();
  return (
    <>
      {isReachable(door) ? null : <Notice tone="unknown">{text('open.reachWarning')}</Notice>}
      <GestureNote door={door} passkey={passkey} />
    </>
  );
}

/** Says before the gesture why it is stricter now, that it asks for a passkey, and what came of asking. */
function GestureNote({ door, passkey: state }: DoorNotesProps) {
  const text = useText();
  const needsPasskey = door.gesture === 'hold-passkey';
  const because = door.stricter ?? [];
  if (!needsPasskey && because.length === 0) return null;
  const isRefused = state !== undefined && state !== 'asking';
  return (
    <Notice tone={isRefused ? 'notice' : 'plain'} role="status">
      {state === undefined ? because.map((condition) => `${text(`open.because.${condition}`)} `) : null}
      {needsPasskey ? text(state === undefined ? 'open.passkeyNote' : `open.passkey.${state}`) : null}
      {state === 'none' || state === 'cancelled' ? (
        <>
          {' '}
          <Link href="/dashboard/account/passkeys" className="font-semibold underline">
            {text('open.passkey.make')}
          </Link>
        </>
      ) : null}
    </Notice>
  );
}

/** What to do about a battery that is not good any more. */
export function BatteryNote({ level }: { level: 'low' | 'critical' }) {
  const text = useText();
  return <Notice tone={level === 'critical' ? 'alarm' : 'notice'}>{text(`battery.advice.${level}`)}</Notice>;
}
