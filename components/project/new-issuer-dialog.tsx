'use client';

import { z } from 'zod';
import { inOurWords } from '../account/refused';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Field } from '../ui/field';
import { useApiForm } from '../ui/form';
import { tell } from '../ui/toast';
import { FormDialog } from './form-dialog';
import { addressField } from './project-fields';

interface NewIssuerDialogProps {
  projectId: number;
  onClose: () => void;
  onChanged: () => void;
}

/** Has a project trust the JWTs of an identity provider. */
export function NewIssuerDialog({ projectId, onClose, onChanged }: NewIssuerDialogProps) {
  const text = useText();
  const some = z.string().trim().min(1, text('project.issuers.missing')).max(500);
  const form = useApiForm<Record<'issuer' | 'audience' | 'jwksUrl', string>>({
    schema: z.object({
      issuer: some,
      audience: some,
      jwksUrl: addressField(text).min(1, text('project.issuers.missing')),
    }),
    defaultValues: { issuer: '', audience: '', jwksUrl: '' },
    async send(body) {
      try {
        await api('projects.addIssuer', { params: { projectId }, body });
      } catch (error) {
        throw inOurWords(error, {
          ISSUER_TAKEN: ['issuer', text('project.issuers.taken')],
          BAD_ADDRESS: ['jwksUrl', text('project.issuers.badAddress')],
          OWN_NAME: ['issuer', text('project.issuers.wrongIssuer')],
        });
      }
      tell({ tone: 'done', title: text('project.issuers.added') });
      onChanged();
      onClose();
    },
  });
  const { errors } = form.form.formState;
  return (
    <FormDialog
      title={text('project.issuers.new')}
      lead={text('project.issuers.lead')}
      action={text('project.issuers.add')}
      of={form}
      onClose={onClose}
    >
      <Field
        label={text('project.issuers.issuer')}
        autoComplete="off"
        error={errors.issuer?.message}
        {...form.form.register('issuer')}
      />
      <Field
        label={text('project.issuers.audience')}
        autoComplete="off"
        error={errors.audience?.message}
        {...form.form.register('audience')}
      />
      <Field
        label={text('project.issuers.jwks')}
        hint={text('project.issuers.jwks.hint')}
        autoComplete="off"
        error={errors.jwksUrl?.message}
        {...form.form.register('jwksUrl')}
      />
    </FormDialog>
  );
}
