'use client';

import { newAddress, newMember } from '@/server/contracts/members';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { Select } from '../ui/select';
import { tell } from '../ui/toast';
import type { Role } from './describe-change';

export type AddressKind = 'email' | 'phone';

const fieldOf = { email: 'email', phone: 'phoneNumber' } as const;

/** Puts the refusal of somebody who is in already at the address, where it belongs. */
async function atAddress<Answer>(kind: AddressKind, call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'MEMBER_EXISTS') throw error;
    throw new ApiError(
      error.status,
      error.message,
      error.requestId,
      undefined,
      { [fieldOf[kind]]: 'exists' },
      error.reason,
    );
  }
}

function AddressField({
  kind,
  wrong,
  ...rest
}: { kind: AddressKind; wrong: string | undefined } & React.ComponentProps<'input'>) {
  const text = useText();
  const isMail = kind === 'email';
  const { id, ...input } = rest;
  const trouble =
    wrong === 'exists'
      ? 'member.invite.exists'
      : isMail
        ? 'member.invite.emailWrong'
        : 'member.invite.phoneWrong';
  return (
    <Field
      {...input}
      label={text(isMail ? 'member.invite.email' : 'member.invite.phone')}
      {...(isMail ? {} : { hint: text('member.invite.phoneHint') })}
      type={isMail ? 'email' : 'tel'}
      autoComplete="off"
      error={wrong === undefined ? undefined : text(trouble)}
    />
  );
}

interface InviteDialogProps {
  homeId: number;
  kind: AddressKind;
  /** Only owners make owners. */
  isOwner: boolean;
  onClose: () => void;
  /** Somebody was invited in this role. */
  onInvited: (userId: number, role: Role) => void;
}

/** Invites somebody, and says before what the invited will see. */
export function InviteDialog({ homeId, kind, isOwner, onClose, onInvited }: InviteDialogProps) {
  const text = useText();
  const invited = useApiForm({
    schema: newMember,
    defaultValues: { email: '', phoneNumber: '', role: 'member' },
    send: async ({ email, phoneNumber, role }) => {
      const address =
        kind === 'email' ? { email: email ?? '' } : { phoneNumber: phoneNumber?.replaceAll(' ', '') ?? '' };
      const made = await atAddress(
        kind,
        api('members.add', { params: { homeId }, body: { ...address, role } }),
      );
      const title = made.verified
        ? text('member.invite.doneMember', { name: made.name ?? made.email ?? '' })
        : text('member.invite.done');
      tell({ tone: 'done', title });
      onInvited(made.userId, role ?? 'member');
    },
  });
  const { errors } = invited.form.formState;
  const role = (invited.form.watch('role') ?? 'member') as Role;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('member.invite')}
      lead={text(kind === 'email' ? 'member.invite.lead' : 'member.invite.leadPhone')}
    >
      <Form of={invited}>
        <AddressField
          kind={kind}
          wrong={errors[fieldOf[kind]]?.message?.toString()}
          {...invited.form.register(fieldOf[kind])}
        />
        <Select
          label={text('member.role')}
          hint={text(`member.role.${role}.means`)}
          {...invited.form.register('role')}
        >
          {(isOwner ? (['member', 'guest', 'owner'] as const) : (['member', 'guest'] as const)).map((one) => (
            <option key={one} value={one}>
              {text(`member.role.${one}`)}
            </option>
          ))}
        </Select>
        <section className="rounded-2xl bg-sunken px-4 py-3">
          <h3 className="font-semibold">{text('member.invite.preview')}</h3>
          <p aria-live="polite" className="text-pretty text-ink-soft">
            {text(`member.invite.preview.${role}`)}
          </p>
        </section>
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="primary" disabled={invited.isBusy}>
            {text(kind === 'email' ? 'member.invite.submit' : 'member.invite.submitPhone')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}

interface ReaddressDialogProps {
  homeId: number;
  userId: number;
  kind: AddressKind;
  /** Where the invitation went so far. */
  address: string;
  onClose: () => void;
}

/** Sends an invitation to another address; role and doors stay with it. */
export function ReaddressDialog({ homeId, userId, kind, address, onClose }: ReaddressDialogProps) {
  const text = useText();
  const moved = useApiForm({
    schema: newAddress,
    defaultValues: { email: '', phoneNumber: '' },
    send: async ({ email, phoneNumber }) => {
      const body =
        kind === 'email' ? { email: email ?? '' } : { phoneNumber: phoneNumber?.replaceAll(' ', '') ?? '' };
      await atAddress(kind, api('members.readdress', { params: { homeId, userId }, body }));
      tell({ tone: 'done', title: text('member.readdress.done') });
      onClose();
    },
  });
  const { errors } = moved.form.formState;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('member.readdress.title')}
      lead={text('member.readdress.lead', { address })}
    >
      <Form of={moved}>
        <AddressField
          kind={kind}
          wrong={errors[fieldOf[kind]]?.message?.toString()}
          {...moved.form.register(fieldOf[kind])}
        />
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="primary" disabled={moved.isBusy}>
            {text('member.readdress.submit')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
