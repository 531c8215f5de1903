import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runAdmin } from '../admin/run';
import { makeBroker } from '../broker/broker';
import { openFrontDoor } from '../broker/front-door';
import { listen } from '../broker/listeners';
import { ensureCertificates } from '../embedded/certificates';
import { ensureClientAuthority } from '../embedded/client-authority';
import { type Clock, systemClock } from '../services/deps';
import type { Factory } from './factories';

/** What `admin cert create` prints. */
export interface ThingCertificate {
  thing: string;
  fingerprint: string;
  certificate: string;
  privateKey: string;
  ca: string;
  expiresAt: Date;
}

/** A broker of its own with a TLS port and an empty folder, on the database that all tests share. */
export interface TlsBroker {
  /** `mqtts://127.0.0.1:<port>` */
  url: string;
  port: number;
  plainUrl: string;
  /** PEM of the authority of its server certificate. */
  ca: string;
  dataDir: string;
  /** Runs a command of the operator's tool on its folder. */
  // biome-ignore lint/suspicious/noExplicitAny: the point of the tests is what is printed
  admin(...args: string[]): Promise<any>;
  issue(thing: string, ...flags: string[]): Promise<ThingCertificate>;
  /** Lets the broker forget the sessions that are away too long. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it. `foreignAuthorities`: PEM, as TLS_CLIENT_CA_FILE would hold. */
export async function startTlsBroker(
  factory: Factory,
  { foreignAuthorities = [], clock = systemClock }: { foreignAuthorities?: string[]; clock?: Clock } = {},
): Promise<TlsBroker> {
  const { db, log, secrets } = factory.deps;
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-tls-'));
  const files = await ensureCertificates({ dataDir, hosts: [] });
  const [cert, key, ca] = await Promise.all(
    [files.certFile, files.keyFile, files.caFile].map((file) => readFile(file, 'utf8')),
  );
  const clients = await ensureClientAuthority(dataDir);
  const broker = await makeBroker({ db, log, secrets, clock });
  const door = openFrontDoor({
    device: (stream) => stream.destroy(),
    other: (...accepted) => broker.accept(...accepted),
  });
  const listeners = await listen(
    door,
    {
      host: '127.0.0.1',
      port: 0,
      tlsPort: 0,
      tls: {
        cert: cert as string,
        key: key as string,
        clientAuthorities: [clients.cert, ...foreignAuthorities],
      },
    },
    log,
  );
  const admin = async (...args: string[]) => {
    const certificates = { dataDir, isServerOurs: true };
    const { output, code } = await runAdmin({ ...factory.deps, certificates }, args);
    if (code !== 0) throw new Error((output as { error: string }).error);
    return output;
  };
  return {
    url: `mqtts://127.0.0.1:${listeners.tlsPort}`,
    port: listeners.tlsPort ?? 0,
    plainUrl: `mqtt://127.0.0.1:${listeners.port}`,
    ca: ca as string,
    dataDir,
    admin,
    issue: async (thing, ...flags) =>
      (await admin('cert', 'create', '--thing', thing, ...flags)) as ThingCertificate,
    forget: () => broker.forgetSessions(),
    async stop() {
      await listeners.close();
      await broker.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
