'use client';

import { useRouter } from 'next/navigation';
import { newHome } from '@/server/contracts/homes';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { ZoneField } from './zone-field';

/** Asks for name and time zone of a new home and leads to it. */
export function CreateHomeDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const router = useRouter();
  const made = useApiForm({
    schema: newHome,
    defaultValues: { name: '', timezone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    send: async ({ name, timezone }) => {
      const { id } = await api('homes.create', { body: { name, timezone } });
      router.push(`/dashboard/homes/${id}`);
      return 'leaving';
    },
  });
  const { errors } = made.form.formState;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('home.create')}
      lead={text('home.create.lead')}
    >
      <Form of={made}>
        <Field
          label={text('home.name')}
          hint={text('home.name.hint')}
          error={errors.name === undefined ? undefined : text('home.name.wrong')}
          autoComplete="off"
          {...made.form.register('name')}
        />
        <ZoneField isWrong={errors.timezone !== undefined} {...made.form.register('timezone')} />
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="primary" disabled={made.isBusy}>
            {text(made.isBusy ? 'ui.saving' : 'home.create')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
