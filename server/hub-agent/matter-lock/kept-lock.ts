import { z } from 'zod';
import { fileStore, type StateStore } from '../state-file';
import { type Label, makeLabel } from './label';
import { boltStates, doorStates, type Mechanism, newMechanism } from './mechanism';

/** All that a virtual Matter lock keeps beside what Matter itself keeps. */
export interface KeptLock {
  label: Label;
  works: Mechanism;
}

const schema = z.object({
  label: z.object({
    passcode: z.number().int(),
    discriminator: z.number().int(),
    serial: z.string(),
    uniqueId: z.string(),
  }),
  works: z.object({
    bolt: z.enum(boltStates),
    door: z.enum(doorStates),
    batteryPercent: z.number(),
    isObstructed: z.boolean(),
    motorMs: z.number(),
    needsPin: z.boolean(),
    actuations: z.number().int(),
    // Locks of before had no clock.
    clockAheadMs: z.number().default(0),
  }),
});

/** Its file; a lock without one is new and gets a label of its own. */
export const lockStore = (file: string): StateStore<KeptLock> =>
  fileStore(file, (value) => schema.parse(value), { label: makeLabel(), works: newMechanism });
