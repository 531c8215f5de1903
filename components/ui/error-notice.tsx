'use client';

import { ApiError } from '../hooks/call';
import type { MessageKey } from '../messages/lookup';
import { useText } from '../messages/provider';
import { Notice } from './notice';

type Trouble =
  | 'lost'
  | 'ended'
  | 'forbidden'
  | 'missing'
  | 'conflict'
  | 'limited'
  | 'invalid'
  | 'unavailable'
  | 'broken';

/** What kind of failure a call met, for words that people understand. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof ApiError)) return 'broken';
  if (error.isLost) return 'lost';
  const byStatus: Record<number, Trouble> = {
    400: 'invalid',
    401: 'ended',
    403: 'forbidden',
    404: 'missing',
    409: 'conflict',
    413: 'invalid',
    422: 'invalid',
    429: 'limited',
    503: 'unavailable',
  };
  return byStatus[error.status] ?? (error.status >= 500 ? 'broken' : 'invalid');
}

/** Title and text of a failed call: what happened, what it means, what to do. Some of what was asked for may be done by then. */
export function useTroubleText() {
  const text = useText();
  return (error: unknown, isPartDone = false): { title: string; detail: string } => {
    const trouble = troubleOf(error);
    const title: MessageKey = `trouble.${trouble}.title`;
    const what: MessageKey = `trouble.${trouble}.text`;
    const kept = text(isPartDone ? 'trouble.part' : 'trouble.nothing');
    const requestId = error instanceof ApiError ? error.requestId : undefined;
    const reference = requestId === undefined ? '' : ` ${text('failure.reference', { id: requestId })}`;
    return { title: text(title), detail: `${text(what, { kept })}${reference}` };
  };
}

/** The way back in: this page in another tab, by way of its sign-in, so that what was typed here stays. */
function SignInLink() {
  const text = useText();
  return (
    <a
      href={`${window.location.pathname}${window.location.search}`}
      target="_blank"
      rel="noreferrer"
      className="flex min-h-11 w-fit items-center font-medium underline underline-offset-4"
    >
      {text('trouble.ended.link')}
    </a>
  );
}

/** A failed call, where it was made. */
export function ErrorNotice({
  error,
  isPartDone = false,
}: {
  error: unknown;
  /** Calls before it have changed something. */
  isPartDone?: boolean;
}) {
  const { title, detail } = useTroubleText()(error, isPartDone);
  return (
    <Notice tone="alarm" role="alert" title={title}>
      {detail}
      {troubleOf(error) === 'ended' ? <SignInLink /> : null}
    </Notice>
  );
}
