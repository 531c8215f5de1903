import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { Menu, MenuItem } from './menu';

export interface MenuAct {
  label: string;
  icon: LucideIcon;
  isDangerous?: boolean;
  onSelect: () => void;
}

/** A menu that is open when it comes, for who has pressed its button already. */
export function MenuOfActs({ trigger, acts }: { trigger: ReactElement; acts: readonly MenuAct[] }) {
  return (
    <Menu trigger={trigger} isOpenAtFirst>
      {acts.map(({ label, icon, isDangerous = false, onSelect }) => (
        <MenuItem key={label} icon={icon} isDangerous={isDangerous} onSelect={onSelect}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
