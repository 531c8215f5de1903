'use client';

import { useRouter } from 'next/navigation';
import { z } from 'zod';
import type { Device } from '@/server/contracts/devices';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { tell } from '../ui/toast';

interface RenameDialogProps {
  device: Device;
  onDone: () => void;
  onClose: () => void;
}

/** Name and tag of a device. */
export function RenameDialog({ device, onDone, onClose }: RenameDialogProps) {
  const text = useText();
  const renaming = useApiForm<{ name: string; tag: string }>({
    schema: z.object({
      // A device without a name may stay so; one that has a name cannot be left without.
      name: z
        .string()
        .trim()
        .refine((name) => name !== '' || device.name === undefined, text('device.nameMissing')),
      tag: z.string().trim(),
    }),
    defaultValues: { name: device.name ?? '', tag: device.tag ?? '' },
    send: async ({ name, tag }) => {
      const body = {
        ...(name === '' ? {} : { name }),
        ...(tag === '' && device.tag === undefined ? {} : { tag }),
      };
      await api('devices.update', { params: { deviceId: device.id }, body });
      onDone();
      tell({ tone: 'done', title: text('ui.saved') });
      onClose();
    },
  });
  const { register, formState } = renaming.form;
  return (
    <Dialog isOpen onOpenChange={onClose} title={text('device.rename')}>
      <Form of={renaming}>
        <Field
          label={text('device.name')}
          hint={text('device.nameHint')}
          error={formState.errors.name?.message}
          maxLength={120}
          {...register('name')}
        />
        <Field
          label={text('device.tag')}
          hint={text('device.tagHint')}
          error={formState.errors.tag?.message}
          maxLength={256}
          {...register('tag')}
        />
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={renaming.isBusy}>
            {text(renaming.isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

interface RemoveDialogProps {
  device: Device;
  name: string;
  homeId: number;
  onClose: () => void;
}

/** Asks before a device leaves its home, and says what that means. */
export function RemoveDialog({ device, name, homeId, onClose }: RemoveDialogProps) {
  const text = useText();
  const router = useRouter();
  const remove = useAction(
    async () => {
      await api('devices.delete', { params: { deviceId: device.id } });
      router.push(`/dashboard/homes/${homeId}/devices`);
      router.refresh();
      return 'leaving';
    },
    { done: text('device.removed', { name }) },
  );
  return (
    <Dialog
      isOpen
      isBusy={remove.isBusy}
      onOpenChange={onClose}
      title={text('device.remove.title', { name })}
      lead={text('device.remove.text')}
    >
      <DialogActions>
        <DialogCancel />
        <Button kind="destroy" disabled={remove.isBusy} onClick={() => void remove.run()}>
          {text('device.remove')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
