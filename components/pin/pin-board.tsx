'use client';

import { Grid3x3, Plus } from 'lucide-react';
import { useState } from 'react';
import type { PinList, PinView } from '@/server/contracts/pins';
import { api } from '../hooks/api';
import { useHomeData } from '../hooks/use-home-data';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { ErrorNotice } from '../ui/error-notice';
import { later } from '../ui/later';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { PinRow } from './pin-row';

const PinDialog = later(async () => (await import('./pin-dialog')).PinDialog);
const RemovePinDialog = later(async () => (await import('./remove-pin-dialog')).RemovePinDialog);

interface PinBoardProps {
  lockId: number;
  homeId: number;
  cursor: string;
  initial: PinList;
  /** The service's time of the first paint, epoch milliseconds. */
  now: number;
}

type Open = { what: 'new' } | { what: 'change' | 'remove'; pin: PinView };

/** The PIN codes of a door, live, with the ways to add, change and remove them. */
export function PinBoard({ lockId, homeId, cursor, initial, now }: PinBoardProps) {
  const text = useText();
  const [open, setOpen] = useState<Open>();
  const { data, isError, error, reload } = useHomeData<PinList>({
    homeId,
    cursor,
    queryKey: ['pins', lockId],
    load: (signal) => api('pins.list', { params: { id: lockId } }, { signal }),
    initial,
    madeAt: now,
    // The door says whether it can be reached, the home in which time zone it is.
    onMessage: ({ topic, payload }) =>
      topic === 'access' || topic === 'home' || (topic === 'door' && payload.lockId === lockId),
  });
  const { items, keypad, timezone } = data ?? initial;
  const close = () => setOpen(undefined);
  if (!keypad.takesPins && items.length === 0)
    return (
      <Card>
        <EmptyState icon={Grid3x3} title={text('pin.unsupported.title')} text={text('pin.unsupported.text')}>
          <Link href={`/dashboard/locks/${lockId}/links`} className={buttonClass('secondary')}>
            {text('pin.unsupported.links')}
          </Link>
        </EmptyState>
      </Card>
    );
  const canSet = keypad.takesPins && keypad.isReady;
  const isFull = keypad.slots !== undefined && items.length >= keypad.slots;
  const add =
    canSet && !isFull ? (
      <Button kind="primary" onClick={() => setOpen({ what: 'new' })}>
        <Plus aria-hidden className="size-4.5" />
        {text('pin.new')}
      </Button>
    ) : null;
  return (
    <div className="flex flex-col gap-6">
      {canSet ? null : (
        <Notice tone="notice">{text(keypad.takesPins ? 'pin.notReady' : 'pin.unsupported.title')}</Notice>
      )}
      {canSet && keypad.reachable === false ? <Notice tone="notice">{text('pin.unreachable')}</Notice> : null}
      <Card className="overflow-hidden">
        <section aria-labelledby="pins">
          <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-4 py-4 sm:px-6">
            <div className="min-w-0 flex-1 basis-72">
              <h2 id="pins" className="text-xl font-semibold">
                {text('pin.title')}
              </h2>
              <p className="text-sm text-pretty text-ink-soft">{text('pin.lead')}</p>
            </div>
            {items.length === 0 ? null : add}
          </div>
          {isError ? <ErrorNotice error={error} /> : null}
          {items.length === 0 ? (
            <EmptyState icon={Grid3x3} level={3} title={text('pin.none.title')} text={text('pin.none.text')}>
              {add}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((pin) => (
                <PinRow
                  key={pin.id}
                  pin={pin}
                  zone={timezone}
                  canChange={canSet}
                  onChange={(one) => setOpen({ what: 'change', pin: one })}
                  onRemove={(one) => setOpen({ what: 'remove', pin: one })}
                />
              ))}
            </ul>
          )}
          {keypad.slots === undefined || items.length === 0 ? null : (
            <p className="border-t border-line px-4 py-3 text-sm text-ink-soft sm:px-6">
              {text('pin.slots', { used: items.length, slots: keypad.slots })}
              {isFull ? ` · ${text('pin.full')}` : ''}
            </p>
          )}
        </section>
      </Card>
      {open?.what === 'new' ? (
        <PinDialog lockId={lockId} keypad={keypad} zone={timezone} onClose={close} onDone={reload} />
      ) : null}
      {open?.what === 'change' ? (
        <PinDialog
          lockId={lockId}
          pin={items.find(({ id }) => id === open.pin.id) ?? open.pin}
          keypad={keypad}
          zone={timezone}
          onClose={close}
          onDone={reload}
        />
      ) : null}
      {open?.what === 'remove' ? (
        <RemovePinDialog lockId={lockId} pin={open.pin} onClose={close} onDone={reload} />
      ) : null}
    </div>
  );
}
