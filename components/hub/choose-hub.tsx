'use client';

import type { HubView } from '@/server/contracts/hubs';
import { useText } from '../messages/provider';
import { buttonClass } from '../ui/button';
import { Dialog } from '../ui/dialog';
import { Link } from '../ui/link';
import { HubBadges } from './hub-badges';

interface ChooseHubProps {
  hubs: readonly HubView[];
  path: string;
  onClose: () => void;
}

/** Which hub the new lock is to hang behind; with one hub there is nothing to ask. */
export function ChooseHub({ hubs, path, onClose }: ChooseHubProps) {
  const text = useText();
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={text('hub.lock.add')}
      lead={text('hub.lock.add.choose')}
    >
      <ul className="flex flex-col gap-2">
        {hubs.map((hub) => (
          <li key={hub.hubId}>
            <Link
              href={`${path}/${hub.hubId}/pair`}
              className={buttonClass('secondary', 'w-full flex-wrap justify-between py-2')}
            >
              <span className="min-w-0 break-all">{hub.serial}</span>
              <span className="flex flex-wrap gap-1.5">
                <HubBadges hub={hub} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
