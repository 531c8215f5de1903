import { randomUUID } from 'node:crypto';
import { OpenAPIHono } from '@hono/zod-openapi';
import { Hono } from 'hono';
import type { Dialect } from '../contracts/operation';
import { type OperationId, operations } from '../contracts/registry';
import { Failure } from '../domain/errors';
import { publishedKeys } from '../services/auth/signing-keys';
import { bind, type Handler, respond, respondFailure } from './bind';
import { toFailure } from './dialects';
import { mountGuestPage } from './guest-page/routes';
import { handlers } from './handlers';
import type { ApiContext, ApiEnv, ApiSettings } from './request';

/** Path prefixes of the API and the dialect in which an unknown path below them is refused (model 6). */
export const apiPrefixes: Record<string, Dialect> = {
  users: 'cloud',
  homes: 'cloud',
  devices: 'cloud',
  auth: 'cloud',
  deviceRegistration: 'cloud',
  userSession: 'cloud',
  staff: 'cloud',
  locks: 'lock',
  hubs: 'lock',
  'temp-keys': 'lock',
  'matter-devices': 'lock',
  things: 'data-plane',
  'api/things': 'data-plane',
};

/** The prefix that a path stands under; `/api` alone is the pages'. */
function prefixOf(path: string): string {
  const [, first = '', second = ''] = path.split('/', 3);
  const both = `${first}/${second}`;
  return Object.hasOwn(apiPrefixes, both) ? both : first;
}

/** In whose words a path below one of the prefixes is refused. */
export const dialectOf = (path: string): Dialect => apiPrefixes[prefixOf(path)] ?? 'cloud';

/** Whether the API answers a path, and nobody else. */
export function isApiPath(path: string): boolean {
  const prefix = prefixOf(path);
  return Object.hasOwn(apiPrefixes, prefix) || prefix === 'k' || path.startsWith('/.well-known/jwks.json');
}

const toHonoPath = (path: string): string => path.replace(/\{(\w+)\}/g, ':$1');

const preflight: Record<string, string> = {
  'Access-Control-Allow-Methods': 'GET, POST, PUT, PATCH, DELETE, OPTIONS',
  // The last are those of the AWS SDK in a browser (device-shadow 10).
  'Access-Control-Allow-Headers':
    'Authorization, Content-Type, X-API-Key, X-Requested-With, amz-sdk-invocation-id, amz-sdk-request, x-amz-content-sha256, x-amz-date, x-amz-security-token, x-amz-user-agent',
  'Access-Control-Max-Age': '600',
};

/** The whole HTTP API as one Hono app; the gateway serves it natively, the Next route handlers mount the same. */
export function makeApi(settings: ApiSettings): OpenAPIHono<ApiEnv> {
  const app = new OpenAPIHono<ApiEnv>();
  // Paths by methods that they do not know. Apart from the operations, so that each of these is the one handler of its
  // route, which is called without a chain of them.
  const otherMethods = new Hono<ApiEnv>();
  const paths = new Map<string, { path: string; dialect: Dialect; methods: string[] }>();

  for (const prefix of Object.keys(apiPrefixes)) {
    const answer = () => respond(204, undefined, randomUUID(), preflight);
    app.options(`/${prefix}`, answer);
    app.options(`/${prefix}/*`, answer);
  }
  mountGuestPage(app, settings);
  for (const id of Object.keys(operations) as OperationId[]) {
    const operation = operations[id];
    const path = toHonoPath(operation.path);
    app.on(operation.method, path, bind(settings, id, handlers[id] as Handler<typeof id>));
    // Two paths that differ in the name of a parameter are one path.
    const shape = path.replace(/:\w+/g, ':');
    const known = paths.get(shape) ?? { path, dialect: operation.dialect, methods: ['OPTIONS'] };
    known.methods.push(operation.method, ...(operation.method === 'GET' ? ['HEAD'] : []));
    paths.set(shape, known);
  }
  for (const { path, dialect, methods } of paths.values()) {
    const allow = { Allow: methods.sort().join(', ') };
    otherMethods.all(path, () =>
      respondFailure(dialect, new Failure('method_not_allowed'), randomUUID(), allow),
    );
  }
  app.get('/.well-known/jwks.json', async () =>
    respond(200, await publishedKeys(settings.deps), randomUUID(), { 'Cache-Control': 'public, max-age=60' }),
  );
  otherMethods.notFound((c) => respondFailure(dialectOf(c.req.path), new Failure('not_found'), randomUUID()));
  app.notFound((c) => otherMethods.fetch(c.req.raw, c.env));
  app.onError((error, c) => {
    settings.deps.log.error({ err: error }, 'unexpected error');
    return respondFailure(dialectOf(c.req.path), toFailure(error), randomUUID());
  });
  return app;
}

export type Api = ReturnType<typeof makeApi>;
export type { ApiContext };
