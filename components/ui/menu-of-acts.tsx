import type { LucideIcon } from 'lucide-react';
import { type ReactElement, type RefObject, useEffect } from 'react';
import { Menu, MenuItem } from './menu';

export interface MenuAct {
  label: string;
  icon: LucideIcon;
  isDangerous?: boolean;
  onSelect: () => void;
}

interface MenuOfActsProps {
  trigger: ReactElement;
  /** The button of the menu, where `trigger` keeps it. */
  button: RefObject<HTMLButtonElement | null>;
  /** Whether the button was pressed by a key: then the first act has the focus. */
  isByKey: boolean;
  acts: readonly MenuAct[];
}

/** A menu that is open when it comes, for who has pressed its button already. */
export function MenuOfActs({ trigger, button, isByKey, acts }: MenuOfActsProps) {
  useEffect(() => {
    if (!isByKey) return;
    // As if the key were pressed now: only then does the menu know that it is used by keyboard.
    button.current?.focus();
    button.current?.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  }, [isByKey, button]);
  return (
    <Menu trigger={trigger} isOpenAtFirst={!isByKey}>
      {acts.map(({ label, icon, isDangerous = false, onSelect }) => (
        <MenuItem key={label} icon={icon} isDangerous={isDangerous} onSelect={onSelect}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
