'use client';

import { z } from 'zod';
import type { SavedView } from '@/server/contracts/console';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { DialogForm } from '../ui/dialog-form';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import type { SearchQuery } from './search-query';

interface KeepDialogProps {
  query: SearchQuery;
  onClose: () => void;
  onKept: (view: SavedView) => void;
}

/** Asks for the name under which a search is kept. */
export function KeepDialog({ query, onClose, onKept }: KeepDialogProps) {
  const text = useText();
  const form = useApiForm<{ name: string }>({
    schema: z.object({ name: z.string().trim().min(1, text('console.views.missing')) }),
    defaultValues: { name: '' },
    async send({ name }) {
      onKept(await api('staff.saveView', { body: { name, query } }));
      tell({ tone: 'done', title: text('console.views.kept') });
      onClose();
    },
  });
  return (
    <DialogForm
      title={text('console.views.keep')}
      action={text('console.views.save')}
      of={form}
      onClose={onClose}
    >
      <Field
        label={text('console.views.name')}
        maxLength={60}
        error={form.form.formState.errors.name?.message}
        {...form.form.register('name')}
      />
    </DialogForm>
  );
}
