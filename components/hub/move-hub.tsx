'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import type { HubView } from '@/server/contracts/hubs';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { tell } from '../ui/toast';

export interface OtherHome {
  id: number;
  name: string;
}

interface MoveHubProps {
  hub: HubView;
  userId: number;
  /** Further homes that the viewer owns; at least one. */
  homes: readonly OtherHome[];
  onClose: () => void;
}

/** Moves a hub to another home of the same owner, and says what becomes of the doors behind it. */
export function MoveHub({ hub, userId, homes, onClose }: MoveHubProps) {
  const text = useText();
  const router = useRouter();
  const [homeId, setHomeId] = useState(String(homes[0]?.id ?? ''));
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const move = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy) return;
    if (reason.trim() === '') return setIsMissing(true);
    setIsBusy(true);
    setError(undefined);
    try {
      const to = { newOrgId: hub.orgId ?? '', newSiteId: homeId, reason: reason.trim() };
      const body = { hubId: hub.hubId, userId: String(userId), ...to };
      await api('hubs.reClaim', { params: { id: hub.hubId }, body });
      const name = homes.find(({ id }) => String(id) === homeId)?.name ?? '';
      tell({ tone: 'done', title: text('hub.act.move.done', { home: name }) });
      router.push(`/dashboard/homes/${homeId}/hubs/${hub.hubId}`);
      onClose();
    } catch (failed) {
      setError(failed);
      setIsBusy(false);
    }
  };
  const isAway = error instanceof ApiError && error.status === 502;
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('hub.act.move.ask')}
      lead={text('hub.act.move.text')}
    >
      <form method="post" noValidate onSubmit={(event) => void move(event)} className="flex flex-col gap-5">
        {isAway ? (
          <Notice tone="notice" role="alert">
            {text('hub.act.primary.offline')}
          </Notice>
        ) : error === undefined ? null : (
          <ErrorNotice error={error} />
        )}
        <Select
          label={text('hub.act.move.to')}
          value={homeId}
          onChange={({ target }) => setHomeId(target.value)}
        >
          {homes.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Field
          label={text('hub.act.suspend.reason')}
          hint={text('hub.act.move.hint')}
          error={isMissing ? text('hub.act.suspend.missing') : undefined}
          maxLength={500}
          value={reason}
          onChange={({ target }) => {
            setReason(target.value);
            setIsMissing(false);
          }}
        />
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="destroy" disabled={isBusy}>
            {text('hub.act.move')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
