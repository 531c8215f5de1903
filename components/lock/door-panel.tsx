'use client';

import type { ReactNode } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { canOpen, isReachable } from '@/server/domain/lock/predicates';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Card } from '../ui/card';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { DoorStage } from './door-stage';
import { HoldButton } from './hold-button';
import { OpeningSteps } from './opening-steps';
import { useDoor } from './use-doors';
import { useOpening } from './use-opening';

interface GestureNoteProps {
  door: Pick<DoorView, 'gesture' | 'stricter'>;
  passkey: ReturnType<typeof useOpening>['passkey'];
}

/** Says before the gesture why it is stricter now, that it asks for a passkey, and what came of asking. */
function GestureNote({ door, passkey: state }: GestureNoteProps) {
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

interface DoorPanelProps {
  initial: DoorView;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  /** The script that makes the button work before this one has arrived. */
  earlyScript?: ReactNode;
  /** In place of the button for whoever may not open, and of everything once the door is gone. */
  notAllowed: ReactNode;
  gone: ReactNode;
}

/** The door as hero of its page: what it is, the gesture that opens it, and the steps of the opening. */
export function DoorPanel({ initial, now: firstNow, earlyScript, notAllowed, gone }: DoorPanelProps) {
  const text = useText();
  const { data: door, error } = useDoor(initial, firstNow);
  const { now, progress, joinedTo, passkey, begin, adopt } = useOpening(door, firstNow);

  if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return <Card>{gone}</Card>;

  const isProving = passkey === 'asking';
  const isOwnBusy = isProving || (progress?.isOwn === true && progress.isBusy);
  const isRetry = progress?.isOwn === true && !progress.isBusy && progress.reached !== 'confirmed';
  return (
    <Card className="grid overflow-hidden lg:grid-cols-2">
      <DoorStage door={door} now={now} />
      <div className="flex flex-col justify-center gap-5 border-t border-line px-4 py-6 sm:px-6 lg:border-t-0 lg:border-l">
        {canOpen(door) ? (
          <>
            {isReachable(door) ? null : <Notice tone="unknown">{text('open.reachWarning')}</Notice>}
            <GestureNote door={door} passkey={passkey} />
            <HoldButton
              door={door}
              isBusy={isOwnBusy}
              isProving={isProving}
              isRetry={isRetry}
              onOpen={begin}
              onAdopt={adopt}
            />
            {earlyScript}
          </>
        ) : (
          notAllowed
        )}
        <OpeningSteps
          progress={progress}
          joinedTo={joinedTo}
          signInHref={`/sign-in?callbackUrl=${encodeURIComponent(`/dashboard/locks/${door.lockId}`)}`}
        />
      </div>
    </Card>
  );
}
