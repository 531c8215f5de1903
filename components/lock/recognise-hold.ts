/** How long the button is held. */
export const holdMs = 800;

export interface HoldEvents {
  /** How long to hold; 0: a plain click is the gesture. */
  holdMs: number;
  onBegin: () => void;
  /** Let go, slid off or interrupted before the time. */
  onReleased: () => void;
  onDone: () => void;
  /** Pressed by something that cannot hold, such as a screen reader. */
  onPlainClick: () => void;
}

/**
 * Recognises a hold on a button by pointer, Space or Enter, and marks the button `data-holding` meanwhile. Returns the
 * way to stop. Sent to the page as text too, for the time before any script has arrived: it must use nothing from
 * outside itself.
 */
export function recogniseHold(button: HTMLElement, events: HoldEvents): () => void {
  const slackPx = 24;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHeld = false;

  const stop = () => {
    clearTimeout(timer);
    isHeld = false;
    button.removeAttribute('data-holding');
  };
  const begin = () => {
    if (isHeld) return;
    isHeld = true;
    button.setAttribute('data-holding', '');
    timer = setTimeout(() => {
      stop();
      events.onDone();
    }, events.holdMs);
    events.onBegin();
  };
  const release = () => {
    if (!isHeld) return;
    stop();
    events.onReleased();
  };

  const isHoldKey = (event: KeyboardEvent) => event.key === ' ' || event.key === 'Enter';
  // A key that is held down clicks again and again; only the first time somebody meant it.
  const onKeyRepeat = (event: KeyboardEvent) => {
    if (event.repeat && isHoldKey(event)) event.preventDefault();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isHoldKey(event) || event.ctrlKey || event.metaKey || event.altKey) return;
    // Also keeps the key from clicking.
    event.preventDefault();
    if (!event.repeat) begin();
  };
  const onKeyUp = (event: KeyboardEvent) => {
    if (!isHoldKey(event)) return;
    event.preventDefault();
    release();
  };
  const onPointerDown = (event: PointerEvent) => {
    if (event.button === 0 && event.isPrimary) begin();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (!isHeld || !event.isPrimary) return;
    const box = button.getBoundingClientRect();
    const isOff =
      event.clientX < box.left - slackPx ||
      event.clientX > box.right + slackPx ||
      event.clientY < box.top - slackPx ||
      event.clientY > box.bottom + slackPx;
    if (isOff) release();
  };
  const onClick = (event: MouseEvent) => {
    if (events.holdMs === 0) events.onDone();
    else if (event.detail === 0) events.onPlainClick();
  };
  // A long touch would open a menu over the button.
  const onContextMenu = (event: Event) => event.preventDefault();

  const stops: (() => void)[] = [];
  // On the window, because React stops an event at the document while the button's part of the page is not yet its own.
  const listen = <Name extends keyof WindowEventMap>(
    name: Name,
    listener: (event: WindowEventMap[Name]) => void,
  ) => {
    const onEvent = (event: WindowEventMap[Name]) => {
      if (event.target instanceof Node && button.contains(event.target)) listener(event);
    };
    window.addEventListener(name, onEvent, true);
    stops.push(() => window.removeEventListener(name, onEvent, true));
  };
  listen('click', onClick);
  if (events.holdMs === 0) listen('keydown', onKeyRepeat);
  else {
    listen('pointerdown', onPointerDown);
    listen('keydown', onKeyDown);
    listen('keyup', onKeyUp);
    listen('blur', release);
    listen('contextmenu', onContextMenu);
    for (const name of ['pointerup', 'pointercancel'] as const) {
      window.addEventListener(name, release, true);
      stops.push(() => window.removeEventListener(name, release, true));
    }
    window.addEventListener('pointermove', onPointerMove, true);
    stops.push(() => window.removeEventListener('pointermove', onPointerMove, true));
  }
  return () => {
    stop();
    for (const stopListening of stops) stopListening();
  };
}
