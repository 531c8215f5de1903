'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Fingerprint, Plus } from 'lucide-react';
import { useState } from 'react';
import type { OutputOf } from '@/server/contracts/operation';
import type { listPasskeys, Passkey } from '@/server/contracts/passkeys';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { useIsHydrated } from '../time/clock';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { EmptyState } from '../ui/empty-state';
import { later } from '../ui/later';
import { Notice } from '../ui/notice';
import { PasskeyRow } from './passkey-row';
import { hasPasskeys } from './webauthn-support';

const AddPasskey = later(async () => (await import('./passkey-dialogs')).AddPasskey);
const RenamePasskey = later(async () => (await import('./passkey-dialogs')).RenamePasskey);
const RemovePasskey = later(async () => (await import('./passkey-dialogs')).RemovePasskey);

export type Passkeys = OutputOf<typeof listPasskeys>;
type Opened = { kind: 'add' } | { kind: 'rename' | 'remove'; passkey: Passkey };

/** The passkeys of the person who is signed in: made, named and removed here. Needs the texts of `account`. */
export function PasskeysSection({ userId, initial }: { userId: number; initial: Passkeys }) {
  const text = useText();
  const client = useQueryClient();
  const isSupported = !useIsHydrated() || hasPasskeys();
  const [opened, setOpened] = useState<Opened>();
  const queryKey = ['passkeys', userId];
  const { data } = useQuery({
    queryKey,
    queryFn: ({ signal }) => api('passkeys.list', { params: { userId } }, { signal }),
    initialData: initial,
  });
  const { passkeys, doors, needsPassword } = data;
  const doorNames = doors.map(({ name, homeName }) => `${name} (${homeName})`);
  const dialog = {
    userId,
    onClose: () => setOpened(undefined),
    onChanged: () => void client.invalidateQueries({ queryKey }),
  };
  const addButton = (
    <Button kind="primary" disabled={!isSupported} onClick={() => setOpened({ kind: 'add' })}>
      <Plus aria-hidden className="size-5" />
      {text('passkeys.add')}
    </Button>
  );

  return (
    <section id="passkeys" aria-labelledby="passkeys-title" className="flex scroll-mt-24 flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-0 max-w-2xl">
          <h2 id="passkeys-title" className="text-xl font-semibold">
            {text('passkeys.title')}
          </h2>
          <p className="mt-1 text-pretty text-ink-soft">{text('passkeys.lead')}</p>
        </div>
        {passkeys.length === 0 ? null : addButton}
      </div>
      {isSupported ? null : <Notice tone="notice">{text('passkeys.unsupported')}</Notice>}
      {passkeys.length === 0 && doors.length > 0 ? (
        <Notice tone="notice" title={text('passkeys.needed')}>
          {text('passkeys.neededAt', { doors: doorNames.join(', ') })}
        </Notice>
      ) : null}
      <Card>
        {passkeys.length === 0 ? (
          <EmptyState
            icon={Fingerprint}
            level={3}
            title={text('passkeys.none.title')}
            text={text('passkeys.none.text')}
          >
            {addButton}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {passkeys.map((passkey) => (
              <PasskeyRow
                key={passkey.id}
                passkey={passkey}
                onRename={() => setOpened({ kind: 'rename', passkey })}
                onRemove={() => setOpened({ kind: 'remove', passkey })}
              />
            ))}
          </ul>
        )}
      </Card>
      {opened?.kind === 'add' ? <AddPasskey {...dialog} needsPassword={needsPassword} /> : null}
      {opened?.kind === 'rename' ? <RenamePasskey {...dialog} passkey={opened.passkey} /> : null}
      {opened?.kind === 'remove' ? (
        <RemovePasskey
          {...dialog}
          passkey={opened.passkey}
          doorsLost={passkeys.length === 1 ? doorNames : []}
        />
      ) : null}
    </section>
  );
}
