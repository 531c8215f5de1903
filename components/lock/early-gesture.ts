import type { Gesture } from '@/server/contracts/locks';
import { openingLifeMs } from '@/server/domain/lock/opening';
import { isOutcomeUnsure } from '@/server/domain/lock/outcome';
import { unconfirmedAfterMs } from '@/server/domain/lock/predicates';
import type { TextOf } from '../messages/lookup';
import { sameGestureMs } from './opening-progress';
import { namedFailures } from './progress-text';
import { holdMs, recogniseHold } from './recognise-hold';
import { newRequestId } from './request-id';
import { attemptMs, refusalKeyOf, refusalTitleOf } from './send-opening';

/** An opening that was begun before the page's own script had arrived. */
export interface EarlyRun {
  requestId: string;
  /** Epoch milliseconds of this browser's clock. */
  startedAt: number;
  /** Absent: nothing was sent, the page is to ask for the passkey first. */
  answer?: Promise<EarlyAnswer>;
}

export interface EarlyAnswer {
  /** 0 when none came within the life of the request. */
  status: number;
  requestId?: string;
  /** Refused for want of a passkey alone. */
  lacksPasskey?: boolean;
}

/** What the early script leaves on the window for the page's own script. */
export interface EarlyGesture {
  lockId: number;
  /**
   * The page takes over. Gives the running opening, if any; a hold still under way is finished by the early script and
   * handed on, so that one gesture never becomes two requests. What was just said, or asked, is said again by the heir.
   */
  takeOver(heir: EarlyHeir): EarlyRun | undefined;
}

/** Who goes on with a hold that was under way. */
export interface EarlyHeir {
  begin(requestId: string, startedAt: number): void;
  released(): void;
  /** Whoever cannot hold pressed once, and is to be asked. */
  asked(): void;
}

declare global {
  interface Window {
    latchkeyEarly?: EarlyGesture | undefined;
  }
}

interface EarlySettings {
  lockId: number;
  holdMs: number;
  lifeMs: number;
  attemptMs: number;
  sameGestureMs: number;
  unconfirmedAfterMs: number;
  /** The door opens with a passkey, which only the page's own script can ask for. */
  needsPasskey: boolean;
  texts: Record<string, string>;
  refusals: Record<string, string>;
  /** What to say of failures after which nobody knows how the bolt stands, by their names. */
  unsure: Record<string, string>;
}

/** Runs in the browser as text: it must use nothing from outside itself but its arguments. */
function earlyGesture(
  settings: EarlySettings,
  recognise: typeof recogniseHold,
  makeRequestId: typeof newRequestId,
): void {
  const button = document.querySelector<HTMLElement>('[data-early-gesture]');
  const line = document.querySelector<HTMLElement>('[data-early-status]');
  if (button === null || line === null) return;
  const { texts, refusals, unsure } = settings;
  const pollMs = 700;
  const repeatMs = 600;
  let isTakenOver = false;
  let isHolding = false;
  let isAsked = false;
  let isReleased = false;
  let run: EarlyRun | undefined;
  let isRunning = false;
  let openedAt = 0;
  let heir: EarlyHeir | undefined;

  const say = (text: string | undefined) => {
    if (!isTakenOver) line.textContent = text ?? '';
  };
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const finish = (text: string | undefined) => {
    isRunning = false;
    say(text);
  };

  /** Asks until `until` at the longest: a network that is gone does not always say so. */
  const ask = async (what: string, until: number, request: RequestInit): Promise<Response> => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), Math.min(settings.attemptMs, until - Date.now()));
    try {
      return await fetch(`/locks/${settings.lockId}${what}`, {
        ...request,
        credentials: 'same-origin',
        signal: stop.signal,
      });
    } finally {
      clearTimeout(timer);
    }
  };

  const send = async (requestId: string, startedAt: number): Promise<EarlyAnswer> => {
    while (Date.now() - startedAt < settings.lifeMs) {
      try {
        const response = await ask('/OpenLock', startedAt + settings.lifeMs, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
          body: JSON.stringify({ requestId }),
        });
        if (response.status !== 503) {
          const reference = response.headers.get('X-Request-Id');
          const lacksPasskey = response.status === 403 && (await response.text()).includes('"passkey"');
          return {
            status: response.status,
            lacksPasskey,
            ...(reference === null ? {} : { requestId: reference }),
          };
        }
      } catch {
        // Lost on the way; asked for again below with the same requestId.
      }
      say(texts.retrying);
      await wait(repeatMs);
    }
    return { status: 0 };
  };

  const follow = async (requestId: string, startedAt: number) => {
    const handedOverAt = Date.now();
    let isAccepted = false;
    let isHeard = false;
    while (!isTakenOver && Date.now() - startedAt < settings.unconfirmedAfterMs) {
      await wait(pollMs);
      const askedAt = Date.now();
      try {
        const response = await ask('', startedAt + settings.unconfirmedAfterMs, { cache: 'no-store' });
        const door = response.ok ? await response.json() : undefined;
        const opening = door?.opening;
        if (opening?.requestId !== requestId) continue;
        // Only past the life of the request does silence mean that nothing came of it.
        isHeard = askedAt - handedOverAt >= settings.lifeMs;
        isAccepted ||= opening.acceptedAt !== undefined;
        if (opening.status === 'accepted') say(texts.accepted);
        else if (opening.status === 'confirmed') {
          openedAt = Date.now();
          return finish(texts.confirmed);
        } else if (opening.status === 'failed') return finish(unsure[opening.error] ?? texts.failed);
        else if (opening.status === 'expired')
          return finish(opening.lateReport ? texts.late : isAccepted ? texts.expiredAccepted : texts.expired);
      } catch {
        // The next round asks again.
      }
    }
    finish(isHeard ? (isAccepted ? texts.unconfirmedAccepted : texts.unconfirmed) : texts.unheard);
  };

  const open = async () => {
    const requestId = makeRequestId();
    const startedAt = Date.now();
    if (heir !== undefined) return heir.begin(requestId, startedAt);
    isRunning = true;
    if (settings.needsPasskey) {
      run = { requestId, startedAt };
      say(texts.passkeyWaits);
      await wait(settings.lifeMs);
      // Taken over or not, a hold of that long ago opens nothing any more.
      run = undefined;
      return finish(texts.passkeyLapsed);
    }
    say(texts.asking);
    const answer = send(requestId, startedAt);
    run = { requestId, startedAt, answer };
    const { status, requestId: reference, lacksPasskey } = await answer;
    if (isTakenOver) return;
    if (status === 200) {
      say(texts.sent);
      await follow(requestId, startedAt);
    } else if (status === 0) {
      finish(texts.silent);
    } else {
      const why = (lacksPasskey ? refusals.passkey : refusals[status]) ?? refusals.other ?? '';
      finish(reference === undefined ? why : `${why} ${(texts.requestId ?? '').replace('{id}', reference)}`);
    }
  };

  const tryOpen = () => {
    isHolding = false;
    isAsked = false;
    if (isRunning) say(texts.joinsOwn);
    else if (Date.now() - openedAt < settings.sameGestureMs) say(texts.alreadyOpen);
    else void open();
    if (isTakenOver) stop();
  };
  const stop = recognise(button, {
    holdMs: settings.holdMs,
    onBegin: () => {
      isHolding = true;
      isReleased = false;
      navigator.vibrate?.(10);
    },
    onReleased: () => {
      isHolding = false;
      isReleased = !isRunning;
      if (!isRunning) say(texts.released);
      heir?.released();
      if (isTakenOver) stop();
    },
    onDone: tryOpen,
    onPlainClick: () => {
      if (isAsked || isRunning) return tryOpen();
      isAsked = true;
      say(texts.confirmAgain);
      setTimeout(() => {
        if (isAsked) say('');
        isAsked = false;
      }, settings.lifeMs);
    },
  });

  window.latchkeyEarly = {
    lockId: settings.lockId,
    takeOver: (successor) => {
      say('');
      isTakenOver = true;
      heir = successor;
      if (!isHolding) stop();
      if (isReleased) successor.released();
      if (isAsked) successor.asked();
      return run;
    },
  };
}

