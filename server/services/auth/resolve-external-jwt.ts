import { and, eq, isNull, sql } from 'drizzle-orm';
import { decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { jwtIssuers, projects, users } from '@/drizzle/schema';
import { isDatabaseAway } from '../../db/errors';
import { Failure } from '../../domain/errors';
import { noSession, type Principal } from '../../domain/principal';
import type { Deps } from '../deps';
import type { UserRow } from '../users/view';
import { issuerKeys } from './issuer-keys';

/** A shared secret is no signature of somebody else. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];
/** Clocks of two houses differ. */
const toleranceSeconds = 5;
const textMost = 400;

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= textMost && !value.includes('\u0000');

async function findTrusted({ db }: Deps, issuer: string, token: string) {
  if (!isText(issuer)) return undefined;
  const { aud } = decodeJwt(token);
  const audiences = Array.isArray(aud) ? aud : [aud];
  const rows = await db
    .select({
      audience: jwtIssuers.audience,
      jwksUrl: jwtIssuers.jwksUrl,
      projectId: jwtIssuers.projectId,
      allowLoopback: projects.allowPrivateWebhooks,
    })
    .from(jwtIssuers)
    .innerJoin(projects, eq(projects.id, jwtIssuers.projectId))
    .where(and(eq(jwtIssuers.issuer, issuer), isNull(jwtIssuers.revokedAt)));
  return rows.find(({ audience }) => audiences.includes(audience));
}

/** The person of the project: by the provider's own name for her, else by an address that the provider has verified. */
async function findUser({ db }: Deps, projectId: number, payload: JWTPayload): Promise<UserRow | undefined> {
  if (!isText(payload.sub)) return undefined;
  const [known] = await db
    .select()
    .from(users)
    .where(and(eq(users.projectId, projectId), eq(users.externalKey, payload.sub)));
  if (known !== undefined) return known;
  if (payload.email_verified !== true || !isText(payload.email)) return undefined;
  const [addressed] = await db
    .select()
    .from(users)
    .where(
      and(
        eq(users.projectId, projectId),
        sql`lower(${users.email}) = lower(${payload.email})`,
        // An account that the provider knows by another name is not this person's.
        isNull(users.externalKey),
        eq(users.verified, true),
        eq(users.registered, true),
      ),
    );
  return addressed;
}

/**
 * Caller behind a JWT of an identity provider that a project has named (model 1). Undefined: not to be trusted, or
 * nobody of the project. Raises `unavailable` when the provider's keys cannot be had: nobody comes in unproved.
 */
export async function resolveExternalJwt(
  deps: Deps,
  issuer: string,
  token: string,
): Promise<Principal | undefined> {
  const trusted = await findTrusted(deps, issuer, token);
  if (trusted === undefined) return undefined;
  let payload: JWTPayload;
  try {
    const verified = await jwtVerify(token, issuerKeys(deps, trusted), {
      issuer,
      audience: trusted.audience,
      algorithms,
      currentDate: deps.clock.now(),
      clockTolerance: toleranceSeconds,
      requiredClaims: ['exp', 'sub'],
    });
    payload = verified.payload;
  } catch (error) {
    if (error instanceof Failure || isDatabaseAway(error)) throw error;
    return undefined;
  }
  const user = await findUser(deps, trusted.projectId, payload);
  if (user === undefined) return undefined;
  return {
    kind: 'user',
    userId: user.id,
    sessionId: noSession,
    projectId: user.projectId,
    appId: 'external',
    name: user.name ?? user.email ?? `user ${user.id}`,
  };
}
