import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

/** How a provider behaves when it is asked for its keys. */
export type Mood = 'well' | 'broken' | 'silent' | 'elsewhere';

/** An identity provider of a test: it signs tokens, publishes its keys, and can be unwell. */
export async function startIdentityProvider(algorithm: 'RS256' | 'ES256' | 'EdDSA' = 'ES256') {
  let mood: Mood = 'well';
  let asked = 0;
  let serial = 0;
  let key: { id: string; privateKey: CryptoKey; jwk: object };
  const waiting = new Set<ServerResponse>();

  async function rotate(): Promise<void> {
    serial += 1;
    const pair = await generateKeyPair(algorithm, { extractable: true });
    const id = `key-${serial}`;
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: id, alg: algorithm, use: 'sig' };
    key = { id, privateKey: pair.privateKey, jwk };
  }
  await rotate();

  const server: Server = createServer((_request, response) => {
    asked += 1;
    if (mood === 'silent') {
      waiting.add(response);
      return;
    }
    if (mood === 'elsewhere') response.writeHead(302, { location: '/other' }).end();
    else if (mood === 'broken') response.writeHead(500).end();
    else
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ keys: [key.jwk] }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Keys and names are remembered longer than a port is one provider's.
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${randomUUID()}`;

  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    rotate,
    set mood(next: Mood) {
      mood = next;
    },
    get asked() {
      return asked;
    },
    /** A token that is good for five minutes, unless `claims` says otherwise. */
    sign(claims: JWTPayload, header: object = {}) {
      const now = Math.floor(Date.now() / 1000);
      return new SignJWT({ iss: issuer, aud: 'latchkey-home', iat: now, exp: now + 300, ...claims })
        .setProtectedHeader({ alg: algorithm, kid: key.id, ...header })
        .sign(key.privateKey);
    },
    async stop() {
      for (const response of waiting) response.destroy();
      server.close();
      server.closeAllConnections();
      await once(server, 'close').catch(() => undefined);
    },
  };
}
export type IdentityProvider = Awaited<ReturnType<typeof startIdentityProvider>>;
