'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';

/** How devices come into this home, as far as the viewer may add one. */
export type WaysToAdd = { kind: 'none' } | { kind: 'claim' } | { kind: 'token'; deviceClasses: string[] };

const ClaimDialog = later(async () => (await import('./claim-dialog')).ClaimDialog);
const TokenDialog = later(async () => (await import('./token-dialog')).TokenDialog);

interface AddDeviceProps {
  homeId: number;
  ways: WaysToAdd;
  /** Devices that are in the home now. */
  knownIds: number[];
}

/** The button that adds a device, in the one way that the project has. */
export function AddDevice({ homeId, ways, knownIds }: AddDeviceProps) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  if (ways.kind === 'none') return null;
  return (
    <>
      <Button kind="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden className="size-4.5" />
        {text('device.add')}
      </Button>
      {isOpen && ways.kind === 'claim' ? (
        <ClaimDialog homeId={homeId} onClose={() => setIsOpen(false)} />
      ) : null}
      {isOpen && ways.kind === 'token' ? (
        <TokenDialog
          homeId={homeId}
          deviceClasses={ways.deviceClasses}
          knownIds={knownIds}
          onClose={() => setIsOpen(false)}
        />
      ) : null}
    </>
  );
}
