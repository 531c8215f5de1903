'use client';

import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { useAction } from '../hooks/use-action';
import { Button } from './button';
import type { MenuAct, MenuOfActs } from './menu-of-acts';

const load = async () => (await import('./menu-of-acts')).MenuOfActs;

/**
 * What can be done to one thing of many, behind one button. The menu itself is fetched when somebody comes near the
 * button: a page of rows does not wait for it.
 */
export function LateMenu({ label, acts }: { label: string; acts: readonly MenuAct[] }) {
  const [Loaded, setLoaded] = useState<typeof MenuOfActs>();
  const { run } = useAction(async () => {
    const found = await load();
    setLoaded(() => found);
  });
  const button = (
    <Button kind="quiet" isIcon aria-label={label} aria-haspopup="menu">
      <Ellipsis aria-hidden className="size-5" />
    </Button>
  );
  if (Loaded !== undefined) return <Loaded trigger={button} acts={acts} />;
  return (
    <Button
      {...button.props}
      aria-expanded={false}
      // What is not there when the button is pressed is asked for again, and then told.
      onPointerEnter={() => void load().catch(() => {})}
      onClick={() => void run()}
      onKeyDown={({ key }) => {
        if (key === 'ArrowDown') void run();
      }}
    />
  );
}
