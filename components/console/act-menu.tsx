'use client';

import { Ban, LogOut, type LucideIcon, PlugZap, Power, RotateCcw, Send, Unlink, Unlock } from 'lucide-react';
import { useText } from '../messages/provider';
import { LateMenu } from '../ui/late-menu';
import type { NamedAct } from './acts';

const icons: Record<NamedAct['act'], LucideIcon> = {
  resendVerification: Send,
  endUserSessions: LogOut,
  unlockAccount: Unlock,
  resendInvitation: Send,
  deactivateHome: Power,
  reactivateHome: Power,
  suspendHub: Ban,
  resumeHub: RotateCcw,
  testReach: PlugZap,
  replayDelivery: RotateCcw,
  releaseDevice: Unlink,
};
const dangerous: ReadonlySet<NamedAct['act']> = new Set([
  'endUserSessions',
  'deactivateHome',
  'suspendHub',
  'releaseDevice',
]);

/** What staff may do to one thing, behind one button. */
export function ActMenu({
  name,
  acts,
  onAsk,
}: {
  name: string;
  acts: readonly NamedAct[];
  onAsk: (act: NamedAct) => void;
}) {
  const text = useText();
  if (acts.length === 0) return null;
  return (
    <LateMenu
      label={text('console.more', { name })}
      acts={acts.map((act) => ({
        label: text(`console.act.${act.act}`),
        icon: icons[act.act],
        isDangerous: dangerous.has(act.act),
        onSelect: () => onAsk(act),
      }))}
    />
  );
}
