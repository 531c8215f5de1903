import path from 'node:path';
import { z } from 'zod';

/** Who the hub of the demo is, and the locks that stand around it; written once, with the demo itself. */
export const demoHubFile = (dataDir: string): string => path.join(dataDir, 'demo-hub.json');
export const demoHubSchema = z.object({
  hubId: z.string(),
  projectId: z.number().int(),
  homeId: z.number().int(),
  thing: z.string(),
  password: z.string(),
  /** The last one waits to be paired by whoever tries the demo. */
  locks: z.array(z.object({ name: z.string(), port: z.number().int() })),
});
export type DemoHub = z.output<typeof demoHubSchema>;

/** The lock that waits, as the demo page shows it; there while the demo's hub runs. */
export const demoPairingFile = (dataDir: string): string => path.join(dataDir, 'demo-pairing.json');
export const demoPairingSchema = z.object({
  name: z.string(),
  homeId: z.number().int(),
  hubId: z.string(),
  qrCode: z.string(),
  manualCode: z.string(),
  isPaired: z.boolean(),
});
export type DemoPairing = z.output<typeof demoPairingSchema>;