/** The script's text for one door. Data in it cannot end the script, whatever a door is called. */
export function earlyGestureScript(
  door: { lockId: number; name: string; gesture: Gesture },
  text: TextOf,
): string {
  const refused = (status: number) => `${text(refusalTitleOf(status))}. ${text(refusalKeyOf(status))}`;
  const refusals: Record<string, string> = { other: refused(500) };
  refusals.passkey = `${text('progress.refused')}. ${text('progress.refused.passkey')}`;
  for (const status of [400, 401, 403, 404, 429, 502]) refusals[status] = refused(status);
  const unsure: Record<string, string> = {};
  for (const error of namedFailures)
    if (isOutcomeUnsure({ status: 'failed', error }))
      unsure[error] = `${text('progress.unconfirmed')}. ${text(`progress.failed.${error}`)}`;
  const settings: EarlySettings = {
    lockId: door.lockId,
    holdMs: door.gesture === 'tap' ? 0 : holdMs,
    needsPasskey: door.gesture === 'hold-passkey',
    lifeMs: openingLifeMs,
    attemptMs,
    sameGestureMs,
    unconfirmedAfterMs,
    refusals,
    unsure,
    texts: {
      asking: text('progress.asking'),
      retrying: text('progress.retrying'),
      sent: text('progress.sent'),
      accepted: `${text('progress.accepted')}. ${text('progress.accepted.more')}`,
      confirmed: `${text('progress.confirmed')}. ${text('progress.confirmed.more')}`,
      failed: `${text('progress.failed')}. ${text('progress.failed.device')}`,
      expired: `${text('progress.expired')}. ${text('progress.expired.sent')}`,
      expiredAccepted: `${text('progress.expired')}. ${text('progress.expired.accepted')}`,
      late: `${text('progress.late')}. ${text('progress.late.more')}`,
      unconfirmed: `${text('progress.unconfirmed')}. ${text('progress.unconfirmed.sent')}`,
      unconfirmedAccepted: `${text('progress.unconfirmed')}. ${text('progress.unconfirmed.accepted')}`,
      unheard: `${text('progress.unconfirmed')}. ${text('progress.unconfirmed.unheard')}`,
      silent: `${text('progress.silent')}. ${text('progress.silent.more')}`,
      released: text('open.released'),
      alreadyOpen: text('open.alreadyOpen'),
      joinsOwn: text(door.gesture === 'hold-passkey' ? 'open.passkey.waits' : 'open.joinsOwn'),
      passkeyWaits: text('open.passkey.waits'),
      passkeyLapsed: text('open.passkey.lapsed'),
      confirmAgain: text('open.confirmAgain', { door: door.name }),
      requestId: text('progress.requestId', { id: '{id}' }),
    },
  };
  const given = JSON.stringify(settings).replaceAll('<', '\\u003c');
  return `(${earlyGesture})(${given},${recogniseHold},${newRequestId})`;
}
