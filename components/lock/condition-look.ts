import {
  ArrowLeftRight,
  CircleHelp,
  DoorOpen,
  Lock,
  LockKeyhole,
  LockOpen,
  type LucideIcon,
  TriangleAlert,
  WifiOff,
} from 'lucide-react';
import type { DoorCondition } from '@/server/domain/lock/predicates';

/** The sign beside the word of each condition. */
export const conditionIcon: Record<DoorCondition, LucideIcon> = {
  locked: Lock,
  unlocking: ArrowLeftRight,
  locking: ArrowLeftRight,
  unlocked: LockOpen,
  unlatched: DoorOpen,
  'not-fully-locked': LockKeyhole,
  jammed: TriangleAlert,
  unreachable: WifiOff,
  unknown: CircleHelp,
};
