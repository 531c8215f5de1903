'use client';

import { useState } from 'react';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';

export type HubAct = 'primary' | 'suspend' | 'resume';

interface HubDialogProps {
  act: HubAct;
  hubId: string;
  userId: number;
  onClose: () => void;
  onDone: () => void;
}

/** Asks before a hub is changed, and says what will happen. */
export function HubDialog({ act, hubId, userId, onClose, onDone }: HubDialogProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const call = (): Promise<unknown> => {
    const by = { hubId, userId: String(userId) };
    const params = { id: hubId };
    if (act === 'primary') return api('hubs.setRole', { params, body: { ...by, isPrimary: true } });
    if (act === 'resume') return api('hubs.resume', { params, body: by });
    return api('hubs.suspend', { params, body: { ...by, reason: reason.trim() } });
  };
  const run = async () => {
    if (act === 'suspend' && reason.trim() === '') return setIsMissing(true);
    setIsBusy(true);
    setError(undefined);
    try {
      await call();
      tell({ tone: 'done', title: text(`hub.act.${act}.done`) });
      onDone();
      onClose();
    } catch (failed) {
      setError(failed);
    } finally {
      setIsBusy(false);
    }
  };
  const isAway = act === 'primary' && error instanceof ApiError && error.status === 502;
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={text(`hub.act.${act}.ask`)}
      lead={text(`hub.act.${act}.text`)}
    >
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void run();
        }}
      >
        {isAway ? (
          <Notice tone="notice" role="alert">
            {text('hub.act.primary.offline')}
          </Notice>
        ) : error === undefined ? null : (
          <ErrorNotice error={error} />
        )}
        {act === 'suspend' ? (
          <Field
            label={text('hub.act.suspend.reason')}
            hint={text('hub.act.suspend.hint')}
            error={isMissing ? text('hub.act.suspend.missing') : undefined}
            maxLength={500}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              setIsMissing(false);
            }}
          />
        ) : null}
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind={act === 'suspend' ? 'destroy' : 'primary'} disabled={isBusy}>
            {text(`hub.act.${act}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
