'use client';

import { useState } from 'react';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { later } from '../ui/later';
import type { DeletedAccount } from './delete-dialog';
import { Section } from './section';

const DeleteDialog = later(async () => (await import('./delete-dialog')).DeleteDialog);

/** The way out: says what goes, and asks. */
export function DeleteSection({ account }: { account: DeletedAccount }) {
  const text = useText();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Section title={text('account.delete.title')} text={text('account.delete.text')}>
      <div className="py-4">
        <Button kind="danger" onClick={() => setIsOpen(true)}>
          {text('account.delete.open')}
        </Button>
      </div>
      {isOpen ? <DeleteDialog account={account} onClose={() => setIsOpen(false)} /> : null}
    </Section>
  );
}
