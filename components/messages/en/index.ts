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

/** English texts by area: a page is sent those of the shell and of doors, and of the areas it names. */
export const enAreas = {
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

/** All English texts; the keys and placeholders of every other language are measured against these. */
export const en = {
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
