'use client';

import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import type { AnswerOf } from '../hooks/call';
import { useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { IntoView } from '../ui/into-view';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import type { LinkDoor } from './link-board';
import { faultsOf, type LinkFields, LinkFieldsEditor, usesOf, windowOf } from './link-fields';
import { dayAfter } from './local-moment';
import { MadeLink } from './made-link';
import { UnprovenNotice } from './unproven-notice';
import { type Unproven, withPasskey } from './with-passkey';

type Method = 'key' | 'code' | 'both';
const methods: readonly Method[] = ['key', 'both', 'code'];

interface NewLinkDialogProps {
  lockId: number;
  doors: readonly LinkDoor[];
  zone: string;
  onClose: () => void;
  onMade: () => void;
}

/** From now to the end of tomorrow on the home's clocks: long enough for a visit, short enough to be forgotten. */
function firstWindow(now: number, zone: string): LinkFields['window'] {
  const from = new Date(Math.floor(now / 60_000) * 60_000).toISOString();
  const until = dayAfter(now, 2, zone);
  return { validFrom: from, ...(until === undefined ? {} : { validUntil: until }) };
}

/** Makes a guest link, then shows it, once. */
export function NewLinkDialog({ lockId, doors, zone, onClose, onMade }: NewLinkDialogProps) {
  const text = useText();
  const serverTime = useServerTime();
  const [value, setValue] = useState<LinkFields>(() => ({
    label: '',
    uses: '',
    window: firstWindow(serverTime(), zone),
  }));
  const [chosen, setChosen] = useState<ReadonlyMap<number, Method>>(new Map([[lockId, 'key']]));
  const [isTried, setIsTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [unproven, setUnproven] = useState<Unproven>();
  const [made, setMade] = useState<AnswerOf<'tempKeys.create'>>();
  const choose = (id: number, method: Method | undefined) => {
    const next = new Map(chosen);
    if (method === undefined) next.delete(id);
    else next.set(id, method);
    setChosen(next);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsTried(true);
    if (isBusy || chosen.size === 0 || Object.keys(faultsOf(value)).length > 0) return;
    setIsBusy(true);
    setFailed(undefined);
    setUnproven(undefined);
    const wanted = doors.flatMap((door) => {
      const accessMethod = chosen.get(door.lockId);
      return accessMethod === undefined ? [] : [{ lockId: door.lockId, accessMethod }];
    });
    const first = wanted[0]?.lockId ?? lockId;
    try {
      const sent = await withPasskey({ lockId: first, purpose: 'link' }, (passkey) =>
        api('tempKeys.create', {
          body: {
            label: value.label.trim() === '' ? null : value.label,
            maxUses: usesOf(value),
            ...windowOf(value),
            doors: wanted,
            passkey,
          },
        }),
      );
      if ('unproven' in sent) return setUnproven(sent.unproven);
      setMade(sent.answer);
      onMade();
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
      title={text(made === undefined ? 'links.new' : 'links.made.title')}
      size={made === undefined ? 'wide' : 'small'}
    >
      {made === undefined ? (
        <form method="post" noValidate onSubmit={send} className="flex flex-col gap-5">
          {failed === undefined ? null : (
            <IntoView>
              <ErrorNotice error={failed} />
            </IntoView>
          )}
          {unproven === undefined ? null : <UnprovenNotice of="links" because={unproven} />}
          <LinkFieldsEditor value={value} onChange={setValue} zone={zone} isTried={isTried} />
          <fieldset className="flex flex-col gap-1">
            <legend className="text-[0.9375rem] font-medium">{text('links.form.doors')}</legend>
            {doors.map((door) => (
              <div key={door.lockId} className="flex flex-col gap-2 py-1">
                <label className="flex min-h-11 items-center gap-3">
                  <input
                    type="checkbox"
                    checked={chosen.has(door.lockId)}
                    onChange={({ target }) => choose(door.lockId, target.checked ? 'key' : undefined)}
                    className="size-5 shrink-0 accent-accent"
                  />
                  <span className="min-w-0 break-words">{door.name}</span>
                </label>
                {chosen.has(door.lockId) ? (
                  <Select
                    label={text('links.form.method', { door: door.name })}
                    value={chosen.get(door.lockId) ?? 'key'}
                    onChange={({ target }) =>
                      choose(door.lockId, methods.find((method) => method === target.value) ?? 'key')
                    }
                  >
                    {methods.map((method) => (
                      <option key={method} value={method}>
                        {text(`links.form.method.${method}`)}
                      </option>
                    ))}
                  </Select>
                ) : null}
              </div>
            ))}
          </fieldset>
          {isTried && chosen.size === 0 ? (
            <Notice tone="alarm" role="alert">
              {text('links.form.doorsMissing')}
            </Notice>
          ) : null}
          <DialogActions>
            <DialogCancel />
            <Button kind="primary" type="submit" aria-disabled={isBusy}>
              {text(isBusy ? 'links.form.creating' : 'links.form.create')}
            </Button>
          </DialogActions>
        </form>
      ) : (
        <MadeLink url={made.url} pin={made.pin} onDone={onClose} />
      )}
    </Dialog>
  );
}
