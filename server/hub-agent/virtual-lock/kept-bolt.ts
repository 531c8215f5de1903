import { z } from 'zod';
import { journalSchema } from '../kept-journal';
import { fileStore, noStore, type StateStore } from '../state-file';
import { type Bolt, doorStates, newBolt } from './bolt';

const schema = z.object({
  lockState: z.enum(['LOCKED', 'UNLOCKED', 'JAMMED', 'NOT_FULLY_LOCKED']),
  doorState: z.enum(doorStates),
  batteryPercent: z.number(),
  isObstructed: z.boolean(),
  lastOperation: z
    .object({
      type: z.enum(['lock', 'unlock']),
      source: z.enum(['remote', 'manual', 'auto']),
      at: z.number(),
    })
    .exactOptional(),
  journal: journalSchema,
  spokenOf: z.string().exactOptional(),
  actuations: z.number().int(),
});

/** Bolt and journal in a file, or in memory alone when there is none. */
export const boltStore = (file: string | undefined): StateStore<Bolt> =>
  file === undefined ? noStore(newBolt) : fileStore(file, (value) => schema.parse(value), newBolt);
