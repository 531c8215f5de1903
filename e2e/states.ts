import type { Furnished } from './furnish';
import { allPages } from './pages';
import {
  answered,
  choose,
  fill,
  goOffline,
  holdPages,
  late,
  leaveField,
  openFirst,
  pairingRuns,
  press,
  pressFirst,
  pressKey,
  type Step,
} from './steps';

/** What a page shows after some steps: a dialog, a menu, what went wrong, or nothing. */
export interface ShownState {
  /** Name of the page, a plus, and what is shown. */
  name: string;
  path: string;
  isPublic: boolean;
  steps: readonly Step[];
}

/** What each page shows when something on it is opened, wrong or absent. */
const statesByPage: Readonly<Record<string, Readonly<Record<string, readonly Step[]>>>> = {
  'sign-in': {
    empty: [press('signIn.submit')],
    wrong: [
      fill('signIn.email', 'kim@example.com'),
      fill('signIn.password', 'not this one'),
      press('signIn.submit'),
      late,
    ],
  },
  'sign-up': {
    wrong: [fill('signIn.email', 'kim'), fill('account.password.choose', 'password1'), leaveField],
    sent: [
      answered('POST', /^\/users$/, 201, { id: 7, projectId: 1, verified: false, creationTime: '' }),
      fill('signUp.name', 'Kim Solheim'),
      fill('signIn.email', 'kim@example.com'),
      fill('account.password.choose', 'correct horse battery 9'),
      press('signUp.submit'),
      late,
    ],
  },
  'reset-password': {
    sent: [
      answered('POST', /./, 200),
      fill('signIn.email', 'kim@example.com'),
      press('account.reset.submit'),
      late,
    ],
  },
  docs: {
    open: [openFirst('summary')],
  },
  dashboard: {
    sweep: [pressFirst('dashboard.sweep.of', 'home'), late],
    offline: [goOffline, late],
  },
  account: {
    name: [press('account.profile.changeName')],
    password: [press('account.passwordSection.change'), press('ui.save')],
    delete: [press('account.delete.open'), late],
    failed: [
      answered('PATCH', /^\/users\//, 503, { reason: 'BUSY' }),
      press('account.profile.changeName'),
      press('ui.save'),
      late,
    ],
  },
  passkeys: {
    add: [press('passkeys.add')],
  },
  home: {
    'devices-loading': [holdPages, press('home.tab.devices'), late],
    'members-loading': [holdPages, press('home.tab.members'), late],
    'activity-loading': [holdPages, press('home.tab.activity'), late],
    'settings-loading': [holdPages, press('home.tab.settings'), late],
  },
  homes: {
    create: [press('home.create'), fill('home.name', ''), press('home.create')],
  },
  'home-members': {
    invite: [press('member.invite')],
    'invite-wrong': [
      press('member.invite'),
      fill('member.invite.email', 'kim'),
      choose('member.role', 'guest'),
      press('member.invite.submit'),
    ],
    menu: [press('member.actions', { name: 'Ada Guest' })],
    access: [press('member.actions', { name: 'Ada Guest' }), press('member.edit')],
    'access-change': [
      press('member.actions', { name: 'Ada Guest' }),
      press('member.edit'),
      press('member.access.changeOf', { door: 'Front door' }),
      press('access.window.onDates'),
      press('member.access.give', { door: 'Cellar' }),
    ],
    remove: [press('member.actions', { name: 'Kim Solheim' }), press('member.remove')],
    'remove-refused': [
      answered('DELETE', /members/, 409, { reason: 'CONFLICT' }),
      press('member.actions', { name: 'Kim Solheim' }),
      press('member.remove'),
      press('member.remove'),
      late,
    ],
    resent: [answered('POST', /resend/i, 204), press('member.resend'), late],
  },
  'home-devices': {
    add: [press('device.add')],
    'add-wrong': [
      press('device.add'),
      fill('device.claim.code', 'AAAA-BBBB'),
      press('device.claim.go'),
      late,
    ],
    'none-found': [fill('device.search', 'zzz')],
  },
  device: {
    menu: [press('ui.more')],
    rename: [press('ui.more'), press('device.rename')],
    remove: [press('ui.more'), press('device.remove')],
    command: [press('device.command.send')],
  },
  'device-events': {
    open: [openFirst('main summary')],
    'none-found': [fill('device.event.search', 'zzz')],
  },
  'device-charts': {
    table: [late, press('chart.asTable')],
  },
  'home-locks': {
    menu: [press('hub.lock.menu', { lock: 'Front door' })],
    add: [press('hub.lock.add')],
    remove: [press('hub.lock.menu', { lock: 'Front door' }), press('hub.lock.remove')],
  },
  'home-hubs': {
    add: [press('hub.add')],
    'add-empty': [press('hub.add'), press('hub.claim.submit')],
    scan: [press('hub.add'), press('hub.claim.scan'), late],
  },
  hub: {
    suspend: [press('hub.act.suspend'), late, press('hub.act.suspend')],
    primary: [press('hub.act.primary')],
  },
  'hub-pair': {
    wrong: [fill('hub.pair.code', '3497-O11')],
    good: [fill('hub.pair.code', '3497-011-2332')],
    scan: [press('hub.pair.scan'), late],
    running: [
      pairingRuns({ status: 'accepted', step: 'attesting' }),
      fill('hub.pair.code', '3497-011-2332'),
      press('hub.pair.submit'),
      late,
    ],
    failed: [
      pairingRuns({ status: 'failed', step: 'pairing', error: 'WRONG_PASSCODE' }),
      fill('hub.pair.code', '3497-011-2332'),
      press('hub.pair.submit'),
      late,
    ],
  },
  'home-data': {
    add: [press('kv.add')],
    'add-empty': [press('kv.add'), press('ui.save')],
    edit: [press('kv.edit.label', { key: 'scene_evening' }), late],
    menu: [press('kv.more', { key: 'scene_evening' })],
    deleted: [
      answered('DELETE', /kv/, 204),
      press('kv.more', { key: 'scene_evening' }),
      press('kv.delete'),
      late,
    ],
    import: [press('kv.import')],
    'import-plan': [
      press('kv.import'),
      fill(
        'kv.import.paste',
        '{"scene_evening":{"lights":10},"scene_night":{"lights":0},"wifi_name":"harbour"}',
      ),
      late,
    ],
    'import-wrong': [press('kv.import'), fill('kv.import.paste', '{"a b": 1, "c": nul}'), late],
    'none-found': [fill('kv.search', 'zzz'), late],
  },
  'home-activity': {
    filter: [press('activity.filter')],
    line: [openFirst('main summary')],
  },
  'home-settings': {
    delete: [press('home.delete.start'), late],
  },
  door: {
    question: [press('open.twoStep')],
    offline: [goOffline, late],
  },
  'door-access': {
    end: [pressFirst('access.end.grant.of', 'name')],
  },
  'door-links': {
    new: [press('links.new')],
    'new-window': [
      press('links.new'),
      press('access.window.onDays'),
      press('access.window.onHours'),
      fill('links.form.uses', '0'),
      press('links.form.create'),
    ],
    made: [
      answered('POST', /^\/temp-keys$/, 201, {
        id: 'x',
        url: 'http://localhost:3000/k/8f1c2b7e5a904d3c8f1c2b7e5a904d3c',
        pin: '482913',
      }),
      press('links.new'),
      press('links.form.create'),
      late,
    ],
    unproven: [
      answered('POST', /^\/temp-keys$/, 403, { details: [{ field: 'passkey', message: 'x' }] }),
      answered('POST', /passkey\/start$/, 409, { details: [{ field: 'passkey', message: 'none' }] }),
      press('links.new'),
      press('links.form.create'),
      late,
    ],
    change: [press('links.changeOf', { name: 'Plumber' })],
    revoke: [press('links.revokeOf', { name: 'Plumber' })],
  },
  'door-activity': {
    filter: [press('activity.filter')],
    line: [openFirst('main summary')],
  },
  'door-settings': {
    night: [press('doorSettings.night')],
    remote: [press('doorSettings.remote')],
    remove: [press('doorSettings.remove'), late],
    saved: [answered('PATCH', /^\/locks\//, 200, {}), press('ui.save'), late],
  },
  guest: {
    open: [pressKey('Tab')],
  },
  'support-sign-in': {
    empty: [press('support.signIn.next')],
    wrong: [
      answered('POST', /^\/staff\/session$/, 401, { reason: 'UNAUTHENTICATED_CLIENT' }),
      fill('signIn.email', 'sam@example.com'),
      fill('signIn.password', 'correct horse battery 9'),
      press('support.signIn.next'),
      late,
    ],
  },
  support: {
    'none-found': [fill('console.search.label', 'zzz'), late],
  },
  'support-search': {
    keep: [press('console.views.keep'), press('console.views.save'), late],
    failed: [
      answered('GET', /^\/staff\/search$/, 403, { reason: 'PERMISSION_DENIED' }),
      fill('console.search.label', 'lamp'),
      late,
    ],
  },
  'support-home': {
    menu: [pressFirst('console.more', 'name'), late],
    act: [pressFirst('console.more', 'name'), press('console.act.deactivateHome'), late],
    'act-empty': [
      pressFirst('console.more', 'name'),
      press('console.act.deactivateHome'),
      press('console.act.deactivateHome'),
    ],
    'act-failed': [
      answered('POST', /deactivate/i, 503),
      pressFirst('console.more', 'name'),
      press('console.act.deactivateHome'),
      fill('console.act.reason', 'The owner called'),
      press('console.act.deactivateHome'),
      late,
    ],
    look: [press('console.look.ask'), late],
    line: [openFirst('main summary'), late],
  },
  'support-fleet': {
    failed: [
      answered('GET', /^\/staff\/fleet$/, 403, { reason: 'PERMISSION_DENIED' }),
      choose('fleet.range', 'week'),
      late,
    ],
  },
  'support-audit': {
    line: [openFirst('main summary')],
    names: [fill('audit.filter.subject', 'door'), late],
    several: [fill('audit.filter.subject', 'door'), press('audit.filter.show'), late],
    wrong: [fill('audit.filter.actor', 'Nobody here'), press('audit.filter.show'), late],
  },
  'support-staff': {
    new: [press('support.staff.new'), late],
    'new-empty': [press('support.staff.new'), press('support.staff.new.make'), late],
    menu: [pressFirst('support.staff.more', 'name'), late],
  },
  'support-account': {
    password: [press('account.passwordSection.change'), late],
    authenticator: [press('support.own.authenticator.change'), late],
  },
  'support-project': {
    menu: [pressFirst('project.more', 'name'), late],
    settings: [press('project.facts.change'), late],
    limits: [press('project.limits.change'), late],
    key: [press('project.keys.new'), late],
    'key-empty': [press('project.keys.new'), press('project.keys.make'), late],
    module: [press('project.modules.new'), late],
    'module-empty': [press('project.modules.new'), press('project.modules.add'), late],
    issuer: [press('project.issuers.new'), late],
    class: [press('project.classes.new'), late],
  },
};

/** Every state to be looked at, of the furnished home. */
export function allStates(furnished: Furnished): ShownState[] {
  return allPages(furnished).flatMap(({ name, path, isPublic }) =>
    Object.entries(statesByPage[name] ?? {}).map(([state, steps]) => ({
      name: `${name}+${state}`,
      path,
      isPublic: isPublic === true,
      steps,
    })),
  );
}
