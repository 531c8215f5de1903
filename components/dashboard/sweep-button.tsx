'use client';

import { Footprints } from 'lucide-react';
import { useState } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';

const SweepDialog = later(async () => (await import('./sweep-dialog')).SweepDialog);

/** Leaving home: looks at all doors of one home that the viewer can see. */
export function SweepButton({ homeName, doors }: { homeName: string; doors: readonly DoorView[] }) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  const isPart = doors.some(({ role }) => role === 'guest');
  return (
    <>
      <Button
        aria-label={text(isPart ? 'dashboard.sweep.ofGuest' : 'dashboard.sweep.of', { home: homeName })}
        onClick={() => setIsOpen(true)}
      >
        <Footprints aria-hidden className="size-4.5" />
        {text('dashboard.sweep')}
      </Button>
      {isOpen ? (
        <SweepDialog homeName={homeName} isPart={isPart} doors={doors} onClose={() => setIsOpen(false)} />
      ) : null}
    </>
  );
}
