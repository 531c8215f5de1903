'use client';

import { z } from 'zod';
import type { ProjectSettings } from '@/server/contracts/projects';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { FormDialog } from './form-dialog';
import { limitField, projectNameField } from './project-fields';

interface SettingsDialogProps {
  project: ProjectSettings;
  onClose: () => void;
  onChanged: () => void;
}

const numberOf = (typed: string) => (typed === '' ? null : Number(typed));

/** Changes the name of a project and how much it may hold. */
export function SettingsDialog({ project, onClose, onChanged }: SettingsDialogProps) {
  const text = useText();
  const form = useApiForm<{ name: string; maxUsers: string; maxHomes: string }>({
    schema: z.object({
      name: projectNameField(text),
      maxUsers: limitField(text),
      maxHomes: limitField(text),
    }),
    defaultValues: {
      name: project.name,
      maxUsers: String(project.maxUsers ?? ''),
      maxHomes: String(project.maxHomes ?? ''),
    },
    async send({ name, maxUsers, maxHomes }) {
      await api('projects.update', {
        params: { projectId: project.id },
        body: { name, maxUsers: numberOf(maxUsers), maxHomes: numberOf(maxHomes) },
      });
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
      {(['maxUsers', 'maxHomes'] as const).map((field) => (
        <Field
          key={field}
          label={text(field === 'maxUsers' ? 'project.facts.users' : 'project.facts.homes')}
          hint={text('project.facts.limit.hint')}
          inputMode="numeric"
          autoComplete="off"
          error={errors[field]?.message}
          {...form.form.register(field)}
        />
      ))}
    </FormDialog>
  );
}
