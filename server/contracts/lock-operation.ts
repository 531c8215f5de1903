import { z } from 'zod';
import { timestamp } from './values';

/** What moved a bolt: a hand, a code or card, the lock by itself, a command of somebody, or what nobody told. */
export const operationSource = z.enum(['manual', 'keypad', 'auto', 'remote', 'other']);
export type OperationSource = z.infer<typeof operationSource>;

/** A bolt that was moved, as the lock tells it. */
export const lockOperation = z.object({
  operation: z.enum(['lock', 'unlock']),
  source: operationSource,
  /** Number of the code that was typed, where the lock tells it. */
  slot: z.number().int().optional(),
  /** What the code that was typed was called then, where it is one of ours. */
  codeName: z.string().optional(),
  /** The lock's own time of it; absent where it told none that can be. */
  happenedAt: timestamp.optional(),
  /** The opening that asked for it. */
  openingId: z.string().optional(),
});
export type LockOperation = z.infer<typeof lockOperation>;
