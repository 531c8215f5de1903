import { z } from 'zod';

/** The envelope of every command (lock-api 4.1). */
export const commandEnvelope = z.object({
  success: z.literal(true),
  aggregateId: z.string(),
  version: z.number().int(),
  event: z.object({ type: z.string(), data: z.record(z.string(), z.unknown()) }).nullable(),
});
export type CommandEnvelope = z.infer<typeof commandEnvelope>;

/** What a command answers: the event it recorded, or null when there was nothing to record and the version stands. */
export const envelope = (
  aggregateId: string | number,
  version: number,
  event: CommandEnvelope['event'],
): CommandEnvelope => ({ success: true, aggregateId: String(aggregateId), version, event });
