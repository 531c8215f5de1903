'use client';

import { clsx } from 'clsx';
import { CircleCheck, ScanLine } from 'lucide-react';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import { Field } from '../ui/field';
import type { CodeGroup, TypedCode } from './code-check';

const inHex = (id: number): string => `0x${id.toString(16).toUpperCase().padStart(4, '0')}`;

/** What is wrong with a code, and in which printed group. */
export function problemText(checked: TypedCode, text: TextOf): string | undefined {
  const { problem } = checked;
  if (problem === undefined) return undefined;
  switch (problem.what) {
    case 'character':
      return text('hub.code.character', { group: problem.group });
    case 'range':
      return text('hub.code.range', { group: problem.group });
    case 'long':
      return text('hub.code.long', { count: problem.count });
    case 'qrCharacter':
      return text('hub.code.qrCharacter', { at: problem.at });
    case 'qrRange':
      return text('hub.code.qrRange', { at: problem.at });
    default:
      return text(`hub.code.${problem.what}`);
  }
}

/** Why a code cannot be sent as it stands. */
export function missingText(checked: TypedCode, text: TextOf): string {
  if (checked.form === 'empty') return text('hub.code.empty');
  return checked.form === 'qr'
    ? text('hub.code.qrShort')
    : text('hub.code.short', { count: checked.missing ?? 0 });
}

function stateText(checked: TypedCode, text: TextOf): string {
  const { form, isGood, digits, wanted, vendorId, productId } = checked;
  if (form === 'empty' || checked.problem !== undefined) return '';
  if (isGood && vendorId !== undefined)
    return text('hub.code.goodFor', { vendor: inHex(vendorId), product: inHex(productId ?? 0) });
  if (isGood) return text(digits === 22 ? 'hub.code.passedOn' : 'hub.code.good');
  return form === 'qr' ? text('hub.code.qrSoFar') : text('hub.code.so-far', { count: digits, wanted });
}

const groupClass: Record<CodeGroup['state'], string> = {
  waiting: 'border-dashed border-line-strong text-ink-faint',
  typing: 'border-accent text-ink',
  full: 'border-line-strong text-ink',
  wrong: 'border-2 border-alarm bg-alarm-soft text-alarm',
};

/** The digits in the groups that they are printed in. For the eye: the words below say the same. */
function Groups({ groups }: { groups: readonly CodeGroup[] }) {
  return (
    <div aria-hidden className="flex flex-wrap gap-1.5 font-mono text-lg tabular-nums">
      {groups.map(({ text: digits, size, state }, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          key={index}
          className={clsx('rounded-lg border px-2 py-1 whitespace-pre sm:px-2.5', groupClass[state])}
        >
          {digits.padEnd(size, '·')}
        </span>
      ))}
    </div>
  );
}

const emptyGroups: CodeGroup[] = [4, 3, 4].map((size) => ({ text: '', size, state: 'waiting' }));

interface CodeFieldProps {
  code: string;
  checked: TypedCode;
  /** What is wrong with it, to be shown now. */
  error: string | undefined;
  onChange: (code: string) => void;
  onScan: () => void;
}

/** Where a pairing code is typed: its groups fill as they are printed, and what is wrong is said at once. */
export function CodeField({ code, checked, error, onChange, onScan }: CodeFieldProps) {
  const text = useText();
  const state = stateText(checked, text);
  return (
    <div className="flex flex-col gap-3">
      <Field
        label={text('hub.pair.code')}
        hint={text('hub.pair.code.hint')}
        error={error}
        value={code}
        onChange={(event) => onChange(event.target.value)}
        autoComplete="off"
        autoCorrect="off"
        autoCapitalize="characters"
        spellCheck={false}
        maxLength={4_400}
        data-1p-ignore
        data-lpignore="true"
      />
      <div className="flex min-h-20 flex-col gap-2">
        {checked.form === 'qr' ? null : (
          <Groups groups={checked.form === 'empty' ? emptyGroups : checked.groups} />
        )}
        <p
          role="status"
          className={clsx(
            'flex min-h-6 items-center gap-2 text-[0.9375rem]',
            checked.isGood ? 'font-medium text-calm' : 'text-ink-soft',
          )}
        >
          {checked.isGood ? <CircleCheck aria-hidden className="size-5 shrink-0" /> : null}
          {state}
        </p>
      </div>
      <Button onClick={onScan} className="self-start max-sm:w-full">
        <ScanLine aria-hidden className="size-5" />
        {text('hub.pair.scan')}
      </Button>
    </div>
  );
}
