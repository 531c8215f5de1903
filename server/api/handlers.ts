import type { Handlers } from './bind';
import { accessHandlers } from './handlers/access';
import { accountsHandlers } from './handlers/accounts';
import { consoleHandlers } from './handlers/console';
import { devicesHandlers } from './handlers/devices';
import { homesHandlers } from './handlers/homes';
import { hubsHandlers } from './handlers/hubs';
import { locksHandlers } from './handlers/locks';
import { projectsHandlers } from './handlers/projects';
import { staffHandlers } from './handlers/staff';

/** Each operation's service; one that is missing does not compile. */
export const handlers: Handlers = {
  ...accountsHandlers,
  ...homesHandlers,
  ...devicesHandlers,
  ...locksHandlers,
  ...accessHandlers,
  ...hubsHandlers,
  ...projectsHandlers,
  ...consoleHandlers,
  ...staffHandlers,
};
