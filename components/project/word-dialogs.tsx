'use client';

import { z } from 'zod';
import { inOurWords } from '../account/refused';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { FormDialog } from './form-dialog';
import { descriptionField, wordField } from './project-fields';

interface WordDialogProps {
  projectId: number;
  onClose: () => void;
  onChanged: () => void;
}

/** Adds an app or a device class: an id and what is said of it. */
export function NewWordDialog({
  of,
  projectId,
  onClose,
  onChanged,
}: WordDialogProps & { of: 'apps' | 'classes' }) {
  const text = useText();
  const form = useApiForm<{ id: string; description: string }>({
    schema: z.object({ id: wordField(text), description: descriptionField(text) }),
    defaultValues: { id: '', description: '' },
    async send({ id, description }) {
      const body = { id, ...(description === '' ? {} : { description }) };
      try {
        await api(of === 'apps' ? 'projects.addApp' : 'projects.addClass', { params: { projectId }, body });
      } catch (error) {
        throw inOurWords(error, { ID_TAKEN: ['id', text('project.word.taken')] });
      }
      tell({ tone: 'done', title: text(`project.${of}.added`) });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <FormDialog
      title={text(`project.${of}.new`)}
      lead={text(`project.${of}.lead`)}
      action={text(`project.${of}.add`)}
      of={form}
      onClose={onClose}
    >
      <Field
        label={text('project.word')}
        hint={text('project.word.hint')}
        autoComplete="off"
        error={errors.id?.message}
        {...form.form.register('id')}
      />
      <Field
        label={text('project.optional', { label: text('project.description') })}
        autoComplete="off"
        error={errors.description?.message}
        {...form.form.register('description')}
      />
    </FormDialog>
  );
}

/** Changes what is said of a device class. */
export function DescribeDialog({
  projectId,
  classId,
  description,
  onClose,
  onChanged,
}: WordDialogProps & { classId: string; description: string }) {
  const text = useText();
  const form = useApiForm<{ description: string }>({
    schema: z.object({ description: descriptionField(text) }),
    defaultValues: { description },
    async send(body) {
      await api('projects.describeClass', { params: { projectId, classId }, body });
      tell({ tone: 'done', title: text('ui.saved') });
      onChanged();
      onClose();
    },
  });
  return (
    <FormDialog
      title={text('project.classes.describe.title', { name: classId })}
      action={text('ui.save')}
      of={form}
      onClose={onClose}
    >
      <Field
        label={text('project.description')}
        autoComplete="off"
        error={form.form.formState.errors.description?.message}
        {...form.form.register('description')}
      />
    </FormDialog>
  );
}
