'use client';

import { z } from 'zod';
import { viewMinutesLeast, viewMinutesMost } from '@/server/contracts/console-words';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { DialogForm } from '../ui/dialog-form';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { ReasonField, reasonSchema } from './reason-field';

const usualMinutes = '15';

interface AskLookDialogProps {
  homeId: number;
  onClose: () => void;
  onAsked: () => void;
}

const isWithin = (typed: string) => {
  const count = Number(typed);
  return Number.isInteger(count) && count >= viewMinutesLeast && count <= viewMinutesMost;
};

/** Asks the owners of a home for a look: why, and for how long. */
export function AskLookDialog({ homeId, onClose, onAsked }: AskLookDialogProps) {
  const text = useText();
  const limits = { least: viewMinutesLeast, most: viewMinutesMost };
  const form = useApiForm<{ reason: string; minutes: string }>({
    schema: z.object({
      reason: reasonSchema(text),
      minutes: z.string().refine(isWithin, text('console.look.minutes.bad', limits)),
    }),
    defaultValues: { reason: '', minutes: usualMinutes },
    async send({ reason, minutes }) {
      await api('staff.askView', { params: { homeId }, body: { reason, minutes: Number(minutes) } });
      tell({ tone: 'done', title: text('console.look.sent') });
      onAsked();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <DialogForm
      title={text('console.look.title')}
      lead={text('console.look.ask.lead')}
      action={text('console.look.send')}
      of={form}
      onClose={onClose}
    >
      <ReasonField
        hint={text('console.look.reason.hint')}
        error={errors.reason?.message}
        field={form.form.register('reason')}
      />
      <Field
        type="number"
        inputMode="numeric"
        label={text('console.look.minutes')}
        hint={text('console.look.minutes.hint', limits)}
        error={errors.minutes?.message}
        min={viewMinutesLeast}
        max={viewMinutesMost}
        {...form.form.register('minutes')}
      />
    </DialogForm>
  );
}
