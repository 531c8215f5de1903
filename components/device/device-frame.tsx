'use client';

import { Ellipsis, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Device } from '@/server/contracts/devices';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';
import { Menu, MenuItem } from '../ui/menu';
import { ConnectionBadge } from './connection-badge';
import { calledOf } from './devices';
import { useDevice } from './use-device';

const RenameDialog = later(async () => (await import('./device-dialogs')).RenameDialog);
const RemoveDialog = later(async () => (await import('./device-dialogs')).RemoveDialog);

export interface DeviceProps {
  homeId: number;
  cursor: string;
  zone: string | undefined;
  initial: Device;
  now: number;
}

/** Name of a device, whether it is there, and what can be done with it. */
export function DeviceHeading(props: DeviceProps) {
  const text = useText();
  const { data: device = props.initial, reload } = useDevice(props);
  const [open, setOpen] = useState<'rename' | 'remove'>();
  const name = calledOf(device) ?? text('device.unnamed', { id: device.id });
  const close = () => setOpen(undefined);
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <h2 className="text-2xl font-semibold break-words">{name}</h2>
        <div role="status" className="mt-2">
          <ConnectionBadge isConnected={device.isConnected} />
        </div>
      </div>
      <Menu
        trigger={
          <Button isIcon aria-label={text('ui.more')} className="shrink-0">
            <Ellipsis aria-hidden className="size-5" />
          </Button>
        }
      >
        <MenuItem icon={Pencil} onSelect={() => setOpen('rename')}>
          {text('device.rename')}
        </MenuItem>
        <MenuItem icon={Trash2} isDangerous onSelect={() => setOpen('remove')}>
          {text('device.remove')}
        </MenuItem>
      </Menu>
      {open === 'rename' ? <RenameDialog device={device} onDone={reload} onClose={close} /> : null}
      {open === 'remove' ? (
        <RemoveDialog device={device} name={name} homeId={props.homeId} onClose={close} />
      ) : null}
    </div>
  );
}
