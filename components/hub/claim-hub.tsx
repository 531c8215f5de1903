'use client';

import { ScanLine } from 'lucide-react';
import { useState } from 'react';
import { z } from 'zod';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { Field } from '../ui/field';
import { Form, useApiForm } from '../ui/form';
import { later } from '../ui/later';
import { Notice } from '../ui/notice';
import { tell } from '../ui/toast';
import { type HubLabel, readLabel } from './read-label';

const ScanCode = later(async () => (await import('../scan/scan-code')).ScanCode);

interface ClaimHubProps {
  homeId: number;
  onClose: () => void;
  onClaimed: () => void;
}

/** Adds a hub to the home by what stands on its label, typed or scanned. */
export function ClaimHub({ homeId, onClose, onClaimed }: ClaimHubProps) {
  const text = useText();
  const [isScanning, setIsScanning] = useState(false);
  const [isUnread, setIsUnread] = useState(false);
  const word = z.string().trim().min(1, text('hub.claim.missing')).max(100, text('hub.claim.missing'));
  const form = useApiForm<HubLabel>({
    schema: z.object({ serial: word, claimCode: word }),
    defaultValues: { serial: '', claimCode: '' },
    async send(values) {
      try {
        await api('hubs.claimByCode', { body: { ...values, siteId: String(homeId) } });
      } catch (error) {
        if (!(error instanceof ApiError) || error.fields.claimCode === undefined) throw error;
        const fields = { claimCode: text('hub.claim.refused') };
        throw new ApiError(error.status, error.message, error.requestId, undefined, fields);
      }
      tell({ tone: 'done', title: text('hub.claim.done') });
      onClaimed();
      onClose();
    },
  });
  const { register, setValue, formState } = form.form;
  const takeScan = (scanned: string) => {
    setIsScanning(false);
    const label = readLabel(scanned);
    setIsUnread(label === undefined);
    if (label === undefined) return;
    setValue('serial', label.serial, { shouldValidate: true });
    setValue('claimCode', label.claimCode, { shouldValidate: true });
  };
  if (isScanning) return <ScanCode onCode={takeScan} onClose={() => setIsScanning(false)} />;
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      title={text('hub.add')}
      lead={text('hub.claim.lead')}
    >
      <Form of={form}>
        {isUnread ? (
          <Notice tone="notice" role="alert">
            {text('hub.claim.unread')}
          </Notice>
        ) : null}
        <Field
          label={text('hub.claim.serial')}
          autoComplete="off"
          spellCheck={false}
          error={formState.errors.serial?.message}
          {...register('serial')}
        />
        <Field
          label={text('hub.claim.code')}
          hint={text('hub.claim.code.hint')}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          error={formState.errors.claimCode?.message}
          {...register('claimCode')}
        />
        <Button onClick={() => setIsScanning(true)}>
          <ScanLine aria-hidden className="size-5" />
          {text('hub.claim.scan')}
        </Button>
        <DialogActions>
          <DialogCancel />
          <Button type="submit" kind="primary" disabled={form.isBusy}>
            {text('hub.claim.submit')}
          </Button>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
