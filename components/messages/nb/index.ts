import { access } from './access';
import { account } from './account';
import { activity } from './activity';
import { audit } from './audit';
import { chart } from './chart';
import { common } from './common';
import { console } from './console';
import { dashboard } from './dashboard';
import { device } from './device';
import { fleet } from './fleet';
import { home } from './home';
import { hub } from './hub';
import { kv } from './kv';
import { look } from './look';
import { member } from './member';
import { notify } from './notify';
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
  chart,
  kv,
  look,
  hub,
  access,
  activity,
  audit,
  fleet,
  notify,
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
  ...chart,
  ...kv,
  ...look,
  ...hub,
  ...access,
  ...activity,
  ...audit,
  ...fleet,
  ...notify,
  ...project,
  ...scan,
  ...support,
  ...wording,
};
