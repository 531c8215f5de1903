'use client';

import { useState } from 'react';
import { z } from 'zod';
import { keyPermissions } from '@/server/contracts/project-words';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { FormDialog } from './form-dialog';
import { projectNameField } from './project-fields';

interface NewKeyDialogProps {
  projectId: number;
  onClose: () => void;
  onChanged: () => void;
}

/** Makes a project key and shows it this once. */
export function NewKeyDialog({ projectId, onClose, onChanged }: NewKeyDialogProps) {
  const text = useText();
  const [key, setKey] = useState<string>();
  const form = useApiForm<{ name: string; permissions: (typeof keyPermissions)[number][] }>({
    schema: z.object({ name: projectNameField(text), permissions: z.array(z.enum(keyPermissions)) }),
    defaultValues: { name: '', permissions: [] },
    async send(body) {
      const made = await api('projects.addKey', { params: { projectId }, body });
      setKey(made.key);
      onChanged();
    },
  });
  return (
    <FormDialog
      title={text('project.keys.new')}
      lead={text('project.keys.lead')}
      action={text('project.keys.make')}
      of={form}
      secret={key === undefined ? undefined : { label: text('project.secret'), value: key }}
      onClose={onClose}
    >
      <Field
        label={text('project.name')}
        hint={text('project.keys.name.hint')}
        autoComplete="off"
        error={form.form.formState.errors.name?.message}
        {...form.form.register('name')}
      />
      <fieldset className="flex flex-col">
        <legend className="text-[0.9375rem] font-medium">{text('project.keys.permissions')}</legend>
        {keyPermissions.map((permission) => (
          <label key={permission} className="flex min-h-11 items-center gap-3">
            <input
              type="checkbox"
              value={permission}
              className="size-5 accent-accent"
              {...form.form.register('permissions')}
            />
            {text(`project.keys.permission.${permission}`)}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}
