import type { JWTPayload } from 'jose';
import { jwtVerify } from 'jose';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ground } from '@/server/testing/ground';
import { type IdentityProvider, startIdentityProvider } from '@/server/testing/identity-provider';
import type { Deps } from '../deps';
import { issuerKeys } from './issuer-keys';

const factory = ground();
const minuteMs = 60_000;
let provider: IdentityProvider;
let now: number;
beforeEach(async () => {
  provider = await startIdentityProvider();
  now = Date.now();
});
afterEach(() => provider.stop());

const deps = (): Deps => ({ ...factory.deps, clock: { now: () => new Date(now) } });
const verify = async (token: string): Promise<JWTPayload> =>
  (await jwtVerify(token, issuerKeys(deps(), { jwksUrl: provider.jwksUrl, allowLoopback: true }))).payload;
const sign = () => provider.sign({ sub: 'kim' });

it('keeps the keys of a provider for ten minutes, and needs the provider after that', async () => {
  const token = await sign();
  await verify(token);
  provider.mood = 'broken';
  now += 9 * minuteMs;
  expect(await verify(token)).toMatchObject({ sub: 'kim' });
  expect(provider.asked).toBe(1);
  now += 2 * minuteMs;
  await expect(verify(token)).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 5 });
  provider.mood = 'well';
  now += minuteMs;
  expect(await verify(token)).toMatchObject({ sub: 'kim' });
});

it('asks again for a key that it does not know, but not for every token that names one', async () => {
  const old = await sign();
  await verify(old);
  await provider.rotate();
  const next = await sign();
  await expect(verify(next)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  expect(provider.asked).toBe(1);
  now += minuteMs;
  expect(await verify(next)).toMatchObject({ sub: 'kim' });
  expect(provider.asked).toBe(2);
  // The provider has withdrawn the old one.
  await expect(verify(old)).rejects.toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  expect(provider.asked).toBe(2);
});

it('fetches nothing in the clear where that is not allowed', async () => {
  const keys = issuerKeys(deps(), { jwksUrl: `${provider.jwksUrl}?strict`, allowLoopback: false });
  await expect(jwtVerify(await sign(), keys)).rejects.toMatchObject({ code: 'unavailable' });
  expect(provider.asked).toBe(0);
});
