'use client';

import { useState } from 'react';
import type { ReachTest } from '@/server/contracts/console-actions';
import { reasonLeast, reasonMost } from '@/server/contracts/console-words';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { ErrorNotice } from '../ui/error-notice';
import { TextArea } from '../ui/text-area';
import { tell } from '../ui/toast';
import { carryOut, type NamedAct } from './acts';
import { ReachSigns } from './reach-signs';

interface ActDialogProps {
  asked: NamedAct;
  zone: string | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** Asks why before something is done, and says what will happen and what the owners will see. */
export function ActDialog({ asked, zone, onClose, onDone }: ActDialogProps) {
  const text = useText();
  const [reason, setReason] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [test, setTest] = useState<ReachTest>();
  const { act, name } = asked;
  const run = async () => {
    if (reason.trim().length < reasonLeast) return setWrong(text('console.act.reason.missing'));
    setIsBusy(true);
    setError(undefined);
    try {
      const answer = await carryOut(asked, reason.trim());
      onDone();
      if (act === 'testReach') return setTest(answer as ReachTest);
      tell({ tone: 'done', title: text(`console.act.${act}.done`) });
      onClose();
    } catch (failed) {
      const said = failed instanceof ApiError ? failed.fields.reason : undefined;
      if (said === undefined) setError(failed);
      else setWrong(said);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('console.act.of', { act: text(`console.act.${act}`), name })}
      lead={text(`console.act.${act}.lead`)}
    >
      {test === undefined ? (
        <form
          method="post"
          noValidate
          className="flex flex-col gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          {error === undefined ? null : <ErrorNotice error={error} />}
          <TextArea
            label={text('console.act.reason')}
            hint={text('console.act.reason.hint')}
            error={wrong}
            maxLength={reasonMost}
            value={reason}
            onChange={({ target }) => {
              setReason(target.value);
              setWrong(undefined);
            }}
          />
          <DialogActions>
            <Button onClick={onClose}>{text('ui.cancel')}</Button>
            <Button type="submit" kind="primary" disabled={isBusy}>
              {text(`console.act.${act}`)}
            </Button>
          </DialogActions>
        </form>
      ) : (
        <>
          <ReachSigns test={test} zone={zone} />
          <DialogActions>
            <Button kind="primary" onClick={onClose}>
              {text('ui.close')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
