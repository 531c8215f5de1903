import { type Api, makeApi } from '@/server/api/app';
import { getApiRuntime } from './runtime';

let api: Promise<Api> | undefined;

/** The very app that the gateway serves, for deployments in which Next answers alone. */
async function answer(request: Request): Promise<Response> {
  api ??= getApiRuntime().then(({ deps, trustProxy }) => makeApi({ deps, trustProxy }));
  return (await api).fetch(request);
}

export { answer as DELETE, answer as GET, answer as OPTIONS, answer as PATCH, answer as POST, answer as PUT };
