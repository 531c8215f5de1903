'use client';

import { useId, useState } from 'react';
import type { Membership } from '@/server/contracts/members';
import { ConflictNotice } from '../access/conflict-notice';
import { WindowEditor } from '../access/window-editor';
import { capitalised, isWindowSound, windowWords } from '../access/window-words';
import { api } from '../hooks/api';
import { ApiError } from '../hooks/call';
import { usePreferences, useText } from '../messages/provider';
import { useServerTime } from '../time/clock';
import { Button } from '../ui/button';
import { Dialog, DialogActions } from '../ui/dialog';
import { DialogCancel } from '../ui/dialog-cancel';
import { ErrorNotice } from '../ui/error-notice';
import { Select } from '../ui/select';
import { Switch } from '../ui/switch';
import { tell } from '../ui/toast';
import {
  type Access,
  type DraftGrant,
  describeChange,
  isSameAccess,
  type Role,
  rebased,
} from './describe-change';
import { windowOf } from './member-words';
import { type AccessActs, saveAccess } from './save-access';

interface AccessDialogProps {
  homeId: number;
  member: Membership;
  name: string;
  doors: readonly { lockId: number; name: string }[];
  zone: string;
  /** The only owner who could act keeps the role. */
  isLastOwner: boolean;
  onClose: () => void;
}

/** The calls that change what somebody may open. */
const actsOf = (homeId: number, userId: number): AccessActs => ({
  changeRole: (role) => api('members.change', { params: { homeId, userId }, body: { role } }),
  remove: ({ id, lockId }) =>
    api('grants.delete', { params: { id: lockId, grantId: id } }).catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.status !== 404) throw error;
    }),
  update: ({ id, lockId }, body) => api('grants.update', { params: { id: lockId, grantId: id }, body }),
  create: async ({ lockId, window }) =>
    (await api('grants.create', { params: { id: lockId }, body: { userId, ...window } })).id,
});

const accessOf = ({ role, grants }: Membership): Access => ({
  role,
  grants: grants.map((grant) => ({ id: grant.id, lockId: grant.lockId, window: windowOf(grant) })),
});

interface DoorProps {
  door: { lockId: number; name: string };
  grants: readonly DraftGrant[];
  zone: string;
  onChange: (grants: DraftGrant[]) => void;
}

/** One door: whether it may be opened, and when. */
function Door({ door, grants, zone, onChange }: DoorProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const serverTime = useServerTime();
  const [edited, setEdited] = useState<number>();
  // Off and on again is no change.
  const [taken, setTaken] = useState<readonly DraftGrant[]>([]);
  const change = (place: number, window: DraftGrant['window']) =>
    onChange(grants.map((grant, index) => (index === place ? { ...grant, window } : grant)));
  return (
    <li className="flex flex-col gap-1 rounded-2xl border border-line px-4 py-2">
      <Switch
        label={text('member.access.give', { door: door.name })}
        checked={grants.length > 0}
        onChange={(isOn) => {
          if (!isOn) setTaken(grants);
          onChange(isOn ? (taken.length > 0 ? [...taken] : [{ lockId: door.lockId, window: {} }]) : []);
        }}
      />
      {grants.map((grant, place) => (
        <div key={grant.id ?? 'new'} className="flex flex-col gap-2 pb-2">
          <div className="flex flex-wrap items-center justify-between gap-2">
            <span className="text-[0.9375rem] text-ink-soft">
              {capitalised(windowWords(grant.window, text, zone, { now: serverTime(), hourCycle }))}
            </span>
            {edited === place ? null : (
              <Button
                aria-label={text('member.access.changeOf', { door: door.name })}
                onClick={() => setEdited(place)}
              >
                {text('member.access.change')}
              </Button>
            )}
          </div>
          {edited === place ? (
            <WindowEditor value={grant.window} onChange={(window) => change(place, window)} zone={zone} />
          ) : null}
        </div>
      ))}
    </li>
  );
}

