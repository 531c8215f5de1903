import type { TempKeyView } from '@/server/contracts/temp-keys';
import type { TextOf } from '../messages/lookup';

/** What a link is called: its label, or that it has none. */
export const linkTitle = ({ label }: Pick<TempKeyView, 'label'>, text: TextOf): string =>
  label ?? text('links.plain');

/** How many openings a link has left. */
export function usesLeftWords(
  { maxUses, usedCount }: Pick<TempKeyView, 'maxUses' | 'usedCount'>,
  text: TextOf,
): string {
  if (maxUses === null) return text('links.uses.unlimited');
  const count = Math.max(0, maxUses - usedCount);
  if (count === 0) return text('links.uses.none');
  return count === 1 ? text('links.uses.left.one') : text('links.uses.left.other', { count });
}

/** Whether a link can still open something, now or later. */
export const isAlive = ({ state }: Pick<TempKeyView, 'state'>): boolean =>
  state === 'open' || state === 'outside-window' || state === 'not-yet-valid';
