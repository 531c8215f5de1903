'use client';

import { z } from 'zod';
import type { ProjectSettings } from '@/server/contracts/projects';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { FormDialog } from './form-dialog';
import { projectNameField } from './project-fields';

interface SettingsDialogProps {
  project: ProjectSettings;
  onClose: () => void;
  onChanged: () => void;
}

/** Changes the name of a project. */
export function SettingsDialog({ project, onClose, onChanged }: SettingsDialogProps) {
  const text = useText();
  const form = useApiForm<{ name: string }>({
    schema: z.object({ name: projectNameField(text) }),
    defaultValues: { name: project.name },
    async send(body) {
      await api('projects.update', { params: { projectId: project.id }, body });
      tell({ tone: 'done', title: text('ui.saved') });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <FormDialog title={text('project.facts.change')} action={text('ui.save')} of={form} onClose={onClose}>
      <Field
        label={text('project.name')}
        autoComplete="off"
        error={errors.name?.message}
        {...form.form.register('name')}
      />
    </FormDialog>
  );
}
