'use client';

import { useRouter } from 'next/navigation';
import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { nameField } from './account-fields';

/** Changes the own name. */
export function NameDialog({ userId, name, onClose }: { userId: number; name: string; onClose: () => void }) {
  const text = useText();
  const router = useRouter();
  const form = useApiForm<{ name: string }>({
    schema: z.object({ name: nameField(text) }),
    defaultValues: { name },
    async send(values) {
      await api('users.update', { params: { userId }, body: values });
      tell({ tone: 'done', title: text('account.profile.nameSaved') });
      router.refresh();
      onClose();
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={text('account.profile.changeName')}
      lead={text('account.profile.nameLead')}
    >
      <Form of={form}>
        <Field
          label={text('account.profile.name')}
          autoComplete="name"
          error={form.form.formState.errors.name?.message}
          {...form.form.register('name')}
        />
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={form.isBusy}>
            {text(form.isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
