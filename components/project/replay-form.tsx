'use client';

import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { tell } from '../ui/toast';

interface ReplayFormProps {
  params: { projectId: number; moduleId: string; deliveryId: number };
  onDone: () => void;
}

/** Asks why before something is delivered once more. */
export function ReplayForm({ params, onDone }: ReplayFormProps) {
  const text = useText();
  const form = useApiForm<{ reason: string }>({
    schema: z.object({ reason: z.string().trim().min(3, text('project.log.reason.missing')).max(500) }),
    defaultValues: { reason: '' },
    async send(body) {
      await api('projects.replayDelivery', { params, body });
      tell({ tone: 'done', title: text('project.log.again.done') });
      onDone();
    },
  });
  return (
    <Form of={form} className="flex flex-col gap-3">
      <Field
        label={text('project.log.reason')}
        hint={text('project.log.reason.hint')}
        autoComplete="off"
        autoFocus
        error={form.form.formState.errors.reason?.message}
        {...form.form.register('reason')}
      />
      <div>
        <Button kind="primary" type="submit" disabled={form.isBusy}>
          {text('project.log.again')}
        </Button>
      </div>
    </Form>
  );
}
