'use client';

import { EllipsisVertical, Fingerprint, Pencil, Trash2 } from 'lucide-react';
import type { Passkey } from '@/server/contracts/passkeys';
import { useText } from '../messages/provider';
import { Moment } from '../time/moment';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';

interface PasskeyRowProps {
  passkey: Passkey;
  /** Absent: it keeps its name. */
  onRename?: () => void;
  onRemove: () => void;
}

/** A passkey in a list: what it is called, when it was used, and what can be done to it. Needs the texts of `account`. */
export function PasskeyRow({ passkey, onRename, onRemove }: PasskeyRowProps) {
  const text = useText();
  const { name, creationTime, lastUsedTime } = passkey;
  return (
    <li className="flex items-center gap-3 px-4 py-3 sm:gap-4 sm:px-6">
      <span className="grid size-11 shrink-0 place-items-center rounded-full bg-sunken text-ink-soft">
        <Fingerprint aria-hidden className="size-5.5" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="font-semibold break-words">{name}</p>
        <p className="text-sm text-pretty text-ink-soft">
          {text('passkeys.made')} <Moment at={creationTime} zone={undefined} />
          {' · '}
          {lastUsedTime === undefined ? (
            text('passkeys.neverUsed')
          ) : (
            <>
              {text('passkeys.used')} <Moment at={lastUsedTime} zone={undefined} />
            </>
          )}
        </p>
      </div>
      <Menu
        trigger={
          <Button kind="quiet" isIcon aria-label={text('passkeys.actions', { name })} className="shrink-0">
            <EllipsisVertical aria-hidden className="size-5" />
          </Button>
        }
      >
        {onRename === undefined ? null : (
          <MenuItem icon={Pencil} onSelect={onRename}>
            {text('passkeys.rename')}
          </MenuItem>
        )}
        <MenuItem icon={Trash2} isDangerous onSelect={onRemove}>
          {text('ui.remove')}
        </MenuItem>
      </Menu>
    </li>
  );
}
