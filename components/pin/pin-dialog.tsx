'use client';

import { type FormEvent, useState } from 'react';
import type { KeypadView, PinView } from '@/server/contracts/pins';
import { ConflictNotice } from '../access/conflict-notice';
import { WindowEditor } from '../access/window-editor';
import type { AccessWindow } from '../access/window-words';
import { api } from '../hooks/api';
import { useDraft } from '../hooks/use-draft';
import { useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { ShownOnce } from '../ui/shown-once';
import { tell } from '../ui/toast';
import { areDigitsGood, type Digits, DigitsField } from './digits-field';
import { pinTitle, refusalWords, windowFault } from './pin-words';

interface PinDialogProps {
  lockId: number;
  /** The code that is changed, or set anew; absent: a new one. */
  pin?: PinView;
  keypad: KeypadView;
  zone: string;
  onClose: () => void;
  onDone: () => void;
}

const nameMost = 40;

/** The window as the API takes it: every part named, null where there is no limit. */
const toBody = ({ validFrom, validUntil, weekdays, from, until }: AccessWindow) => ({
  validFrom: validFrom ?? null,
  validUntil: validUntil ?? null,
  weekdays: weekdays ?? null,
  from: from ?? null,
  until: until ?? null,
});

const firstWindow = (pin: PinView | undefined): AccessWindow => {
  const { validFrom, validUntil, weekdays, from, until } = pin ?? {};
  return {
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
    ...(weekdays && { weekdays }),
    ...(from && { from }),
    ...(until && { until }),
  };
};

/** Adds a code, or changes one; digits that were made up here are shown once more, to be copied. */
export function PinDialog({ lockId, pin, keypad, zone, onClose, onDone }: PinDialogProps) {
  const text = useText();
  const serverTime = useServerTime();
  const draft = useDraft({ name: pin?.name ?? '', window: firstWindow(pin) });
  const { name, window } = draft.value;
  const [digits, setDigits] = useState<Digits>({ pin: '', isMadeUp: false });
  const [isTried, setIsTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [shown, setShown] = useState<string>();
  const isOptional = pin?.isInLock === true;
  const isNameMissing = name.trim() === '';
  const fault = keypad.takesSchedules ? windowFault(window, serverTime()) : undefined;
  const refused = failed === undefined ? undefined : refusalWords(failed, text);

  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (
      isBusy ||
      draft.isConflict ||
      isNameMissing ||
      fault !== undefined ||
      !areDigitsGood(digits, keypad, isOptional)
    )
      return;
    setIsBusy(true);
    setFailed(undefined);
    const body = { name, ...(keypad.takesSchedules ? toBody(window) : {}) };
    try {
      const made =
        pin === undefined
          ? await api('pins.add', { params: { id: lockId }, body: { ...body, pin: digits.pin } })
          : await api('pins.change', {
              params: { id: lockId, pinId: pin.id },
              body: { ...body, pin: digits.pin === '' ? null : digits.pin },
            });
      tell({
        tone: 'done',
        title: text(made.state === 'pending' ? 'pin.sent' : 'pin.saved', { name: made.name }),
      });
      onDone();
      if (digits.isMadeUp) setShown(digits.pin);
      else onClose();
    } catch (error) {
      setFailed(error);
    } finally {
      setIsBusy(false);
    }
  };

  const title =
    shown !== undefined
      ? text('pin.shown.title', { name: name.trim() })
      : pin === undefined
        ? text('pin.new')
        : text('pin.changeOf', { name: pinTitle(pin, text) });
  return (
    <Dialog isOpen isBusy={isBusy} onOpenChange={(isOpen) => isOpen || onClose()} title={title}>
      {shown !== undefined ? (
        <ShownOnce
          lead={text('pin.shown.lead')}
          label={text('pin.form.digits')}
          value={shown}
          done={text('pin.shown.done')}
          copyFailed={text('pin.shown.copyFailed')}
          onDone={onClose}
        />
      ) : (
        <form method="post" noValidate onSubmit={send} className="flex flex-col gap-5">
          {failed === undefined ? null : refused === undefined ? (
            <ErrorNotice error={failed} />
          ) : (
            <Notice tone="alarm" role="alert">
              {refused}
            </Notice>
          )}
          {draft.isConflict && !isBusy ? <ConflictNotice onKeep={draft.keep} onTake={draft.take} /> : null}
          <Field
            label={text('pin.form.name')}
            hint={text('pin.form.nameHint')}
            error={isTried && isNameMissing ? text('pin.form.nameMissing') : undefined}
            value={name}
            maxLength={nameMost}
            autoComplete="off"
            onChange={({ target }) => draft.change({ name: target.value, window })}
          />
          <DigitsField
            value={digits}
            onChange={setDigits}
            keypad={keypad}
            isOptional={isOptional}
            isTried={isTried}
          />
          {keypad.takesSchedules ? (
            <fieldset className="rounded-xl border border-line p-4">
              <legend className="px-1 font-medium">{text('pin.form.window')}</legend>
              <WindowEditor
                key={JSON.stringify(draft.base)}
                value={window}
                zone={zone}
                onChange={(next) => draft.change({ name, window: next })}
              />
              {fault === undefined ? null : (
                <div className="mt-3">
                  <Notice tone="alarm" role="alert">
                    {text(`pin.form.${fault}`)}
                  </Notice>
                </div>
              )}
            </fieldset>
          ) : (
            <Notice tone="plain">{text('pin.form.noWindow')}</Notice>
          )}
          <DialogActions>
            <DialogCancel />
            <Button kind="primary" type="submit" aria-disabled={isBusy || draft.isConflict}>
              {text(isBusy ? 'pin.form.sending' : pin === undefined ? 'pin.form.add' : 'pin.form.save')}
            </Button>
          </DialogActions>
        </form>
      )}
    </Dialog>
  );
}
