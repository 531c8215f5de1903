'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { DoorView, OpeningView } from '@/server/contracts/locks';
import type { AuthenticationAnswer } from '@/server/contracts/webauthn';
import { unconfirmedAfterMs } from '@/server/domain/lock/predicates';
import { liveStatus } from '../hooks/use-live-home';
import { useServerTime } from '../time/clock';
import { doorKey, knownOpening, openingKey } from './door-news';
import type { EarlyAnswer } from './early-gesture';
import { newerOpening } from './merge';
import {
  type Attempt,
  heardProgress,
  ownProgress,
  type Progress,
  sameGestureMs,
  settledAt,
  shownForMs,
  shownProgress,
  withNews,
  withResult,
} from './opening-progress';
import type { Unproven } from './prove-passkey';
import { newRequestId } from './request-id';
import { refusalKeyOf, type SendResult, sendOpening } from './send-opening';

/** The service's time, renewed at each of the given moments as it comes. */
function useTimeAt(moments: readonly number[], first: number): number {
  const serverTime = useServerTime();
  const [now, setNow] = useState(first);
  const next = moments.filter((moment) => moment > now).sort((one, other) => one - other)[0];
  useEffect(() => {
    if (next === undefined) return;
    const timer = setTimeout(() => setNow(Math.max(serverTime(), next)), Math.max(0, next - serverTime()));
    return () => clearTimeout(timer);
  }, [next, serverTime]);
  return now;
}

/** Feels the difference between begun, sent and open where the device can. */
const vibrate = (pattern: number | number[]): void => {
  if (typeof navigator.vibrate === 'function') navigator.vibrate(pattern);
};

/** Where the passkey of a door stands: asked for now, or why it proved nothing. */
export type Passkey = 'asking' | Unproven | undefined;

/** What a gesture did: began an opening, joined the one under way, or nothing, because the door has just opened. */
export type Begun = 'begun' | 'joined' | 'isOpen';

interface Opening {
  /** The service's time that everything shown is judged by. */
  now: number;
  progress: Progress | undefined;
  /** The opening that the shown one shares, where the page knows it. */
  joinedTo: OpeningView | undefined;
  passkey: Passkey;
  /** When the shown opening must have come to its end, if that was not heard of. */
  endsAt: number | undefined;
  /** Makes a gesture count, unless it belongs to the own opening that runs or has just ended at the bolt. */
  begin: () => Begun;
  /** Goes on with an opening that was begun before this script arrived. */
  adopt: (run: { requestId: string; startedAt: number; answer?: Promise<EarlyAnswer> }) => void;
}

const adoptedResult = ({ status, requestId, lacksPasskey }: EarlyAnswer): SendResult => {
  if (status === 200) return { kind: 'sent' };
  if (status === 0) return { kind: 'silent' };
  const because = lacksPasskey ? 'progress.refused.passkey' : refusalKeyOf(status);
  return { kind: 'refused', because, status, requestId };
};

/**
 * The opening of a door as this page lives it: the own gesture from its request to the bolt, or the one somebody else
 * made. `firstNow` is the service's time of the first paint, `heardAt` when the door was last heard of, by this browser's
 * clock.
 */
