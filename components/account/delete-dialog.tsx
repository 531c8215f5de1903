'use client';

import { z } from 'zod';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';

/** A home of somebody who may leave, and what becomes of it then. */
export interface HomeAfter {
  homeId: number;
  name: string;
  fate: 'left' | 'inherited' | 'deleted';
  heir?: string;
  lockCount: number;
}

export interface DeletedAccount {
  userId: number;
  /** What must be typed: the address that the person signs in with. */
  word: string;
  homes: readonly HomeAfter[];
}

/** Deletes the account after saying what becomes of each home, and only when the own address was typed. */
export function DeleteDialog({ account, onClose }: { account: DeletedAccount; onClose: () => void }) {
  const text = useText();
  const { userId, word, homes } = account;
  const form = useApiForm<{ typed: string }>({
    schema: z.object({
      typed: z
        .string()
        .refine(
          (value) => value.trim().toLowerCase() === word.toLowerCase(),
          text('account.delete.mismatch'),
        ),
    }),
    defaultValues: { typed: '' },
    async send() {
      await api('users.delete', { params: { userId } });
      window.location.assign('/sign-in?notice=deleted');
      return 'leaving';
    },
  });
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={text('account.delete.question')}
      lead={text('account.delete.lead')}
    >
      <Form of={form}>
        {homes.length === 0 ? (
          <p className="text-pretty">{text('account.delete.noHomes')}</p>
        ) : (
          <div>
            <h3 className="font-semibold">{text('account.delete.homes')}</h3>
            <ul className="mt-2 flex flex-col gap-2">
              {homes.map((home) => (
                <li key={home.homeId} className="rounded-xl bg-sunken px-4 py-3 text-pretty break-words">
                  <Fate home={home} />
                </li>
              ))}
            </ul>
          </div>
        )}
        <Field
          label={text('account.delete.type', { word })}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          error={form.form.formState.errors.typed?.message}
          {...form.form.register('typed')}
        />
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="destroy" disabled={form.isBusy}>
            {text(form.isBusy ? 'account.delete.deleting' : 'account.delete.submit')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

function Fate({ home: { name, fate, heir, lockCount } }: { home: HomeAfter }) {
  const text = useText();
  const what =
    fate === 'left'
      ? text('account.delete.fate.left')
      : fate === 'inherited'
        ? text('account.delete.fate.inherited', { heir: heir ?? '' })
        : lockCount === 0
          ? text('account.delete.fate.deleted')
          : text('account.delete.fate.deletedLocks', { count: lockCount });
  return (
    <>
      <span className="font-semibold">{name}</span> {what}
    </>
  );
}
