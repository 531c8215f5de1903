'use client';

import { ArrowLeft, RotateCcw } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { HomeLock } from '@/server/contracts/home-locks';
import type { CommissioningView, HubView } from '@/server/contracts/hubs';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { Button, buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import { ErrorNotice } from '../ui/error-notice';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { asCode, checkTyped } from './code-check';
import { CodeField, missingText, problemText } from './code-field';
import { HubBadges } from './hub-badges';
import { NewLock } from './new-lock';
import { isPairing } from './pairing-progress';
import { PairingSteps } from './pairing-steps';
import { type OfHome, type Pairings, useHomeLocks, useHubs, usePairings } from './use-hubs';

const ScanCode = later(async () => (await import('../scan/scan-code')).ScanCode);

/** How long an outcome greets whoever comes to the page; older ones stand in the hub's list. */
const recentMs = 10 * 60_000;

interface PairLockProps {
  of: OfHome;
  zone: string | undefined;
  hubId: string;
  hubs: HubView[];
  locks: HomeLock[];
  pairings: Pairings;
  isOwner: boolean;
}

/** Sends a code to the hub. It is held by the page alone, for a second try; undefined once the page was left. */
function useAsking(hubId: string, newestId: string | undefined, reload: () => void) {
  const [newestThen, setNewestThen] = useState<string>();
  const [sentCode, setSentCode] = useState<string>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const ask = async (code: string): Promise<void> => {
    if (isBusy) return;
    setIsBusy(true);
    setError(undefined);
    setSentCode(code);
    setNewestThen(newestId);
    try {
      await api('hubs.commission', { params: { id: hubId }, body: { hubId, commissioningCode: code } });
    } catch (failed) {
      // A hub that was not reached is told by its own attempt, which is in the list now.
      const isTold = failed instanceof ApiError && failed.status === 502;
      if (!isTold) setError(failed);
    } finally {
      reload();
      setIsBusy(false);
    }
  };
  // A lost call that has arrived all the same is told by its attempt too.
  const isTold = error instanceof ApiError && error.isLost && newestId !== newestThen;
  return { ask, sentCode, error: isTold ? undefined : error, isBusy };
}

function AskError({ error }: { error: unknown }) {
  const text = useText();
  if (error === undefined) return null;
  if (error instanceof ApiError && error.status === 409)
    return (
      <Notice tone="notice" role="alert">
        {text('hub.pair.busy')}
      </Notice>
    );
  return <ErrorNotice error={error} />;
}

/** Pairs a lock with a hub: the code, the steps as the hub tells them, and what came of it. */
export function PairLock(props: PairLockProps) {
  const { of, zone, hubId, isOwner } = props;
  const text = useText();
  const { data: hubs } = useHubs(of, props.hubs);
  const { data: locks } = useHomeLocks(of, props.locks);
  const { data: pairings, reload } = usePairings(of, hubId, props.pairings);
  const [code, setCode] = useState('');
  const [isAsked, setIsAsked] = useState(false);
  const [isScanning, setIsScanning] = useState(false);
  const [putAway, setPutAway] = useState<string>();
  const now = useNow(30_000);
  const { ask, sentCode, error, isBusy } = useAsking(hubId, pairings.items[0]?.id, reload);
  const stop = useAction(
    () => api('hubs.command', { params: { id: hubId }, body: { hubId, command: 'cancel' } }),
    { done: text('hub.pair.stopped') },
  );
  const hub = hubs.find((one) => one.hubId === hubId) ?? props.hubs.find((one) => one.hubId === hubId);
  if (hub === undefined) return null;
  const checked = checkTyped(code);
  const problem = problemText(checked, text);
  const newest = pairings.items[0];
  const attempt = newest !== undefined && isShown(newest, putAway, now) ? newest : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsAsked(true);
    if (!checked.isGood) return;
    void ask(asCode(code));
  };
  const startAnew = () => {
    setPutAway(attempt?.id);
    setCode('');
    setIsAsked(false);
  };
  const isSuspended = hub.status !== 'Claimed';
  return (
    <section aria-labelledby="pair" className="mx-auto flex w-full max-w-2xl flex-col gap-5">
      <div>
        <Link
          href={`/dashboard/homes/${of.homeId}/hubs/${hubId}`}
          className="-my-1.5 inline-flex min-h-11 items-center gap-1.5 rounded-lg pr-2 text-[0.9375rem] break-all text-ink-soft hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-4.5 shrink-0" />
          {hub.serial}
        </Link>
        <h2 id="pair" className="text-2xl font-semibold">
          {text('hub.pair.title')}
        </h2>
        <p className="mt-1 text-pretty text-ink-soft">{text('hub.pair.lead')}</p>
        <div role="status" className="mt-3 flex flex-wrap gap-1.5">
          <HubBadges hub={hub} />
        </div>
      </div>
      <Card className="flex flex-col gap-5 p-5 sm:p-6">
        {attempt === undefined ? (
          isSuspended ? (
            <Notice tone="alarm" title={text('hub.suspended.title')}>
              {text('hub.pair.suspended')}
            </Notice>
          ) : (
            <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-5">
              <AskError error={error} />
              {hub.online === true ? null : (
                <Notice tone="notice" role="status">
                  {text('hub.pair.offline')}
                </Notice>
              )}
              <CodeField
                code={code}
                checked={checked}
                error={problem ?? (isAsked && !checked.isGood ? missingText(checked, text) : undefined)}
                onChange={setCode}
                onScan={() => setIsScanning(true)}
              />
              <p className="text-sm text-pretty text-ink-soft">{text('hub.pair.secret')}</p>
              <Button type="submit" kind="primary" disabled={isBusy} className="min-h-12">
                {text('hub.pair.submit')}
              </Button>
            </form>
          )
        ) : (
          <>
            <PairingSteps attempt={attempt} zone={zone} />
            <Outcome attempt={attempt} locks={locks} isOwner={isOwner} />
            <AskError error={error} />
            {isPairing(attempt) ? (
              isOwner ? (
                <Button disabled={stop.isBusy} onClick={() => void stop.run()} className="self-start">
                  {text('hub.pair.stop')}
                </Button>
              ) : null
            ) : (
              <div className="flex flex-col gap-3 sm:flex-row">
                {attempt.lockId !== undefined || attempt.status === 'succeeded' ? null : sentCode ===
                  undefined ? null : (
                  <Button kind="primary" disabled={isBusy} onClick={() => void ask(sentCode)}>
                    <RotateCcw aria-hidden className="size-5" />
                    {text('hub.pair.again')}
                  </Button>
                )}
                <Button onClick={startAnew}>
                  {text(attempt.status === 'succeeded' ? 'hub.pair.next' : 'hub.pair.another')}
                </Button>
              </div>
            )}
            {!isPairing(attempt) && attempt.status !== 'succeeded' && sentCode === undefined ? (
              <p className="text-sm text-ink-soft">{text('hub.pair.forgotten')}</p>
            ) : null}
          </>
        )}
      </Card>
      {isScanning ? (
        <ScanCode
          onCode={(scanned) => {
            setCode(scanned);
            setIsScanning(false);
          }}
          onClose={() => setIsScanning(false)}
        />
      ) : null}
    </section>
  );
}

