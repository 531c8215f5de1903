import type { Client } from 'aedes';
import type { Logger } from '../config/log';
import type { MqttIdentity } from '../domain/mqtt-access';
import type { Deps } from '../services/deps';
import { checkCertificates } from '../services/things/check-certificates';
import { checkThings } from '../services/things/check-things';

interface Present {
  client: Client;
  session: { identity: MqttIdentity; certificate?: string; checkedAt: number };
}

/**
 * Looks again and again at the rights of open connections: who or whose certificate was revoked is closed, and hubs are
 * given the locks that are theirs now (invariant I7). Returns how to end it.
 */
export function sweepRights({
  db,
  clock,
  log,
  everyMs,
  present,
  close,
}: Pick<Deps, 'db' | 'clock'> & {
  log: Logger;
  everyMs: number;
  present(): readonly Present[];
  close(client: Client): void;
}): () => void {
  async function sweep(): Promise<void> {
    const clients = present().flatMap(({ client, session }) =>
      session.identity.kind === 'thing' ? [{ client, session, identity: session.identity }] : [],
    );
    if (clients.length === 0) return;
    const names = [...new Set(clients.map(({ identity }) => identity.name))];
    const shown = clients.flatMap(({ session }) => session.certificate ?? []);
    const [{ gone, gatewayFor }, goneCertificates] = await Promise.all([
      checkThings({ db }, names),
      checkCertificates({ db, clock }, [...new Set(shown)]),
    ]);
    for (const { client, session, identity } of clients) {
      const { certificate } = session;
      if (gone.has(identity.name) || (certificate !== undefined && goneCertificates.has(certificate)))
        close(client);
      session.identity = { ...identity, gatewayFor: gatewayFor.get(identity.name) ?? [] };
      session.checkedAt = Date.now();
    }
  }
  let isSweeping = false;
  const timer = setInterval(() => {
    if (isSweeping) return;
    isSweeping = true;
    sweep()
      .catch((error: unknown) => log.debug({ err: error }, 'rights will be looked at again'))
      .finally(() => {
        isSweeping = false;
      });
  }, everyMs).unref();
  return () => clearInterval(timer);
}
