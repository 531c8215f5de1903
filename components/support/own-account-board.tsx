'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { Passkey } from '@/server/contracts/passkeys';
import type { OwnStaffAccount } from '@/server/contracts/staff-account';
import { PasskeyRow } from '../account/passkey-row';
import { Row, Section } from '../account/section';
import { dashboardApp, SessionRow } from '../account/session-row';
import { hasPasskeys } from '../account/webauthn-support';
import { api } from '../hooks/api';
import { useAction } from '../hooks/use-action';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { later } from '../ui/later';
import { Notice } from '../ui/notice';

const OwnPasswordDialog = later(async () => (await import('./own-password-dialog')).OwnPasswordDialog);
const OwnAuthenticatorDialog = later(
  async () => (await import('./own-authenticator-dialog')).OwnAuthenticatorDialog,
);
const OwnPasskeyDialog = later(async () => (await import('./own-passkey-dialog')).OwnPasskeyDialog);
const ConfirmDialog = later(async () => (await import('../member/confirm-dialog')).ConfirmDialog);

const queryKey = ['own-staff-account'] as const;
type Opened = 'password' | 'authenticator' | 'passkey' | Passkey;

/** The own account of a member of staff: how it is entered, and where it is. Needs the texts of `account`. */
export function OwnAccountBoard({ initial }: { initial: OwnStaffAccount }) {
  const text = useText();
  const queries = useQueryClient();
  const isSupported = !useIsHydrated() || hasPasskeys();
  const [opened, setOpened] = useState<Opened>();
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('staff.ownAccount', {}, { signal }),
    initialData: initial,
  });
  const { account, passkeys, sessions } = data;
  const reload = () => void queries.invalidateQueries({ queryKey });
  const dialog = { onClose: () => setOpened(undefined), onChanged: reload };
  const others = useAction(() => api('staff.endOtherSessions', {}).then(reload), {
    done: text('account.sessions.endedOthers'),
  });
  const remove = useAction(
    async (id: string) => {
      await api('staff.removePasskey', { params: { id } });
      reload();
      setOpened(undefined);
    },
    { done: text('passkeys.removed') },
  );
  const hasOthers = sessions.some(({ current }) => !current);
  return (
    <div className="flex flex-col gap-10">
      <div className="min-w-0">
        <h1 className="text-3xl font-semibold">{text('support.own.title')}</h1>
        <p className="mt-1 break-words text-ink-soft">
          {account.name} · {account.email} · {text(`support.role.${account.role}`)}
        </p>
      </div>
      <Section title={text('support.own.password')} text={text('support.own.password.text')}>
        <Row
          label={text('support.own.password')}
          value={
            <span aria-hidden className="tracking-widest">
              ••••••••••••
            </span>
          }
        >
          <Button onClick={() => setOpened('password')}>{text('account.passwordSection.change')}</Button>
        </Row>
      </Section>
      <Section title={text('support.own.factor')} text={text('support.own.factor.text')}>
        <Row label={text('support.own.authenticator')} value={text('support.own.authenticator.on')}>
          <Button onClick={() => setOpened('authenticator')}>
            {text('support.own.authenticator.change')}
          </Button>
        </Row>
        <div className="py-3">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h3 className="text-sm text-ink-soft">{text('passkeys.title')}</h3>
            <Button disabled={!isSupported} onClick={() => setOpened('passkey')}>
              <Plus aria-hidden className="size-4.5" />
              {text('passkeys.add')}
            </Button>
          </div>
          {isSupported ? null : <Notice tone="notice">{text('passkeys.unsupported')}</Notice>}
          {passkeys.length === 0 ? (
            <p className="py-2 text-[0.9375rem] text-ink-soft">{text('support.own.passkeys.none')}</p>
          ) : (
            <ul aria-label={text('passkeys.title')} className="-mx-4 divide-y divide-line sm:-mx-6">
              {passkeys.map((passkey) => (
                <PasskeyRow key={passkey.id} passkey={passkey} onRemove={() => setOpened(passkey)} />
              ))}
            </ul>
          )}
        </div>
      </Section>
      <Section title={text('account.sessions.title')} text={text('support.own.sessions.text')}>
        <ul aria-label={text('account.sessions.list')}>
          {sessions.map((session) => (
            <SessionRow key={session.id} session={{ ...session, appId: dashboardApp }} />
          ))}
        </ul>
        <div className="border-t border-line py-4">
          {hasOthers ? (
            <Button disabled={others.isBusy} onClick={() => void others.run()}>
              {text('account.sessions.endOthers')}
            </Button>
          ) : (
            <p className="text-[0.9375rem] text-ink-soft">{text('account.sessions.alone')}</p>
          )}
        </div>
      </Section>
      {opened === 'password' ? <OwnPasswordDialog email={account.email} {...dialog} /> : null}
      {opened === 'authenticator' ? <OwnAuthenticatorDialog {...dialog} /> : null}
      {opened === 'passkey' ? <OwnPasskeyDialog {...dialog} /> : null}
      {typeof opened === 'object' ? (
        <ConfirmDialog
          title={text('passkeys.remove.title', { name: opened.name })}
          lead={text('support.own.passkeys.remove')}
          action={text('ui.remove')}
          isBusy={remove.isBusy}
          onConfirm={() => void remove.run(opened.id)}
          onClose={dialog.onClose}
        />
      ) : null}
    </div>
  );
}
