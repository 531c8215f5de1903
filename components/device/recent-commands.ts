/** A command as it was composed; `parameters` is JSON text. */
export interface ComposedCommand {
  action: string;
  parameters: string;
}

const most = 8;
const place = (deviceId: number): string => `latchkey.commands.${deviceId}`;

const isCommand = (value: unknown): value is ComposedCommand =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as ComposedCommand).action === 'string' &&
  typeof (value as ComposedCommand).parameters === 'string';

type Shelf = Pick<Storage, 'getItem' | 'setItem'>;

/** Commands that were sent to a device from this browser, newest first; none where the browser keeps nothing. */
export function recentCommands(shelf: Shelf, deviceId: number): ComposedCommand[] {
  try {
    const kept: unknown = JSON.parse(shelf.getItem(place(deviceId)) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isCommand).slice(0, most) : [];
  } catch {
    return [];
  }
}

/** Remembers a command as the newest; the same one is kept once. */
export function rememberCommand(shelf: Shelf, deviceId: number, sent: ComposedCommand): ComposedCommand[] {
  const others = recentCommands(shelf, deviceId).filter(
    ({ action, parameters }) => action !== sent.action || parameters !== sent.parameters,
  );
  const kept = [sent, ...others].slice(0, most);
  try {
    shelf.setItem(place(deviceId), JSON.stringify(kept));
  } catch {
    // A full or forbidden store costs the memory of commands and nothing else.
  }
  return kept;
}
