'use client';

import { useText } from '../messages/provider';
import { ShownOnce } from '../ui/shown-once';

/** A secret that was just made: shown once, to pass on. */
export function MadeSecret({ label, value, onDone }: { label: string; value: string; onDone: () => void }) {
  const text = useText();
  return (
    <ShownOnce
      lead={text('project.secret.lead')}
      label={label}
      value={value}
      done={text('project.secret.done')}
      copyFailed={text('project.secret.copyFailed')}
      onDone={onDone}
    />
  );
}
