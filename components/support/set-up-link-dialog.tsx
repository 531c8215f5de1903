'use client';

import { useState } from 'react';
import type { StaffAccount } from '@/server/contracts/staff';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { MadeSetUpLink } from './made-set-up-link';

/** Makes a new set-up link for an account, after saying what using it does. */
export function SetUpLinkDialog({ account, onClose }: { account: StaffAccount; onClose: () => void }) {
  const text = useText();
  const [url, setUrl] = useState<string>();
  const make = useAction(async () =>
    setUrl((await api('staff.renewSetUp', { params: { accountId: account.id } })).url),
  );
  const { name } = account;
  return (
    <Dialog
      isOpen
      isBusy={make.isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={url === undefined ? text('support.staff.link.title', { name }) : text('support.staff.link')}
      {...(url === undefined ? { lead: text('support.staff.link.lead') } : {})}
    >
      {url === undefined ? (
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" disabled={make.isBusy} onClick={() => void make.run()}>
            {text('support.staff.link.make')}
          </Button>
        </DialogActions>
      ) : (
        <MadeSetUpLink url={url} name={name} onDone={onClose} />
      )}
    </Dialog>
  );
}
