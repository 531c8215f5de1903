'use client';

import { useState } from 'react';
import { z } from 'zod';
import { emailField, nameField } from '../account/account-fields';
import { inOurWords } from '../account/refused';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { AccountRights, namesAny, type Project, projectsOf, type Rights } from './account-rights';
import { MadeSetUpLink } from './made-set-up-link';

interface NewAccountDialogProps {
  projects: readonly Project[];
  canGiveAll: boolean;
  onClose: () => void;
  onMade: () => void;
}

/** Makes a staff account and shows the link that sets its password. */
export function NewAccountDialog({ projects, canGiveAll, onClose, onMade }: NewAccountDialogProps) {
  const text = useText();
  const [made, setMade] = useState<{ url: string; name: string }>();
  const [rights, setRights] = useState<Rights>({
    role: 'support',
    everyProject: false,
    projects: projects.length === 1 ? projects.map(({ id }) => id) : [],
  });
  const [isMissing, setIsMissing] = useState(false);
  const form = useApiForm<{ email: string; name: string }>({
    schema: z.object({ email: emailField(text), name: nameField(text) }),
    defaultValues: { email: '', name: '' },
    async send({ email, name }) {
      if (!namesAny(rights)) return setIsMissing(true);
      try {
        const body = { email, name, role: rights.role, ...projectsOf(rights) };
        const { setUp } = await api('staff.create', { body });
        setMade({ url: setUp.url, name });
        onMade();
      } catch (error) {
        throw inOurWords(error, {
          DUPLICATE_EMAIL: ['email', text('support.staff.new.inUse')],
          INVALID_EMAIL: ['email', text('signUp.badEmail')],
        });
      }
    },
  });
  const { errors } = form.form.formState;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('support.staff.new.title')}
      {...(made === undefined ? { lead: text('support.staff.new.lead') } : {})}
    >
      {made === undefined ? (
        <Form of={form}>
          <Field
            label={text('support.staff.name')}
            autoComplete="off"
            error={errors.name?.message}
            {...form.form.register('name')}
          />
          <Field
            label={text('signIn.email')}
            type="email"
            autoComplete="off"
            error={errors.email?.message}
            {...form.form.register('email')}
          />
          <AccountRights
            rights={rights}
            projects={projects}
            canGiveAll={canGiveAll}
            isMissing={isMissing && !namesAny(rights)}
            onChange={setRights}
          />
          <DialogActions>
            <DialogCancel />
            <Button kind="primary" type="submit" disabled={form.isBusy}>
              {text('support.staff.new.make')}
            </Button>
          </DialogActions>
        </Form>
      ) : (
        <MadeSetUpLink {...made} onDone={onClose} />
      )}
    </Dialog>
  );
}
