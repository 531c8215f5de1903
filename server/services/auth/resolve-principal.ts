import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { decodeJwt, jwtVerify } from 'jose';
import { devices, orgKeys, projectKeys, projects, userSessions, users } from '@/drizzle/schema';
import type { Database } from '../../db/client';
import { isDatabaseAway } from '../../db/errors';
import { gathered } from '../../db/gathered';
import { prepared } from '../../db/prepared';
import type { Principal } from '../../domain/principal';
import { noteKeyUse } from '../audit/note-key-use';
import type { Deps } from '../deps';
import { hashText, hashToken } from '../secrets';
import { markSeen } from '../user-session/mark-seen';
import { audience, issuer } from './issue-token';
import { recallDevice, rememberDevice } from './remembered-devices';
import { resolveExternalJwt } from './resolve-external-jwt';
import { publicKey } from './signing-keys';

const sessionColumns = {
  sessionId: userSessions.id,
  appId: userSessions.appId,
  userId: users.id,
  projectId: users.projectId,
  name: users.name,
  email: users.email,
  lastSeenAt: userSessions.lastSeenAt,
};
const alive = () =>
  and(
    isNull(userSessions.revokedAt),
    or(isNull(userSessions.expiresAt), gt(userSessions.expiresAt, sql`now()`)),
  );

const anyOf = (column: PgColumn) => sql`${column} = any(${sql.placeholder('hashes')}::bytea[])`;
const sessionsByToken = prepared((db: Database) =>
  db
    .select({ key: userSessions.tokenHash, row: sessionColumns })
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .where(and(anyOf(userSessions.tokenHash), alive()))
    .prepare('sessions_by_token'),
);
const sessionByToken = gathered((db, hashes) => sessionsByToken(db).execute({ hashes }));
const sessionById = prepared((db: Database) =>
  db
    .select(sessionColumns)
    .from(userSessions)
    .innerJoin(users, eq(users.id, userSessions.userId))
    .where(and(eq(userSessions.id, sql.placeholder('id')), alive()))
    .prepare('session_by_id'),
);
const keyByHash = prepared((db: Database) =>
  db
    .select()
    .from(projectKeys)
    .where(and(eq(projectKeys.keyHash, sql.placeholder('hash')), isNull(projectKeys.revokedAt)))
    .prepare('project_key_by_hash'),
);
const orgKeyByHash = prepared((db: Database) =>
  db
    .select()
    .from(orgKeys)
    .where(
      and(
        eq(orgKeys.keyHash, sql.placeholder('hash')),
        isNull(orgKeys.revokedAt),
        or(isNull(orgKeys.expiresAt), gt(orgKeys.expiresAt, sql`now()`)),
      ),
    )
    .prepare('org_key_by_hash'),
);

type SessionRow = {
  [Name in keyof typeof sessionColumns]: (typeof sessionColumns)[Name]['_']['data'] | null;
};

function toUser(row: SessionRow | undefined): Principal | undefined {
  if (row === undefined) return undefined;
  return {
    kind: 'user',
    userId: row.userId as number,
    sessionId: row.sessionId as string,
    projectId: row.projectId as number,
    appId: row.appId as string,
    name: row.name ?? row.email ?? `user ${row.userId}`,
  };
}

/** Caller behind the token of a session, of the API or of the web; undefined: none. */
export async function resolveSession(deps: Deps, token: string): Promise<Principal | undefined> {
  const row = await sessionByToken(deps.db, hashToken(token));
  if (row !== undefined) markSeen(deps, row.sessionId, row.lastSeenAt);
  return toUser(row);
}

const deviceColumns = {
  id: devices.id,
  projectId: devices.projectId,
  homeId: devices.homeId,
  deviceClass: devices.deviceClass,
};
const devicesByHash = prepared((db: Database) =>
  db
    .select({ key: devices.keyHash, row: deviceColumns })
    .from(devices)
    .where(anyOf(devices.keyHash))
    .prepare('devices_by_hash'),
);
const deviceByHash = gathered((db, hashes) => devicesByHash(db).execute({ hashes }));

