'use client';

import { Ellipsis } from 'lucide-react';
import { useRef, useState } from 'react';
import { useAction } from '../hooks/use-action';
import { Button } from './button';
import type { MenuAct, MenuOfActs } from './menu-of-acts';

const load = async () => (await import('./menu-of-acts')).MenuOfActs;

/**
 * What can be done to one thing of many, behind one button. The menu itself is fetched when somebody comes near the
 * button: a page of rows does not wait for it.
 */
export function LateMenu({ label, acts }: { label: string; acts: readonly MenuAct[] }) {
  const button = useRef<HTMLButtonElement>(null);
  const [opened, setOpened] = useState<{ Menu: typeof MenuOfActs; isByKey: boolean }>();
  const { run } = useAction(async (isByKey: boolean) => setOpened({ Menu: await load(), isByKey }));
  const named = { kind: 'quiet', isIcon: true, 'aria-label': label, 'aria-haspopup': 'menu' } as const;
  const dots = <Ellipsis aria-hidden className="size-5" />;
  if (opened !== undefined) {
    const { Menu, isByKey } = opened;
    const trigger = (
      <Button {...named} ref={button}>
        {dots}
      </Button>
    );
    return <Menu trigger={trigger} button={button} isByKey={isByKey} acts={acts} />;
  }
  return (
    <Button
      {...named}
      aria-expanded={false}
      // What is not there when the button is pressed is asked for again, and then told.
      onPointerEnter={() => void load().catch(() => {})}
      onClick={({ detail }) => void run(detail === 0)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        void run(true);
      }}
    >
      {dots}
    </Button>
  );
}
