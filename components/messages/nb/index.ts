import { access } from './access';
import { account } from './account';
import { activity } from './activity';
import { audit } from './audit';
import { chart } from './chart';
import { console } from './console';
import { dashboard } from './dashboard';
import { dev } from './dev';
import { device } from './device';
import { docs } from './docs';
import { door } from './door';
import { facts } from './facts';
import { fleet } from './fleet';
import { history } from './history';
import { home } from './home';
import { hub } from './hub';
import { kv } from './kv';
import { look } from './look';
import { member } from './member';
import { notify } from './notify';
import { pin } from './pin';
import { project } from './project';
import { scan } from './scan';
import { shell } from './shell';
import { support } from './support';
import { wording } from './wording';

/** Norwegian texts by area: a page is sent those of the shell and of doors, and of the areas it names. */
export const nbAreas = {
  shell,
  door,
  dev,
  console,
  account,
  dashboard,
  home,
  member,
  device,
  docs,
  chart,
  kv,
  look,
  hub,
  access,
  activity,
  audit,
  facts,
  fleet,
  history,
  notify,
  pin,
  project,
  scan,
  support,
  wording,
};

/** All Norwegian texts. */
export const nb = {
  ...shell,
  ...door,
  ...dev,
  ...console,
  ...account,
  ...dashboard,
  ...home,
  ...member,
  ...device,
  ...docs,
  ...chart,
  ...kv,
  ...look,
  ...hub,
  ...access,
  ...activity,
  ...audit,
  ...facts,
  ...fleet,
  ...history,
  ...notify,
  ...pin,
  ...project,
  ...scan,
  ...support,
  ...wording,
};
