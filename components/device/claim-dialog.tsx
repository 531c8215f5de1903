'use client';

import { useQueryClient } from '@tanstack/react-query';
import { Camera } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { later } from '../ui/later';
import { tell } from '../ui/toast';
import { calledOf } from './devices';

const ScanCode = later(async () => (await import('../scan/scan-code')).ScanCode);

const refusals: Record<string, MessageKey> = {
  INVALID_CLAIM_CODE: 'device.claim.wrong',
  DEVICE_ALREADY_IN_HOME: 'device.claim.here',
  DEVICE_NOT_CLAIMABLE: 'device.claim.closed',
};

/** Claims a device by the code on its label, typed or scanned. What was typed stays until it is accepted. */
export function ClaimDialog({ homeId, onClose }: { homeId: number; onClose: () => void }) {
  const text = useText();
  const client = useQueryClient();
  const [code, setCode] = useState('');
  const [isScanning, setIsScanning] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [problem, setProblem] = useState<MessageKey>();
  const [failure, setFailure] = useState<unknown>();

  const claim = async (event: FormEvent) => {
    event.preventDefault();
    const claimCode = code.trim();
    setFailure(undefined);
    if (claimCode === '') return setProblem('device.claim.empty');
    setProblem(undefined);
    setIsBusy(true);
    try {
      const device = await api('devices.add', { body: { homeId, claimCode } });
      void client.invalidateQueries({ queryKey: ['devices', homeId] });
      const name = calledOf(device) ?? text('device.unnamed', { id: device.id });
      tell({ tone: 'done', title: text('device.claim.done', { name }) });
      onClose();
    } catch (error) {
      const words = error instanceof ApiError ? refusals[error.reason ?? ''] : undefined;
      if (words === undefined) setFailure(error);
      else setProblem(words);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={onClose}
      title={text('device.claim.title')}
      lead={text('device.claim.lead')}
    >
      <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void claim(event)}>
        {failure === undefined ? null : <ErrorNotice error={failure} />}
        {isScanning ? (
          <ScanCode
            onCode={(scanned) => {
              setCode(scanned);
              setIsScanning(false);
              setProblem(undefined);
            }}
            onClose={() => setIsScanning(false)}
          />
        ) : null}
        <Field
          label={text('device.claim.code')}
          hint={text('device.claim.hint')}
          error={problem === undefined ? undefined : text(problem as 'device.claim.wrong')}
          autoCapitalize="characters"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          maxLength={128}
          isCode
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
        <div>
          <Button onClick={() => setIsScanning(true)}>
            <Camera aria-hidden className="size-4.5" />
            {text('device.scan.start')}
          </Button>
        </div>
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" disabled={isBusy}>
            {text(isBusy ? 'device.claim.busy' : 'device.claim.go')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
