'use client';

import { useState } from 'react';
import { z } from 'zod';
import { inOurWords } from '../account/refused';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { FormDialog } from './form-dialog';
import { addressField, descriptionField, wordField } from './project-fields';

interface NewModuleDialogProps {
  projectId: number;
  onClose: () => void;
  onChanged: () => void;
}

const given = (name: string, value: string) => (value === '' ? {} : { [name]: value });

/** Adds a webhook module and shows the secret of its signatures this once. */
export function NewModuleDialog({ projectId, onClose, onChanged }: NewModuleDialogProps) {
  const text = useText();
  const [key, setKey] = useState<string>();
  const form = useApiForm<Record<'id' | 'description' | 'eventUrl' | 'commandUrl' | 'events', string>>({
    schema: z
      .object({
        id: wordField(text),
        description: descriptionField(text),
        eventUrl: addressField(text),
        commandUrl: addressField(text),
        events: z.string(),
      })
      .refine(({ eventUrl, commandUrl }) => eventUrl !== '' || commandUrl !== '', {
        path: ['eventUrl'],
        error: text('project.modules.address.missing'),
      }),
    defaultValues: { id: '', description: '', eventUrl: '', commandUrl: '', events: '' },
    async send({ id, description, eventUrl, commandUrl, events }) {
      const subscribedEvents = events
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      try {
        const made = await api('projects.addModule', {
          params: { projectId },
          body: {
            id,
            moduleType: 'webhooks',
            ...given('description', description),
            ...given('eventUrl', eventUrl),
            ...given('commandUrl', commandUrl),
            ...(subscribedEvents.length === 0 ? {} : { subscribedEvents }),
          },
        });
        setKey(made.key);
        onChanged();
      } catch (error) {
        throw inOurWords(error, { ID_TAKEN: ['id', text('project.word.taken')] });
      }
    },
  });
  const { errors } = form.form.formState;
  const optional = (label: string) => text('project.optional', { label });
  const fields = [
    ['id', text('project.word'), text('project.word.hint')],
    ['description', optional(text('project.description')), undefined],
    ['eventUrl', text('project.modules.event'), undefined],
    ['commandUrl', optional(text('project.modules.command')), undefined],
    ['events', optional(text('project.modules.events')), text('project.modules.events.hint')],
  ] as const;
  return (
    <FormDialog
      title={text('project.modules.new')}
      lead={text('project.modules.lead')}
      action={text('project.modules.add')}
      of={form}
      secret={key === undefined ? undefined : { label: text('project.modules.signing'), value: key }}
      onClose={onClose}
    >
      {fields.map(([name, label, hint]) => (
        <Field
          key={name}
          label={label}
          hint={hint}
          autoComplete="off"
          error={errors[name]?.message}
          {...form.form.register(name)}
        />
      ))}
    </FormDialog>
  );
}
