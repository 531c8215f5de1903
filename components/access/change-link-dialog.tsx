'use client';

import { type FormEvent, useState } from 'react';
import type { TempKeyView } from '@/server/contracts/temp-keys';
import { api } from '../hooks/api';
import { useDraft } from '../hooks/use-draft';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { IntoView } from '../ui/into-view';
import { tell } from '../ui/toast';
import { ConflictNotice } from './conflict-notice';
import { faultsOf, type LinkFields, LinkFieldsEditor, usesOf, windowOf } from './link-fields';
import { linkTitle } from './link-words';
import { UnprovenNotice } from './unproven-notice';
import { type Unproven, withPasskey } from './with-passkey';

interface ChangeLinkDialogProps {
  lockId: number;
  link: TempKeyView;
  zone: string;
  onClose: () => void;
  onChanged: () => void;
}

const fieldsOf = ({
  label,
  maxUses,
  validFrom,
  validUntil,
  weekdays,
  from,
  until,
}: TempKeyView): LinkFields => ({
  label: label ?? '',
  uses: maxUses === null ? '' : String(maxUses),
  window: {
    ...(validFrom && { validFrom }),
    ...(validUntil && { validUntil }),
    ...(weekdays && { weekdays }),
    ...(from && { from }),
    ...(until && { until }),
  },
});

/** Changes when a link works, how often, and what it is called; the link itself stays the same. */
export function ChangeLinkDialog({ lockId, link, zone, onClose, onChanged }: ChangeLinkDialogProps) {
  const text = useText();
  const { value, base, change, isConflict, keep, take } = useDraft(fieldsOf(link));
  const [isTried, setIsTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [unproven, setUnproven] = useState<Unproven>();
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (isBusy || isConflict || Object.keys(faultsOf(value)).length > 0) return;
    setIsBusy(true);
    setFailed(undefined);
    setUnproven(undefined);
    try {
      const first = link.doors[0]?.lockId ?? lockId;
      const sent = await withPasskey({ lockId: first, purpose: 'link' }, (passkey) =>
        api('locks.updateTempKey', {
          params: { id: lockId },
          body: {
            tempKeyUuid: link.uuid,
            label: value.label.trim() === '' ? null : value.label,
            maxUses: usesOf(value),
            ...windowOf(value),
            passkey,
          },
        }),
      );
      if ('unproven' in sent) return setUnproven(sent.unproven);
      tell({ tone: 'done', title: text('links.changed') });
      onChanged();
      onClose();
    } catch (error) {
      setFailed(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('links.changeOf', { name: linkTitle(link, text) })}
    >
      <form method="post" noValidate onSubmit={send} className="flex flex-col gap-5">
        {failed === undefined ? null : (
          <IntoView>
            <ErrorNotice error={failed} />
          </IntoView>
        )}
        {unproven === undefined ? null : <UnprovenNotice of="links" because={unproven} />}
        {isConflict && !isBusy ? <ConflictNotice onKeep={keep} onTake={take} /> : null}
        <LinkFieldsEditor
          key={JSON.stringify(base)}
          value={value}
          onChange={change}
          zone={zone}
          isTried={isTried}
        />
        <DialogActions>
          <DialogCancel />
          <Button kind="primary" type="submit" aria-disabled={isBusy || isConflict}>
            {text(isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
