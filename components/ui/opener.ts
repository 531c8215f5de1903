let lastOpener: HTMLElement | undefined;

/**
 * What has the focus as something opens, to give it back to. Within a menu it is the menu's button; while the focus is
 * nowhere, since a menu closes or a dialog makes way for another, what had it last.
 */
export function openerNow(): HTMLElement | undefined {
  const active = document.activeElement;
  const button = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const found = button == null ? active : document.getElementById(button);
  if (found instanceof HTMLElement && found !== document.body) lastOpener = found;
  return lastOpener;
}
