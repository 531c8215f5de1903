'use client';

import { useState } from 'react';
import { reasonLeast, reasonMost, viewMinutesLeast, viewMinutesMost } from '@/server/contracts/console-words';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { TextArea } from '../ui/text-area';
import { tell } from '../ui/toast';

const usualMinutes = '15';

interface AskLookDialogProps {
  homeId: number;
  onClose: () => void;
  onAsked: () => void;
}

interface Wrong {
  reason?: string | undefined;
  minutes?: string | undefined;
}

/** Asks the owners of a home for a look: why, and for how long. */
export function AskLookDialog({ homeId, onClose, onAsked }: AskLookDialogProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [minutes, setMinutes] = useState(usualMinutes);
  const [wrong, setWrong] = useState<Wrong>({});
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const wrongOnes = (): Wrong => {
    const count = Number(minutes);
    const isWithin = Number.isInteger(count) && count >= viewMinutesLeast && count <= viewMinutesMost;
    return {
      ...(reason.trim().length < reasonLeast ? { reason: text('console.act.reason.missing') } : {}),
      ...(isWithin
        ? {}
        : { minutes: text('console.look.minutes.bad', { least: viewMinutesLeast, most: viewMinutesMost }) }),
    };
  };
  const ask = async () => {
    const found = wrongOnes();
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    setIsBusy(true);
    setError(undefined);
    try {
      await api('staff.askView', {
        params: { homeId },
        body: { reason: reason.trim(), minutes: Number(minutes) },
      });
      tell({ tone: 'done', title: text('console.look.sent') });
      onAsked();
      onClose();
    } catch (failed) {
      const { reason: ofReason, minutes: ofMinutes } = failed instanceof ApiError ? failed.fields : {};
      if (ofReason === undefined && ofMinutes === undefined) setError(failed);
      else setWrong({ reason: ofReason, minutes: ofMinutes });
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(open) => open || onClose()}
      title={text('console.look.title')}
      lead={text('console.look.ask.lead')}
    >
      <form
        method="post"
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        {error === undefined ? null : <ErrorNotice error={error} />}
        <TextArea
          label={text('console.act.reason')}
          hint={text('console.look.reason.hint')}
          error={wrong.reason}
          maxLength={reasonMost}
          value={reason}
          onChange={({ target }) => {
            setReason(target.value);
            setWrong({ ...wrong, reason: undefined });
          }}
        />
        <Field
          type="number"
          inputMode="numeric"
          label={text('console.look.minutes')}
          hint={text('console.look.minutes.hint', { least: viewMinutesLeast, most: viewMinutesMost })}
          error={wrong.minutes}
          min={viewMinutesLeast}
          max={viewMinutesMost}
          value={minutes}
          onChange={({ target }) => {
            setMinutes(target.value);
            setWrong({ ...wrong, minutes: undefined });
          }}
        />
        <DialogActions>
          <Button onClick={onClose}>{text('ui.cancel')}</Button>
          <Button type="submit" kind="primary" disabled={isBusy}>
            {text('console.look.send')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
