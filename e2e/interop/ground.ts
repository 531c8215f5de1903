import { readFile } from 'node:fs/promises';
import { runAdmin } from '@/server/admin/run';
import { type Factory, makeFactory } from '@/server/testing/factories';
import type { System } from '@/server/testing/system';
import type { ThingCertificate } from '@/server/testing/tls-broker';

/** A thing with both ways to say who it is. */
export interface Identity extends ThingCertificate {
  password: string;
}

/** What the tests of one running system share: a home whose locks are the things, made as an operator makes them. */
export interface InteropGround {
  factory: Factory;
  /** A new thing with a certificate of `admin cert create`. */
  thing(): Promise<Identity>;
  revoke(fingerprint: string): Promise<void>;
  caFile: string;
  ca: string;
  end(): Promise<void>;
}

export async function makeGround(system: System, caFile: string): Promise<InteropGround> {
  const factory = makeFactory(system);
  const home = await factory.home(await factory.person((await factory.project()).id));
  const certificates = { dataDir: system.dataDir, isServerOurs: true };
  const admin = async (...args: string[]) => {
    const { output, code } = await runAdmin({ ...factory.deps, certificates }, args);
    if (code !== 0) throw new Error(JSON.stringify(output));
    return output;
  };
  return {
    factory,
    async thing() {
      const lock = await factory.lock(home.id);
      const made = (await admin('cert', 'create', '--thing', lock.thing)) as ThingCertificate;
      return { ...made, password: lock.mqtt.password };
    },
    async revoke(fingerprint) {
      await admin('cert', 'revoke', '--fingerprint', fingerprint);
    },
    caFile,
    ca: await readFile(caFile, 'utf8'),
    end: () => factory.end(),
  };
}
