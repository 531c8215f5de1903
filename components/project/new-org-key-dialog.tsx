'use client';

import { useState } from 'react';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { ConfirmDialog } from '../member/confirm-dialog';
import { useText } from '../messages/provider';
import { Dialog } from '../ui/dialog';
import { MadeSecret } from './made-secret';

interface NewOrgKeyDialogProps {
  projectId: number;
  onClose: () => void;
  onChanged: () => void;
}

/** Makes the key of the organisation, which ends the one before, and shows it this once. */
export function NewOrgKeyDialog({ projectId, onClose, onChanged }: NewOrgKeyDialogProps) {
  const text = useText();
  const [key, setKey] = useState<string>();
  const make = useAction(async () => {
    const made = await api('projects.addOrgKey', { params: { projectId } });
    setKey(made.key);
    onChanged();
  });
  const title = text('project.orgKeys.new');
  if (key === undefined)
    return (
      <ConfirmDialog
        title={title}
        lead={text('project.orgKeys.lead')}
        action={text('project.orgKeys.make')}
        kind="primary"
        isBusy={make.isBusy}
        onConfirm={() => void make.run()}
        onClose={onClose}
      />
    );
  return (
    <Dialog isOpen onOpenChange={(isOpen) => isOpen || onClose()} title={title}>
      <MadeSecret label={text('project.secret')} value={key} onDone={onClose} />
    </Dialog>
  );
}