/** Changes the role of somebody and what they may open; says what saving will change before it is saved. */
export function AccessDialog({ homeId, member, name, doors, zone, isLastOwner, onClose }: AccessDialogProps) {
  const text = useText();
  const { hourCycle } = usePreferences();
  const serverTime = useServerTime();
  const diffId = useId();
  const theirs = accessOf(member);
  const [before, setBefore] = useState<Access>(theirs);
  /** What is stored as this page knows it: what it opened with, and what it has made of it since. */
  const [own, setOwn] = useState<readonly Access[]>([theirs]);
  const [draft, setDraft] = useState(before);
  const [failure, setFailure] = useState<unknown>();
  const [isPartDone, setIsPartDone] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const nameOf = (lockId: number) => doors.find((door) => door.lockId === lockId)?.name ?? `#${lockId}`;
  const lines = describeChange(before, draft, { text, zone, nameOf, now: serverTime(), hourCycle });
  const takeIn = (wanted: Access) => {
    setBefore(theirs);
    setOwn([theirs]);
    setDraft(wanted);
  };
  const isMoved = !isBusy && !own.some((one) => isSameAccess(one, theirs));
  const isConflict = isMoved && !isSameAccess(draft, before) && !isSameAccess(draft, theirs);
  if (isMoved && !isConflict) takeIn(theirs);
  const isSound = draft.grants.every(({ window }) => isWindowSound(window));
  const submit = async () => {
    setIsBusy(true);
    setFailure(undefined);
    setIsPartDone(false);
    try {
      await saveAccess({ before, after: draft }, actsOf(homeId, member.userId), (reached) => {
        setBefore(reached.before);
        setDraft(reached.after);
        setOwn((known) => [...known, reached.before]);
        setIsPartDone(true);
      });
      tell({ tone: 'done', title: text('member.access.saved', { name }) });
      onClose();
    } catch (error) {
      setFailure(error);
      setIsBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      isBusy={isBusy}
      onOpenChange={(isOpen) => isOpen || onClose()}
      title={text('member.access.title', { name })}
      size="wide"
    >
      <div className="flex flex-col gap-5">
        {failure === undefined ? null : <ErrorNotice error={failure} isPartDone={isPartDone} />}
        {isConflict ? (
          <ConflictNotice onKeep={() => takeIn(rebased(draft, theirs))} onTake={() => takeIn(theirs)} />
        ) : null}
        <Select
          label={text('member.role')}
          hint={isLastOwner ? text('member.lastOwner') : text(`member.role.${draft.role}.means`)}
          value={draft.role}
          disabled={isLastOwner}
          onChange={({ target }) => setDraft({ ...draft, role: target.value as Role })}
        >
          {(['owner', 'member', 'guest'] as const).map((role) => (
            <option key={role} value={role}>
              {text(`member.role.${role}`)}
            </option>
          ))}
        </Select>
        <section aria-labelledby={`${diffId}-doors`} className="flex flex-col gap-2">
          <h3 id={`${diffId}-doors`} className="font-semibold">
            {text('member.access.doors')}
          </h3>
          {draft.role === 'guest' ? (
            <ul className="flex flex-col gap-2">
              {doors.map((door) => (
                <Door
                  key={door.lockId}
                  door={door}
                  grants={draft.grants.filter(({ lockId }) => lockId === door.lockId)}
                  zone={zone}
                  onChange={(grants) =>
                    setDraft({
                      ...draft,
                      grants: [...draft.grants.filter(({ lockId }) => lockId !== door.lockId), ...grants],
                    })
                  }
                />
              ))}
            </ul>
          ) : null}
          {draft.role === 'guest' && doors.length > 0 ? null : (
            <p className="text-ink-soft">
              {text(draft.role === 'guest' ? 'member.access.noDoors' : 'member.access.everyDoor')}
            </p>
          )}
        </section>
        <section aria-labelledby={diffId} className="rounded-2xl bg-sunken px-4 py-3">
          <h3 id={diffId} className="font-semibold">
            {text('member.access.diff')}
          </h3>
          <div aria-live="polite">
            {lines.length === 0 ? (
              <p className="text-ink-soft">{text('member.access.noDiff')}</p>
            ) : (
              <ul className="list-disc pl-5">
                {lines.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            )}
          </div>
        </section>
      </div>
      <DialogActions>
        <DialogCancel />
        <Button
          kind="primary"
          disabled={isBusy || isConflict || lines.length === 0 || !isSound}
          onClick={() => void submit()}
        >
          {text(isBusy ? 'ui.saving' : 'ui.save')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
