'use client';

import { Plus } from 'lucide-react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { LateMenu } from '../ui/late-menu';
import type { MenuAct } from '../ui/menu-of-acts';

/** What can be done to one thing of a project, behind one button. */
export function ItemMenu({ name, acts }: { name: string; acts: readonly MenuAct[] }) {
  const text = useText();
  return acts.length === 0 ? null : <LateMenu label={text('project.more', { name })} acts={acts} />;
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
