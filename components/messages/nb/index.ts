import { access } from './access';
import { account } from './account';
import { activity } from './activity';
import { audit } from './audit';
import { chart } from './chart';
import { common } from './common';
import { console } from './console';
import { dashboard } from './dashboard';
import { device } from './device';
import { docs } from './docs';
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
import { support } from './support';
import { wording } from './wording';

/** Norwegian texts by area: a page is sent the common ones and those of the areas it names. */
export const nbAreas = {
  common,
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
  ...common,
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
