'use client';

import { type FormEvent, useState } from 'react';
import type { StaffAccount } from '@/server/contracts/staff';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { AccountRights, namesAny, type Project, projectsOf, type Rights } from './account-rights';

interface ChangeAccountDialogProps {
  account: StaffAccount;
  projects: readonly Project[];
  canGiveAll: boolean;
  onClose: () => void;
  onChanged: () => void;
}

/** Changes the role of a staff account and the projects it works for. */
export function ChangeAccountDialog({
  account,
  projects,
  canGiveAll,
  onClose,
  onChanged,
}: ChangeAccountDialogProps) {
  const text = useText();
  const [rights, setRights] = useState<Rights>({
    role: account.role,
    everyProject: account.everyProject,
    projects: account.projects.map(({ id }) => id),
  });
  const [isMissing, setIsMissing] = useState(false);
  const save = useAction(
    async () => {
      const at = { params: { accountId: account.id } };
      if (rights.role !== account.role) await api('staff.update', { ...at, body: { role: rights.role } });
      await api('staff.setProjects', { ...at, body: projectsOf(rights) });
    },
    { done: text('ui.saved') },
  );
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!namesAny(rights)) return setIsMissing(true);
    const isDone = await save.run();
    onChanged();
    if (isDone) onClose();
  };
  return (
    <Dialog
      isOpen
      isBusy={save.isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('support.staff.change.title', { name: account.name })}
    >
      <form method="post" onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
        <AccountRights
          rights={rights}
          projects={projects}
          canGiveAll={canGiveAll}
          isMissing={isMissing && !namesAny(rights)}
          onChange={setRights}
        />
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={save.isBusy}>
            {text(save.isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
