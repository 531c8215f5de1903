import type { IncomingMessage } from 'node:http';
import type { Context } from 'hono';
import type { Deps } from '../services/deps';

/** What the mount hands over beside the request: node's own message in the gateway, nothing under Next. */
export interface MountBindings {
  incoming?: IncomingMessage;
}

export interface ApiVariables {
  requestId: string;
}
export type ApiEnv = { Bindings: MountBindings; Variables: ApiVariables };
export type ApiContext = Context<ApiEnv>;

export interface ApiSettings {
  deps: Deps;
  /** Believe `X-Forwarded-*` of the hop before us. */
  trustProxy: boolean;
  /** Knows how long ago what is read now may have been asked; absent: it was asked now. */
  standstill?: { earliest(now: Date): Date };
  /** Told of every answer: operation, status, milliseconds. */
  onRequest?: (operation: string, status: number, milliseconds: number) => void;
}

/** When the request that is being taken in was asked, at the earliest. */
export function askedAtOf({ deps, standstill }: ApiSettings): Date {
  const now = deps.clock.now();
  return standstill?.earliest(now) ?? now;
}

const encrypted = (incoming: IncomingMessage | undefined): boolean =>
  (incoming?.socket as { encrypted?: boolean } | undefined)?.encrypted === true;

/** Network address of the caller: the socket's, or the last hop's word where a proxy is trusted. */
export function addressOf(c: ApiContext, trustProxy: boolean): string | undefined {
  const socket = c.env?.incoming?.socket?.remoteAddress;
  if (!trustProxy && socket !== undefined) return socket;
  return c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() ?? socket;
}

/** Whether the browser reached us by https. */
export function isHttps(c: ApiContext, trustProxy: boolean): boolean {
  if (encrypted(c.env?.incoming)) return true;
  const isBehindProxy = trustProxy || c.env?.incoming === undefined;
  return isBehindProxy && c.req.header('x-forwarded-proto') === 'https';
}

const hostShape = /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i;

/** Origin under which the caller reached us; undefined when its Host header is no host. */
export function originOf(c: ApiContext, trustProxy: boolean): string | undefined {
  const host = c.req.header('host');
  if (host === undefined || !hostShape.test(host)) return undefined;
  return `${isHttps(c, trustProxy) ? 'https' : 'http'}://${host.toLowerCase()}`;
}
