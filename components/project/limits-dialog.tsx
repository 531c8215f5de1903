'use client';

import { z } from 'zod';
import type { ProjectSettings } from '@/server/contracts/projects';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { FormDialog } from './form-dialog';
import { type LimitName, limitNames, limitsOf } from './limits';
import { limitField } from './project-fields';

interface LimitsDialogProps {
  project: ProjectSettings;
  onClose: () => void;
  onChanged: () => void;
}

const numberOf = (typed: string) => (typed === '' ? null : Number(typed));
const ofAll = <Value,>(make: (name: LimitName) => Value) =>
  Object.fromEntries(limitNames.map((name) => [name, make(name)])) as Record<LimitName, Value>;

/** Changes how much a project may hold. */
export function LimitsDialog({ project, onClose, onChanged }: LimitsDialogProps) {
  const text = useText();
  const limits = limitsOf(project);
  const form = useApiForm<Record<LimitName, string>>({
    schema: z.object(ofAll(() => limitField(text))),
    defaultValues: ofAll((name) => String(limits[name] ?? '')),
    async send(typed) {
      const { maxUsers, maxHomes, ...quotas } = ofAll((name) => numberOf(typed[name]));
      await api('projects.update', {
        params: { projectId: project.id },
        body: { maxUsers, maxHomes, quotas },
      });
      tell({ tone: 'done', title: text('ui.saved') });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <FormDialog
      title={text('project.limits.change')}
      lead={text('project.limits.lead')}
      action={text('ui.save')}
      of={form}
      onClose={onClose}
    >
      <div className="grid gap-4 sm:grid-cols-2">
        {limitNames.map((name) => (
          <Field
            key={name}
            label={text(`project.limit.${name}`)}
            inputMode="numeric"
            autoComplete="off"
            error={errors[name]?.message}
            {...form.form.register(name)}
          />
        ))}
      </div>
    </FormDialog>
  );
}
