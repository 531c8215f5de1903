'use client';

import { useQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { renderSVG } from 'uqr';
import { api } from '../hooks/api';
import { type AnswerOf, ApiError } from '../hooks/call';
import { useText } from '../messages/provider';
import { useNow } from '../time/clock';
import { Button, buttonClass } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Link } from '../ui/link';
import { Notice } from '../ui/notice';
import { Select } from '../ui/select';
import { tell } from '../ui/toast';
import { calledOf } from './devices';

type Token = AnswerOf<'devices.provision'>;

const clockOf = (ms: number): string =>
  `${Math.floor(ms / 60_000)}:${String(Math.floor((ms % 60_000) / 1_000)).padStart(2, '0')}`;

/** The token as QR code and text, its life counting down, and the device that came with it. */
function ShownToken({
  token,
  homeId,
  before,
}: {
  token: Token;
  homeId: number;
  before: ReadonlySet<number>;
}) {
  const text = useText();
  const left = Math.max(0, Date.parse(token.expirationTime) - useNow(1_000));
  // The list below the dialog keeps this key live; here it is only looked at.
  const { data: devices = [] } = useQuery({
    queryKey: ['devices', homeId],
    queryFn: ({ signal }) => api('devices.list', { query: { homeId } }, { signal }),
  });
  const arrived = devices.find(({ id }) => !before.has(id));
  if (arrived !== undefined) {
    return (
      <div role="status" className="flex flex-col items-center gap-3 py-6 text-center">
        <CircleCheck aria-hidden className="size-12 text-calm" />
        <p className="text-lg font-semibold">
          {text('device.token.arrived', {
            name: calledOf(arrived) ?? text('device.unnamed', { id: arrived.id }),
          })}
        </p>
        <Link className={buttonClass('primary')} href={`/dashboard/homes/${homeId}/devices/${arrived.id}`}>
          {text('device.token.show')}
        </Link>
      </div>
    );
  }
  if (left === 0) {
    return (
      <Notice tone="notice" role="alert" title={text('device.token.over.title')}>
        {text('device.token.over.text')}
      </Notice>
    );
  }
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(token.token);
      tell({ tone: 'done', title: text('ui.copied') });
    } catch {
      tell({ tone: 'failed', title: text('device.token.copyFailed') });
    }
  };
  return (
    <div className="flex flex-col items-center gap-4">
      <div
        role="img"
        aria-label={text('device.token.qr')}
        className="w-60 max-w-full overflow-hidden rounded-2xl border border-line"
        // biome-ignore lint/security/noDangerouslySetInnerHtml: an SVG that uqr draws of modules alone, without text of the token
        dangerouslySetInnerHTML={{ __html: renderSVG(token.token, { border: 3 }) }}
      />
      <p className="max-w-full rounded-xl bg-sunken px-3 py-2 font-mono text-sm break-all">{token.token}</p>
      <p className="text-ink-soft tabular-nums">{text('device.token.left', { time: clockOf(left) })}</p>
      <p role="status" className="text-center text-pretty text-ink-soft">
        {text('device.token.waiting')}
      </p>
      <Button onClick={() => void copy()}>{text('ui.copy')}</Button>
    </div>
  );
}

interface TokenDialogProps {
  homeId: number;
  deviceClasses: string[];
  knownIds: number[];
  onClose: () => void;
}

/** Makes a one-time token for new hardware and waits for the device that redeems it. */
export function TokenDialog({ homeId, deviceClasses, knownIds, onClose }: TokenDialogProps) {
  const text = useText();
  /** The devices that were there before the token. */
  const [before, setBefore] = useState<ReadonlySet<number>>(new Set());
  const [deviceClass, setDeviceClass] = useState(deviceClasses[0] ?? '');
  const [deviceTag, setDeviceTag] = useState('');
  const [token, setToken] = useState<Token>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setIsBusy] = useState(false);
  const make = async (event: FormEvent) => {
    event.preventDefault();
    setIsBusy(true);
    setFailure(undefined);
    try {
      const tag = deviceTag.trim();
      const body = { deviceClass, ...(tag === '' ? {} : { deviceTag: tag }) };
      setBefore(new Set(knownIds));
      setToken(await api('devices.provision', { params: { homeId }, body }));
    } catch (error) {
      setFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  const refusal = failure instanceof ApiError ? failure.fields.deviceTag : undefined;
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={onClose}
      title={text('device.token.title')}
      lead={text('device.token.lead')}
    >
      {token === undefined ? (
        <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void make(event)}>
          {failure === undefined || refusal !== undefined ? null : <ErrorNotice error={failure} />}
          {deviceClasses.length === 0 ? (
            <Notice tone="notice" title={text('device.token.noClass.title')}>
              {text('device.token.noClass.text')}
            </Notice>
          ) : (
            <>
              <Select
                label={text('device.class')}
                value={deviceClass}
                onChange={(event) => setDeviceClass(event.target.value)}
              >
                {deviceClasses.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
              <Field
                label={text('device.token.tag')}
                hint={text('device.token.tagHint')}
                error={refusal}
                maxLength={256}
                value={deviceTag}
                onChange={(event) => setDeviceTag(event.target.value)}
              />
            </>
          )}
          <DialogActions>
            <DialogCancel />
            <Button kind="primary" type="submit" disabled={isBusy || deviceClasses.length === 0}>
              {text('device.token.make')}
            </Button>
          </DialogActions>
        </form>
      ) : (
        <>
          <ShownToken token={token} homeId={homeId} before={before} />
          <DialogActions>
            <Button onClick={() => setToken(undefined)}>{text('device.token.another')}</Button>
            <Button kind="primary" onClick={onClose}>
              {text('ui.close')}
            </Button>
          </DialogActions>
        </>
      )}
    </Dialog>
  );
}
