'use client';

import { Send } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import { api } from '../hooks/api';
import { JsonField } from '../json/json-field';
import { compactJson, jsonKind, jsonProblem } from '../json/json-text';
import { useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Moment } from '../time/moment';
import { Button } from '../ui/button';
import { Card } from '../ui/card';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Notice } from '../ui/notice';
import { type ComposedCommand, recentCommands, rememberCommand } from './recent-commands';

interface CommandComposerProps {
  deviceId: number;
  isConnected: boolean;
  zone: string | undefined;
}

/** Sends any command to a device. It claims no more than the API tells: that the command was handed over. */
export function CommandComposer({ deviceId, isConnected, zone }: CommandComposerProps) {
  const text = useText();
  const serverTime = useServerTime();
  const [action, setAction] = useState('');
  const [parameters, setParameters] = useState('{}');
  const [recent, setRecent] = useState<ComposedCommand[]>([]);
  const [wasTried, setWasTried] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const [handedOver, setHandedOver] = useState<{ action: string; at: string; wasConnected: boolean }>();
  useEffect(() => setRecent(recentCommands(window.localStorage, deviceId)), [deviceId]);

  const isObject = jsonProblem(parameters) === undefined && jsonKind(parameters) === 'object';
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    const name = action.trim();
    if (name === '' || !isObject) return;
    setIsBusy(true);
    setFailure(undefined);
    setHandedOver(undefined);
    try {
      const packed = compactJson(parameters);
      // The text as it was typed, so that 64-bit integers reach the device whole.
      const rawBody = `{"action":${JSON.stringify(name)},"parameters":${packed}}`;
      await api(
        'devices.command',
        { params: { deviceId }, body: { action: name, parameters: undefined } },
        { rawBody },
      );
      setHandedOver({ action: name, at: new Date(serverTime()).toISOString(), wasConnected: isConnected });
      setRecent(rememberCommand(window.localStorage, deviceId, { action: name, parameters: packed }));
      setWasTried(false);
    } catch (error) {
      setFailure(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Card className="p-4 sm:p-6">
      <section aria-labelledby="command" className="flex flex-col gap-5">
        <div>
          <h3 id="command" className="text-lg font-semibold">
            {text('device.command.title')}
          </h3>
          <p className="text-pretty text-ink-soft">{text('device.command.lead')}</p>
        </div>
        {isConnected ? null : (
          <Notice tone="unknown" title={text('device.command.away.title')}>
            {text('device.command.away.text')}
          </Notice>
        )}
        <form noValidate className="flex flex-col gap-5" onSubmit={(event) => void send(event)}>
          {failure === undefined ? null : <ErrorNotice error={failure} />}
          <Field
            label={text('device.command.action')}
            hint={text('device.command.actionHint')}
            error={wasTried && action.trim() === '' ? text('device.command.noAction') : undefined}
            autoCapitalize="off"
            autoComplete="off"
            spellCheck={false}
            maxLength={256}
            value={action}
            onChange={(event) => setAction(event.target.value)}
          />
          <JsonField
            label={text('device.command.parameters')}
            value={parameters}
            onChange={setParameters}
            error={isObject ? undefined : text('device.command.noObject')}
            rows={5}
          />
          <div className="flex flex-wrap items-center gap-4">
            <Button kind="primary" type="submit" disabled={isBusy}>
              <Send aria-hidden className="size-4.5" />
              {text('device.command.send')}
            </Button>
            <p role="status" className="text-pretty text-ink-soft">
              {handedOver === undefined ? null : (
                <>
                  {text(handedOver.wasConnected ? 'device.command.over' : 'device.command.lost', {
                    action: handedOver.action,
                  })}{' '}
                  <Moment at={handedOver.at} zone={zone} />
                </>
              )}
            </p>
          </div>
        </form>
        {recent.length === 0 ? null : (
          <div className="border-t border-line pt-4">
            <h4 className="text-[0.9375rem] font-medium">{text('device.command.recent')}</h4>
            <ul className="mt-1">
              {recent.map((one) => (
                <li key={`${one.action} ${one.parameters}`}>
                  <button
                    type="button"
                    onClick={() => {
                      setAction(one.action);
                      setParameters(one.parameters);
                    }}
                    className="flex min-h-11 w-full items-baseline gap-3 rounded-lg py-2.5 text-left hover:bg-sunken"
                  >
                    <span className="shrink-0 font-medium">{one.action}</span>
                    <code className="min-w-0 truncate text-sm text-ink-soft">{one.parameters}</code>
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
    </Card>
  );
}
