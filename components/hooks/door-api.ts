import { callerOf } from './call';
import { doorRoutes } from './door-routes';

/** Calls of what a door needs, for pages that must be light. */
export const { api } = callerOf(doorRoutes);
