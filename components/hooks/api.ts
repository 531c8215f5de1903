import { callerOf } from './call';
import { routes } from './routes';

/** Calls of every operation that some page makes. */
export const { api, apiText } = callerOf(routes);