export function useOpening(door: DoorView, firstNow: number, heardAt: number): Opening {
  const client = useQueryClient();
  const serverTime = useServerTime();
  const [attempt, setAttempt] = useState<Attempt>();
  const latest = useRef<Attempt>(undefined);
  const [passkey, setPasskey] = useState<Passkey>();
  const isProving = useRef(false);
  const change = (requestId: string, next: (attempt: Attempt) => Attempt) => {
    if (latest.current?.requestId !== requestId) return;
    latest.current = next(latest.current);
    setAttempt(latest.current);
  };

  const { data: told } = useQuery<OpeningView | null>({
    queryKey: openingKey(attempt?.requestId ?? ''),
    queryFn: () => null,
    enabled: false,
  });
  const onDoor =
    door.opening?.requestId !== undefined && door.opening.requestId === attempt?.requestId
      ? door.opening
      : undefined;
  const own = useMemo(
    () => (onDoor === undefined ? (told ?? undefined) : newerOpening(told ?? undefined, onDoor)),
    [onDoor, told],
  );

  const learn = useEffectEvent((opening: OpeningView) => {
    if (attempt === undefined) return;
    change(attempt.requestId, (known) => withNews(known, opening, serverTime()));
    if (opening.status === 'confirmed') vibrate([30, 60, 30]);
    if (opening.status === 'failed' || opening.status === 'expired') vibrate(200);
  });
  useEffect(() => {
    if (own !== undefined) learn(own);
  }, [own]);

  const starts = [attempt?.startedAt, door.opening && Date.parse(door.opening.createdAt)].filter(
    (at) => at !== undefined,
  );
  const now = useTimeAt(
    starts.flatMap((at) => [at, at + unconfirmedAfterMs, at + shownForMs]),
    firstNow,
  );

  const heard = heardAt + (serverTime() - Date.now());
  const mine = attempt && ownProgress(attempt, own, now, onDoor === undefined ? undefined : heard);
  const others = door.opening && heardProgress(door.opening, now, heard);
  const progress = shownProgress(mine, others, now);
  const joined = progress?.opening?.joined;

  const isOpenEnded = progress !== undefined && (progress.isBusy || progress.phase === 'unconfirmed');
  const endsAt =
    isOpenEnded && !progress.isHeard ? settledAt(progress.startedAt, progress.opening) : undefined;

  const answered = useEffectEvent((result: SendResult) => {
    // Nobody will tell, or the answer told nothing: ask what became of it.
    if (liveStatus() !== 'live' || result.kind !== 'sent')
      void client.invalidateQueries({ queryKey: doorKey(door.lockId) });
  });
  const start = (requestId: string, startedAt: number, answer: Promise<SendResult>) => {
    latest.current = { requestId, startedAt, isRetrying: false, learnedAfterMs: {} };
    setAttempt(latest.current);
    void answer.then((result) => {
      change(requestId, (known) => withResult(known, result, serverTime()));
      vibrate(result.kind === 'sent' ? 20 : 200);
      answered(result);
    });
  };
  const send = (requestId: string, startedAt: number, proof?: AuthenticationAnswer) =>
    start(
      requestId,
      startedAt,
      sendOpening({
        lockId: door.lockId,
        requestId,
        startedAt,
        passkey: proof,
        now: serverTime,
        onRetry: () => change(requestId, (known) => ({ ...known, isRetrying: true })),
      }),
    );

  /** The passkey first, and the request only with it; its life begins when it is sent. */
  const prove = async (requestId: string) => {
    isProving.current = true;
    setPasskey('asking');
    const proof = await import('./prove-passkey')
      .then(({ provePasskey }) => provePasskey(door.lockId))
      .catch(() => ({ kind: 'lost' as const }));
    isProving.current = false;
    const { kind } = proof;
    setPasskey(kind === 'proved' || kind === 'refused' ? undefined : kind);
    if (kind === 'proved') send(requestId, serverTime(), proof.passkey);
    else if (kind === 'refused') start(requestId, serverTime(), Promise.resolve(proof));
  };
  const needsPasskey = door.gesture === 'hold-passkey';

  return {
    now,
    progress,
    passkey,
    endsAt,
    joinedTo: joined === undefined ? undefined : knownOpening(client, door.lockId, joined),
    begin: () => {
      if (isProving.current) return 'begun';
      const current = latest.current;
      if (current !== undefined && ownProgress(current, own, serverTime()).isBusy) return 'joined';
      if (current?.confirmedAt !== undefined && serverTime() - current.confirmedAt < sameGestureMs)
        return 'isOpen';
      if (needsPasskey) void prove(newRequestId());
      else send(newRequestId(), serverTime());
      return 'begun';
    },
    adopt: ({ requestId, startedAt, answer }) => {
      const began = startedAt + (serverTime() - Date.now());
      if (answer === undefined && needsPasskey) void prove(requestId);
      else if (answer === undefined) send(requestId, began);
      else start(requestId, began, answer.then(adoptedResult));
    },
  };
}