/** The kind that a token names (mode-api 1.3): `us`, `d` or `pk`. Each stands in the first four letters of the base64. */
function kindOf(token: string): string {
  const at = token.indexOf('.') + 1;
  const start = at === 0 ? '' : Buffer.from(token.slice(at, at + 4), 'base64').toString('latin1');
  return start.split('|', 1)[0] ?? '';
}

/**
 * Caller behind `Authorization: ModeCloud <token>`: a user session, a device or a project key. With `provesDevice` a device
 * that was let in before is remembered, and proves itself by what it does.
 */
export async function resolveModeToken(
  deps: Deps,
  token: string,
  { provesDevice = false } = {},
): Promise<Principal | undefined> {
  switch (kindOf(token)) {
    case 'us':
      return resolveSession(deps, token);
    case 'd': {
      const hash = hashText(token);
      const remembered = provesDevice ? recallDevice(deps, hash) : undefined;
      if (remembered !== undefined) return remembered;
      const device = await deviceByHash(deps.db, Buffer.from(hash, 'hex'));
      if (device === undefined) return undefined;
      const { id: deviceId, projectId, ...place } = device;
      const principal = { kind: 'device', deviceId, projectId, place } as const;
      if (provesDevice) rememberDevice(deps, hash, principal);
      return principal;
    }
    case 'pk': {
      const [key] = await keyByHash(deps.db).execute({ hash: hashToken(token) });
      if (key === undefined) return undefined;
      const { id: keyId, projectId, name, permissions } = key;
      const principal = { kind: 'projectKey', keyId, projectId, name, permissions } as const;
      noteKeyUse(deps, principal);
      return principal;
    }
    default:
      return undefined;
  }
}

/** Caller behind `X-API-Key`. */
export async function resolveApiKey(deps: Deps, presented: string): Promise<Principal | undefined> {
  const [key] = await orgKeyByHash(deps.db).execute({ hash: hashToken(presented) });
  if (key === undefined) return undefined;
  if (!key.isSuper && key.projectId === null) return undefined;
  const principal = key.isSuper
    ? ({ kind: 'superKey', keyId: key.id } as const)
    : ({ kind: 'orgKey', keyId: key.id, projectId: key.projectId as number } as const);
  noteKeyUse(deps, principal);
  return principal;
}

/** Who says that a token is his, before anything is proved; undefined: no token. */
function claimedIssuer(token: string): string | undefined {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}

/**
 * Caller behind `Authorization: Bearer <JWT>`: one of ours, or of an identity provider that the project trusts. Raises
 * `unavailable` when that provider's keys cannot be had.
 */
export async function resolveJwt(deps: Deps, token: string): Promise<Principal | undefined> {
  const claimed = claimedIssuer(token);
  if (claimed === undefined) return undefined;
  return claimed === issuer ? resolveOwnJwt(deps, token) : resolveExternalJwt(deps, claimed, token);
}

/** A token of ours; the session or key it was made from must still be good. */
async function resolveOwnJwt(deps: Deps, token: string): Promise<Principal | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      async (header) => {
        const key = await publicKey(deps, header.kid ?? '');
        if (key === undefined) throw new Error('unknown key');
        return key;
      },
      {
        issuer,
        audience,
        algorithms: ['EdDSA'],
        currentDate: deps.clock.now(),
        requiredClaims: ['exp', 'sub'],
      },
    );
    if (typeof payload.sid === 'string') {
      const [row] = await sessionById(deps.db).execute({ id: payload.sid });
      if (row !== undefined) markSeen(deps, row.sessionId, row.lastSeenAt);
      return String(row?.userId) === payload.sub ? toUser(row) : undefined;
    }
    if (typeof payload.org !== 'string' || typeof payload.kid !== 'string') return undefined;
    const [key] = await deps.db
      .select({ projectId: projects.id })
      .from(orgKeys)
      .innerJoin(projects, eq(projects.id, orgKeys.projectId))
      .where(
        and(
          eq(orgKeys.id, payload.kid),
          isNull(orgKeys.revokedAt),
          or(isNull(orgKeys.expiresAt), gt(orgKeys.expiresAt, sql`now()`)),
          eq(projects.uuid, payload.org),
        ),
      );
    return key === undefined ? undefined : { kind: 'service', projectId: key.projectId, orgId: payload.org };
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    return undefined;
  }
}
