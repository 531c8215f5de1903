'use client';

import { type FormEvent, useState } from 'react';
import type { DoorSettings, NightRule } from '@/server/contracts/door-settings';
import type { Gesture } from '@/server/contracts/locks';
import { isStricter } from '@/server/domain/lock/strictness';
import { api } from '../hooks/api';
import { useEdited } from '../hooks/use-edited';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { IntoView } from '../ui/into-view';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { tell } from '../ui/toast';
import { UnprovenNotice } from './unproven-notice';
import { type Unproven, withPasskey } from './with-passkey';

const gestures: readonly Gesture[] = ['tap', 'hold', 'hold-passkey'];
const strictest: Gesture = 'hold-passkey';

interface StricterGestureProps {
  label: string;
  value: Gesture;
  choices: readonly Gesture[];
  className: string;
  onChoose: (gesture: Gesture) => void;
}

/** Which gesture counts under a condition: one of those that ask for more than the ordinary one. */
function StricterGesture({ label, value, choices, className, onChoose }: StricterGestureProps) {
  const text = useText();
  return (
    <Select
      label={label}
      value={value}
      className={className}
      onChange={({ target }) => onChoose(choices.find((one) => one === target.value) ?? strictest)}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {text(`doorSettings.gesture.${one}`)}
        </option>
      ))}
    </Select>
  );
}

interface SettingsFormProps {
  settings: DoorSettings;
  canChange: boolean;
  onSaved: () => void;
}

/** Name and gesture of a door, by day, by night and from away. Saved together, because one limits the other. */
export function SettingsForm({ settings, canChange, onSaved }: SettingsFormProps) {
  const text = useText();
  const [name, setName] = useEdited(settings.name);
  const [gesture, setGesture] = useEdited(settings.gesture);
  const [night, setNight] = useEdited<NightRule | null>(settings.night);
  const [remote, setRemote] = useEdited<Gesture | null>(settings.remote);
  const [isBusy, setIsBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>();
  const [unproven, setUnproven] = useState<Unproven>();
  const stricter = gestures.filter((one) => isStricter(one, gesture));
  const isNameless = name.trim() === '';
  const isNightEmpty = night !== null && night.from === night.until;
  const choose = (next: Gesture) => {
    setGesture(next);
    // A condition that asks for no more than the ordinary gesture says nothing any more.
    if (night !== null && !isStricter(night.gesture, next))
      setNight(next === strictest ? null : { ...night, gesture: strictest });
    if (remote !== null && !isStricter(remote, next)) setRemote(next === strictest ? null : strictest);
  };
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || isNameless || isNightEmpty) return;
    setIsBusy(true);
    setFailed(undefined);
    setUnproven(undefined);
    try {
      const saved = await withPasskey({ lockId: settings.lockId, purpose: 'settings' }, (passkey) =>
        api('locks.update', {
          params: { id: settings.lockId },
          body: { name, gesture, night, remote, passkey },
        }),
      );
      if ('unproven' in saved) return setUnproven(saved.unproven);
      tell({ tone: 'done', title: text('ui.saved') });
      onSaved();
    } catch (error) {
      setFailed(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <form method="post" noValidate onSubmit={save}>
      <fieldset disabled={!canChange} className="flex min-w-0 flex-col gap-6">
        <legend className="sr-only">{text('doorSettings.title')}</legend>
        {failed === undefined ? null : (
          <IntoView>
            <ErrorNotice error={failed} />
          </IntoView>
        )}
        {unproven === undefined ? null : <UnprovenNotice of="doorSettings" because={unproven} />}
        <Field
          label={text('doorSettings.name')}
          value={name}
          maxLength={200}
          autoComplete="off"
          error={isNameless ? text('doorSettings.nameMissing') : undefined}
          onChange={({ target }) => setName(target.value)}
          className="sm:max-w-md"
        />
        <fieldset className="flex min-w-0 flex-col gap-2">
          <legend className="text-[0.9375rem] font-medium">{text('doorSettings.gesture')}</legend>
          <p className="text-sm text-ink-soft">{text('doorSettings.gestureLead')}</p>
          {gestures.map((one) => (
            <label
              key={one}
              className="flex min-h-11 cursor-pointer items-start gap-3 rounded-xl border border-line p-4 has-checked:border-accent has-checked:bg-accent-soft"
            >
              <input
                type="radio"
                name="gesture"
                value={one}
                checked={gesture === one}
                onChange={() => choose(one)}
                aria-describedby={`risk-${one}`}
                aria-label={text(`doorSettings.gesture.${one}`)}
                className="mt-0.5 size-5 shrink-0 accent-accent"
              />
              <span className="min-w-0">
                <span className="block font-medium">{text(`doorSettings.gesture.${one}`)}</span>
                <span id={`risk-${one}`} className="block text-sm text-pretty text-ink-soft">
                  {text(`doorSettings.gesture.${one}.risk`)}
                </span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="flex flex-col gap-3">
          <Switch
            label={text('doorSettings.night')}
            hint={text(stricter.length === 0 ? 'doorSettings.night.none' : 'doorSettings.nightLead')}
            checked={night !== null}
            disabled={!canChange || stricter.length === 0}
            onChange={(isOn) => setNight(isOn ? { gesture: strictest, from: '22:00', until: '06:00' } : null)}
          />
          {night === null ? null : (
            <div className="grid grid-cols-2 items-start gap-3 sm:grid-cols-[2fr_1fr_1fr]">
              <StricterGesture
                label={text('doorSettings.night.gesture')}
                value={night.gesture}
                choices={stricter}
                className="col-span-2 sm:col-span-1"
                onChoose={(next) => setNight({ ...night, gesture: next })}
              />
              <Field
                label={text('doorSettings.night.from')}
                type="time"
                value={night.from}
                onChange={({ target }) => target.value !== '' && setNight({ ...night, from: target.value })}
              />
              <Field
                label={text('doorSettings.night.until')}
                type="time"
                value={night.until}
                hint={night.until < night.from ? text('doorSettings.night.next') : undefined}
                error={isNightEmpty ? text('doorSettings.night.same') : undefined}
                onChange={({ target }) => target.value !== '' && setNight({ ...night, until: target.value })}
              />
            </div>
          )}
        </div>
        <div className="flex flex-col gap-3">
          <Switch
            label={text('doorSettings.remote')}
            hint={text(stricter.length === 0 ? 'doorSettings.remote.none' : 'doorSettings.remoteLead')}
            checked={remote !== null}
            disabled={!canChange || stricter.length === 0}
            onChange={(isOn) => setRemote(isOn ? strictest : null)}
          />
          {remote === null ? null : (
            <StricterGesture
              label={text('doorSettings.remote.gesture')}
              value={remote}
              choices={stricter}
              className="sm:max-w-md"
              onChoose={setRemote}
            />
          )}
        </div>
        {canChange ? (
          <Button kind="primary" type="submit" aria-disabled={isBusy} className="self-start">
            {text(isBusy ? 'ui.saving' : 'ui.save')}
          </Button>
        ) : (
          <p className="text-sm text-ink-soft">{text('doorSettings.readOnly')}</p>
        )}
      </fieldset>
    </form>
  );
}
