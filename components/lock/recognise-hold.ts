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

  button.addEventListener('click', onClick);
  if (events.holdMs > 0) {
    button.addEventListener('pointerdown', onPointerDown);
    button.addEventListener('pointermove', onPointerMove);
    button.addEventListener('pointerup', release);
    button.addEventListener('pointercancel', release);
    button.addEventListener('pointerleave', release);
    button.addEventListener('keydown', onKeyDown);
    button.addEventListener('keyup', onKeyUp);
    button.addEventListener('blur', release);
    button.addEventListener('contextmenu', onContextMenu);
  }
  return () => {
    stop();
    button.removeEventListener('click', onClick);
    button.removeEventListener('pointerdown', onPointerDown);
    button.removeEventListener('pointermove', onPointerMove);
    button.removeEventListener('pointerup', release);
    button.removeEventListener('pointercancel', release);
    button.removeEventListener('pointerleave', release);
    button.removeEventListener('keydown', onKeyDown);
    button.removeEventListener('keyup', onKeyUp);
    button.removeEventListener('blur', release);
    button.removeEventListener('contextmenu', onContextMenu);
  };
}