/** A pairing under way is always shown; one that is over while it is news and nobody has put it away. */
function isShown(attempt: CommissioningView, putAway: string | undefined, now: number): boolean {
  if (isPairing(attempt)) return true;
  const endedAt = Date.parse(attempt.outcomeAt ?? attempt.expiresAt);
  return attempt.id !== putAway && now - endedAt < recentMs;
}

function Outcome({
  attempt,
  locks,
  isOwner,
}: {
  attempt: CommissioningView;
  locks: readonly HomeLock[];
  isOwner: boolean;
}) {
  const text = useText();
  const { lockId, attestation } = attempt;
  if (attempt.status !== 'succeeded' && !attempt.late) return null;
  const lock = locks.find((one) => one.lockId === lockId);
  return (
    <>
      {attestation === undefined || attestation === 'passed' || attestation === 'verified' ? null : (
        <Notice tone="notice">{text('hub.done.uncertified')}</Notice>
      )}
      {lockId === undefined ? null : lock === undefined ? (
        <Link href={`/dashboard/locks/${lockId}`} className={buttonClass('primary', 'self-start')}>
          {text('hub.done.door')}
        </Link>
      ) : (
        <NewLock key={lockId} lockId={lockId} name={lock.name} isOwner={isOwner} />
      )}
    </>
  );
}
