'use client';

import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';

const CreateHomeDialog = later(async () => (await import('./create-home-dialog')).CreateHomeDialog);

/** Starts a new home. */
export function CreateHomeButton() {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button kind="primary" onClick={() => setIsOpen(true)}>
        <Plus aria-hidden className="size-4.5" />
        {text('home.create')}
      </Button>
      {isOpen ? <CreateHomeDialog onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
