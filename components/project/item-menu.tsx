'use client';

import { Ellipsis, type LucideIcon, Plus } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Menu, MenuItem } from '../ui/menu';

export interface ItemAct {
  label: string;
  icon: LucideIcon;
  isDangerous?: boolean;
  onSelect: () => void;
}

/** What can be done to one thing of a project, behind one button. */
export function ItemMenu({ name, acts }: { name: string; acts: readonly ItemAct[] }) {
  const text = useText();
  if (acts.length === 0) return null;
  return (
    <Menu
      trigger={
        <Button kind="quiet" isIcon aria-label={text('project.more', { name })}>
          <Ellipsis aria-hidden className="size-5" />
        </Button>
      }
    >
      {acts.map(({ label, icon, isDangerous = false, onSelect }) => (
        <MenuItem key={label} icon={icon} isDangerous={isDangerous} onSelect={onSelect}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

/** Adds to a part; `label` says what, and begins with the word that is seen. */
export function AddButton({ label, onClick }: { label: string; onClick: () => void }) {
  const text = useText();
  return (
    <Button kind="quiet" aria-label={label} onClick={onClick}>
      <Plus aria-hidden className="size-4.5" />
      {text('project.new')}
    </Button>
  );
}
