'use client';

import { clsx } from 'clsx';
import { KeyRound } from 'lucide-react';
import { type CSSProperties, useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { DoorView } from '@/server/contracts/locks';
import { useText } from '../messages/provider';
import { Button } from '../ui/button';
import type { EarlyRun } from './early-gesture';
import { holdMs, recogniseHold } from './recognise-hold';
import type { Begun } from './use-opening';

type Note = 'open.released' | 'open.joinsOwn' | 'open.alreadyOpen' | 'open.confirmLapsed';

const notes: Record<Begun, Note | undefined> = {
  begun: undefined,
  joined: 'open.joinsOwn',
  isOpen: 'open.alreadyOpen',
};
const noteShownMs = 5_000;
/** An unanswered question is taken back after the life of a request. */
const questionOpenMs = 8_000;

interface HoldButtonProps {
  door: Pick<DoorView, 'lockId' | 'name' | 'gesture'>;
  /** The own opening is under way. */
  isBusy: boolean;
  /** The passkey is being asked for; nothing is on its way yet. */
  isProving?: boolean;
  /** The last one did not end at the bolt. */
  isRetry: boolean;
  onOpen: () => Begun;
  /** Goes on with what was begun before this script arrived. */
  onAdopt: (run: EarlyRun) => void;
}

function Ring() {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 176 176"
      className="absolute inset-0 size-full -rotate-90"
      fill="none"
      strokeWidth="8"
    >
      <circle cx="88" cy="88" r="72" className="hold-face" />
      <circle cx="88" cy="88" r="83" className="hold-track" />
      <circle cx="88" cy="88" r="83" pathLength="1" strokeLinecap="round" className="hold-ring" />
    </svg>
  );
}

/**
 * The button that opens a door: held for a moment by pointer, Space or Enter, or answered in two steps by whoever
 * cannot hold. Which gesture it takes is set per lock.
 */
export function HoldButton({ door, isBusy, isProving = false, isRetry, onOpen, onAdopt }: HoldButtonProps) {
  const text = useText();
  const hintId = useId();
  const button = useRef<HTMLButtonElement>(null);
  const earlyLine = useRef<HTMLParagraphElement>(null);
  const yes = useRef<HTMLButtonElement>(null);
  const [note, setNote] = useState<Note>();
  const [isAsking, setIsAsking] = useState(false);
  const isTap = door.gesture === 'tap';

  const open = useEffectEvent(() => {
    setIsAsking(false);
    setNote(notes[onOpen()]);
  });
  const adopt = useEffectEvent(onAdopt);

  useEffect(() => {
    const element = button.current;
    if (element === null) return;
    const early = window.latchkeyEarly;
    if (early?.lockId === door.lockId) {
      window.latchkeyEarly = undefined;
      const run = early.takeOver({
        begin: (requestId, startedAt) => adopt({ requestId, startedAt }),
        released: () => setNote('open.released'),
        asked: () => setIsAsking(true),
      });
      if (run !== undefined) adopt(run);
      if (earlyLine.current !== null) earlyLine.current.textContent = '';
    }
    return recogniseHold(element, {
      holdMs: isTap ? 0 : holdMs,
      onBegin: () => {
        setNote(undefined);
        navigator.vibrate?.(10);
      },
      onReleased: () => setNote('open.released'),
      onDone: () => open(),
      onPlainClick: () => setIsAsking(true),
    });
  }, [door.lockId, isTap]);

  useEffect(() => {
    if (note === undefined) return;
    const timer = setTimeout(() => setNote(undefined), noteShownMs);
    return () => clearTimeout(timer);
  }, [note]);

  useEffect(() => {
    if (!isAsking) return;
    yes.current?.focus();
    const timer = setTimeout(() => {
      setIsAsking(false);
      setNote('open.confirmLapsed');
      button.current?.focus();
    }, questionOpenMs);
    return () => clearTimeout(timer);
  }, [isAsking]);

  const ready = isRetry
    ? text(isTap ? 'open.tapAgain' : 'open.again')
    : text(isTap ? 'open.tap' : 'open.hold');
  return (
    <div className="flex flex-col items-center gap-3">
      <button
        ref={button}
        type="button"
        data-early-gesture=""
        suppressHydrationWarning
        aria-describedby={hintId}
        aria-disabled={isBusy ? true : undefined}
        className={clsx('hold-button size-44', isBusy ? 'text-ink-soft' : 'text-on-accent')}
        style={{ '--hold-time': `${holdMs}ms` } as CSSProperties}
      >
        <Ring />
        <span className="relative flex max-w-32 flex-col items-center gap-1.5 text-center text-[0.9375rem] leading-tight font-semibold">
          <KeyRound aria-hidden className="size-8" strokeWidth={1.75} />
          {isBusy ? (
            text(isProving ? 'open.proving' : 'open.busy')
          ) : (
            <>
              <span className="hold-label-ready">{ready}</span>
              <span className="hold-label-holding">{text('open.holding')}</span>
            </>
          )}
          <span className="sr-only">: {door.name}</span>
        </span>
      </button>
      <div className="min-h-12 max-w-sm text-center text-sm text-balance text-ink-soft">
        {/* The early script writes here; what it wrote is not React's to compare. */}
        <p
          ref={earlyLine}
          data-early-status=""
          role="status"
          suppressHydrationWarning
          className="font-medium text-ink empty:hidden"
          // biome-ignore lint/security/noDangerouslySetInnerHtml: empty, and only so that React leaves the content alone
          dangerouslySetInnerHTML={{ __html: '' }}
        />
        <p role="status" className="font-medium text-ink empty:hidden">
          {note === undefined ? '' : text(note)}
        </p>
        <p id={hintId} className={note === undefined ? '' : 'sr-only'}>
          {text(isTap ? 'open.tapHint' : 'open.hint')}
        </p>
      </div>
      {isAsking ? (
        <fieldset
          className="flex flex-col items-center gap-2"
          // The key that asked the question and is still held down is no answer to it.
          onKeyDown={(event) => event.repeat && event.key === 'Enter' && event.preventDefault()}
        >
          <legend className="mb-2 text-center font-semibold">
            {text('open.confirm', { door: door.name })}
          </legend>
          <div className="flex gap-2">
            <Button
              ref={yes}
              kind="primary"
              className="scroll-mb-6"
              onClick={() => {
                open();
                button.current?.focus();
              }}
            >
              {text('open.confirmYes')}
            </Button>
            <Button
              onClick={() => {
                setIsAsking(false);
                button.current?.focus();
              }}
            >
              {text('open.confirmNo')}
            </Button>
          </div>
        </fieldset>
      ) : isTap ? null : (
        <Button
          kind="quiet"
          className="underline decoration-line-strong underline-offset-4"
          aria-disabled={isBusy ? true : undefined}
          onClick={() => !isBusy && setIsAsking(true)}
        >
          {text('open.twoStep')}
        </Button>
      )}
      <noscript>
        <p className="text-sm text-alarm">{text('open.needsScript')}</p>
      </noscript>
    </div>
  );
}
