'use client';

import { CircleCheck, CircleHelp, LoaderCircle, type LucideIcon, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useState } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { Notice } from '../ui/notice';
import { isAllLocked, judgeSweep, type Sweep } from './sweep';

/** How long a lock is given to report what it is doing just now. */
const settleMs = 3_000;

interface SweepDialogProps {
  homeName: string;
  /** The home may have doors that the viewer does not see. */
  isPart: boolean;
  doors: readonly DoorView[];
  onClose: () => void;
}

async function ask(lockId: number, signal: AbortSignal): Promise<DoorView | undefined> {
  try {
    return await api('locks.get', { params: { id: lockId } }, { signal, timeoutMs: 4_000 });
  } catch {
    return undefined;
  }
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function Names({
  title,
  names,
  icon: Icon,
  tone,
}: {
  title: string;
  names: readonly string[];
  icon: LucideIcon;
  tone: string;
}) {
  const id = useId();
  if (names.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <h3 id={id} className={`flex items-center gap-2 font-semibold ${tone}`}>
        <Icon aria-hidden className="size-5 shrink-0" />
        {title}
      </h3>
      <ul className="pl-7">
        {names.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </section>
  );
}

/** Asks for every door of a home that is shown, gives the locks a moment, asks again, and says what is known and what is not. */
export function SweepDialog({ homeName, isPart, doors, onClose }: SweepDialogProps) {
  const text = useText();
  const serverTime = useServerTime();
  const [sweep, setSweep] = useState<Sweep>();
  const [run, setRun] = useState(0);
  const [asked] = useState(() => doors.map(({ lockId, name }) => ({ lockId, name })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another run asks anew
  useEffect(() => {
    const stop = new AbortController();
    const look = async () => {
      const all = () => Promise.all(asked.map(({ lockId }) => ask(lockId, stop.signal)));
      await all();
      await pause(settleMs);
      const answers = stop.signal.aborted ? [] : await all();
      if (stop.signal.aborted) return;
      setSweep(
        judgeSweep(
          asked.map(({ name }, place) => ({ name, answer: answers[place] })),
          serverTime(),
        ),
      );
    };
    void look();
    return () => stop.abort();
  }, [asked, run, serverTime]);
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('dashboard.sweep.title', { home: homeName })}
      lead={text(isPart ? 'dashboard.sweep.leadGuest' : 'dashboard.sweep.lead')}
    >
      <div role="status" aria-busy={sweep === undefined} className="flex min-h-40 flex-col gap-4">
        {sweep === undefined ? (
          <p className="flex items-center gap-3 text-lg">
            <LoaderCircle aria-hidden className="size-5 shrink-0 motion-safe:animate-spin" />
            {text(isPart ? 'dashboard.sweep.busyGuest' : 'dashboard.sweep.busy')}
          </p>
        ) : (
          <>
            {isAllLocked(sweep) ? (
              <p className="flex items-center gap-2 text-lg font-semibold text-calm">
                <CircleCheck aria-hidden className="size-5 shrink-0" />
                {text(isPart ? 'dashboard.sweep.allGuest' : 'dashboard.sweep.all')}
              </p>
            ) : null}
            <Names
              title={text('dashboard.sweep.notLocked')}
              names={sweep.notLocked}
              icon={TriangleAlert}
              tone="text-notice"
            />
            <Names
              title={text('dashboard.sweep.unverified')}
              names={sweep.unverified}
              icon={CircleHelp}
              tone="text-unknown"
            />
            <Names
              title={text('dashboard.sweep.locked')}
              names={sweep.locked}
              icon={CircleCheck}
              tone="text-calm"
            />
            {sweep.unverified.length === 0 ? null : (
              <Notice tone="unknown">{text('dashboard.sweep.advice')}</Notice>
            )}
          </>
        )}
      </div>
      <DialogActions>
        <Button
          aria-disabled={sweep === undefined}
          onClick={() => {
            if (sweep === undefined) return;
            setSweep(undefined);
            setRun(run + 1);
          }}
        >
          {text('dashboard.sweep.again')}
        </Button>
        <Button kind="primary" onClick={onClose}>
          {text('ui.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
