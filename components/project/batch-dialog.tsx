'use client';

import { useState } from 'react';
import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Dialog } from '../ui/dialog';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import type { MadeDevice } from './batch-csv';
import { FormDialog } from './form-dialog';
import { MadeBatch } from './made-batch';

interface BatchDialogProps {
  projectId: number;
  deviceClass: string;
  onClose: () => void;
}

const most = 1_000;

/** Makes devices of a class ahead of their sale, and hands over what belongs to each. */
export function BatchDialog({ projectId, deviceClass, onClose }: BatchDialogProps) {
  const text = useText();
  const [made, setMade] = useState<MadeDevice[]>();
  const form = useApiForm<{ count: string; tagPrefix: string }>({
    schema: z.object({
      count: z
        .string()
        .trim()
        .refine(
          (typed) => /^\d{1,4}$/.test(typed) && Number(typed) >= 1 && Number(typed) <= most,
          text('project.batch.count.wrong'),
        ),
      tagPrefix: z
        .string()
        .trim()
        .max(60, text('project.batch.prefix.wrong'))
        .regex(/^([A-Za-z0-9][A-Za-z0-9 _./-]*)?$/, text('project.batch.prefix.wrong')),
    }),
    defaultValues: { count: '10', tagPrefix: '' },
    async send({ count, tagPrefix }) {
      const body = { deviceClass, count: Number(count), ...(tagPrefix === '' ? {} : { tagPrefix }) };
      setMade((await api('projects.makeDevices', { params: { projectId }, body })).items);
    },
  });
  const { errors } = form.form.formState;
  const title = `${text('project.batch.title')}: ${deviceClass}`;
  if (made !== undefined)
    return (
      <Dialog isOpen onOpenChange={(isOpen) => isOpen || onClose()} title={title} size="wide">
        <MadeBatch projectId={projectId} deviceClass={deviceClass} devices={made} onDone={onClose} />
      </Dialog>
    );
  return (
    <FormDialog
      title={title}
      lead={text('project.batch.lead')}
      action={text('project.batch.make')}
      of={form}
      onClose={onClose}
    >
      <Field
        label={text('project.batch.count')}
        inputMode="numeric"
        autoComplete="off"
        error={errors.count?.message}
        {...form.form.register('count')}
      />
      <Field
        label={text('project.optional', { label: text('project.batch.prefix') })}
        hint={text('project.batch.prefix.hint')}
        autoComplete="off"
        error={errors.tagPrefix?.message}
        {...form.form.register('tagPrefix')}
      />
    </FormDialog>
  );
}
