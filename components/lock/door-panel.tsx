'use client';

import { lazy, type ReactNode, Suspense } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { canOpen, isReachable } from '@/server/domain/lock/predicates';
import { ApiError } from '../hooks/call';
import { Card } from '../ui/card';
import { later } from '../ui/later';
import { patiently } from '../ui/patiently';
import { DoorStage } from './door-stage';
import { HoldButton } from './hold-button';
import { OpeningSteps } from './opening-steps';
import { useDoor } from './use-door';
import { useOpening } from './use-opening';

/** Loaded only by doors that have something to say: by others it would be a part of what they wait for. */
const DoorNotes = lazy(() => patiently(async () => ({ default: (await import('./door-notes')).DoorNotes })));

/** For the few who see a door and may not open it. */
const NotAllowed = lazy(() =>
  patiently(async () => ({ default: (await import('./not-allowed')).NotAllowed })),
);

/** Shows nothing, and is not waited for. */
const DoorWatch = later(async () => (await import('./door-watch')).DoorWatch);

interface DoorPanelProps {
  initial: DoorView;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
  /** The script that makes the button work before this one has arrived. */
  earlyScript?: ReactNode;
  /** In place of everything once the door is gone. */
  gone: ReactNode;
}

/** The door as hero of its page: what it is, the gesture that opens it, and the steps of the opening. */
export function DoorPanel({ initial, now: firstNow, earlyScript, gone }: DoorPanelProps) {
  const { data: door, error, dataUpdatedAt } = useDoor(initial, firstNow);
  const { now, progress, joinedTo, passkey, endsAt, begin, adopt } = useOpening(
    door,
    firstNow,
    dataUpdatedAt,
  );

  if (error instanceof ApiError && (error.status === 404 || error.status === 403)) return <Card>{gone}</Card>;

  const isProving = passkey === 'asking';
  const isOwnBusy = isProving || (progress?.isOwn === true && progress.isBusy);
  const isRetry = progress?.isOwn === true && !progress.isBusy && progress.reached !== 'confirmed';
  return (
    <Card className="grid overflow-hidden lg:grid-cols-2">
      <DoorStage door={door} now={now} />
      <DoorWatch lockId={door.lockId} changesAt={door.changesAt} endsAt={endsAt} loadedAt={dataUpdatedAt} />
      <div className="flex flex-col justify-center gap-5 border-t border-line px-4 py-6 sm:px-6 lg:border-t-0 lg:border-l">
        {canOpen(door) ? (
          <>
            {isReachable(door) && door.gesture !== 'hold-passkey' && door.stricter === undefined ? null : (
              <Suspense>
                <DoorNotes door={door} passkey={passkey} />
              </Suspense>
            )}
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
          <Suspense>
            <NotAllowed door={door} />
          </Suspense>
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
