'use client';

import { Battery, BatteryLow, DoorClosed, DoorOpen, type LucideIcon, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { DoorReport } from '@/server/contracts/locks';
import { type DoorDescription, isContactAlarming, isLeafOpen } from '@/server/domain/lock/predicates';
import type { TextOf } from '../messages/lookup';
import { useText } from '../messages/provider';
import { useMomentText } from '../time/moment';
import { Badge, type BadgeTone } from '../ui/badge';
import { conditionIcon } from './condition-look';

/** The condition of a door as a word with its sign. */
export function ConditionBadge({ description }: { description: DoorDescription }) {
  const text = useText();
  const { condition, tone } = description;
  return (
    <Badge tone={tone} icon={conditionIcon[condition]}>
      {text(`condition.${condition}`)}
    </Badge>
  );
}

/** What the door contact says, where there is one that says something. */
export function ContactBadge({ description }: { description: Pick<DoorDescription, 'contact'> }) {
  const text = useText();
  const { contact } = description;
  if (contact === 'unknown') return null;
  const tone: BadgeTone = isContactAlarming(contact) ? 'alarm' : isLeafOpen(contact) ? 'notice' : 'plain';
  const icon = isContactAlarming(contact) ? TriangleAlert : isLeafOpen(contact) ? DoorOpen : DoorClosed;
  return (
    <Badge tone={tone} icon={icon}>
      {text(`contact.${contact}`)}
    </Badge>
  );
}

type BatteryReport = NonNullable<DoorReport['battery']>;
const batteryLook: Record<BatteryReport['level'], { tone: BadgeTone; icon: LucideIcon }> = {
  ok: { tone: 'plain', icon: Battery },
  low: { tone: 'notice', icon: BatteryLow },
  critical: { tone: 'alarm', icon: BatteryLow },
};

function batteryText({ level, percent }: BatteryReport, text: TextOf): string | undefined {
  if (level === 'ok') return percent === null ? undefined : text('battery.ok', { percent });
  return percent === null ? text(`battery.${level}`) : text(`battery.${level}At`, { percent });
}

/** Charge of the lock's battery; a good one is shown only where `always` asks for it. */
export function BatteryBadge({ door, always = false }: { door: DoorReport; always?: boolean }) {
  const text = useText();
  if (door.battery === undefined || (door.battery.level === 'ok' && !always)) return null;
  const words = batteryText(door.battery, text);
  if (words === undefined) return null;
  const { tone, icon } = batteryLook[door.battery.level];
  return (
    <Badge tone={tone} icon={icon}>
      {words}
    </Badge>
  );
}

/** Since when the state holds, or since when nobody can tell. */
export function ReachLine({ door, zone }: { door: DoorReport; zone: string | undefined }): ReactNode {
  const text = useText();
  const momentOf = useMomentText(zone);
  if (door.reachable === undefined) return text('reach.never');
  if (!door.reachable && door.reachableSince !== undefined) {
    return text('reach.since', { when: momentOf(door.reachableSince) });
  }
  return door.reportedAt === undefined ? null : text('reach.reported', { when: momentOf(door.reportedAt) });
}
