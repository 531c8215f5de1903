import { z } from 'zod';

/** Cloud API error (mode-api 1.4). */
export const cloudError = z.object({
  reason: z.string(),
  data: z.record(z.string(), z.unknown()).optional(),
});

/** Lock API error: the union of the two published shapes (lock-api 4.2). */
export const lockError = z.object({
  success: z.literal(false),
  error: z.string(),
  message: z.string(),
  code: z.number().int(),
  details: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
/** Data plane error; its class is in the header `x-amzn-errortype` (device-shadow 10). */
export const dataPlaneError = z.object({ message: z.string() });

export type DataPlaneErrorBody = z.infer<typeof dataPlaneError>;
export type CloudErrorBody = z.infer<typeof cloudError>;
export type LockErrorBody = z.infer<typeof lockError>;
