import { z } from 'zod';

/** A journal as it stands in a file. */
export const journalSchema = z.array(
  z.object({
    id: z.string(),
    state: z.enum(['accepted', 'succeeded', 'failed', 'expired']),
    error: z.string().exactOptional(),
    invokeMs: z.number().exactOptional(),
    wanted: z.string().exactOptional(),
    slot: z.number().exactOptional(),
    expiresAt: z.number(),
  }),
);
