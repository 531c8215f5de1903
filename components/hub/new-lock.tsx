'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { api } from '../hooks/api';
import { useText } from '../messages/provider';
import { Button, buttonClass } from '../ui/button';
import { ErrorNotice } from '../ui/error-notice';
import { Field } from '../ui/field';
import { Link } from '../ui/link';

interface NewLockProps {
  lockId: number;
  /** What the lock calls itself. */
  name: string;
  isOwner: boolean;
}

/** A lock that was just paired: its owner names it, and the way leads to its door. */
export function NewLock({ lockId, name: ownName, isOwner }: NewLockProps) {
  const text = useText();
  const router = useRouter();
  const [name, setName] = useState(ownName);
  const [isMissing, setIsMissing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const door = `/dashboard/locks/${lockId}`;
  if (!isOwner)
    return (
      <Link href={door} className={buttonClass('primary')}>
        {text('hub.done.door')}
      </Link>
    );
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return setIsMissing(true);
    setIsBusy(true);
    setError(undefined);
    try {
      if (name.trim() !== ownName)
        await api('locks.update', { params: { id: lockId }, body: { name: name.trim() } });
      // A page of the door that was fetched ahead still has the old name.
      router.refresh();
      router.push(door);
    } catch (failed) {
      setError(failed);
      setIsBusy(false);
    }
  };
  return (
    <form method="post" noValidate onSubmit={(event) => void save(event)} className="flex flex-col gap-4">
      {error === undefined ? null : <ErrorNotice error={error} />}
      <Field
        label={text('hub.done.name')}
        hint={text('hub.done.name.hint')}
        error={isMissing ? text('hub.done.name.missing') : undefined}
        value={name}
        maxLength={200}
        onChange={(event) => {
          setName(event.target.value);
          setIsMissing(false);
        }}
      />
      <Button type="submit" kind="primary" disabled={isBusy} className="self-start max-sm:w-full">
        {text('hub.done.name.save')}
      </Button>
    </form>
  );
}
