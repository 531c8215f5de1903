import type { DoorProof } from '../contracts/passkeys';
import { sessionCookie } from '../domain/cookies';
import { type Credentials, type Reply, send } from './api-client';
import type { Factory, Person } from './factories';
import { SoftAuthenticator, type Twist } from './soft-authenticator';

export const password = 'correct horse 9';

/** A person with a home, a door and a browser that is signed in. */
export async function makeBrowser(factory: Factory, url: string, known?: Person) {
  const origin = `http://localhost:${new URL(url).port}`;
  const projectId = known?.user.projectId ?? (await factory.project()).id;
  const person = known ?? (await factory.person(projectId, 'Kim', password));
  const { token, sessionId } = await factory.session(person, 'dashboard');
  const credentials: Credentials = {
    headers: { cookie: `${sessionCookie(false)}=${token}`, 'sec-fetch-site': 'same-origin' },
  };
  const own = `/users/${person.user.id}/passkeys`;
  const call = (method: string, path: string, body?: unknown): Promise<Reply> =>
    send(origin, method, path, { ...credentials, ...(body === undefined ? {} : { body }) });
  return {
    origin,
    person,
    token,
    sessionId,
    credentials,
    call,
    own,
    /** Makes a passkey and keeps it. */
    async enrol(name = 'Laptop', twist: Twist = {}) {
      const started = await call('POST', `${own}/start`, { password });
      const device = new SoftAuthenticator(origin);
      const credential = device.create(started.body.options, twist);
      return { device, credential, reply: await call('POST', own, { name, credential }) };
    },
    /** A fresh proof for a lock by this device. */
    async prove(device: SoftAuthenticator, lockId: number, twist: Twist = {}, purpose: DoorProof = 'open') {
      const started = await call('POST', `/locks/${lockId}/passkey/start`, { purpose });
      return device.get(started.body.options, twist);
    },
    open: (lockId: number, body: object) => call('POST', `/locks/${lockId}/OpenLock`, body),
  };
}
