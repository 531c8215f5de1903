import type { OperationId } from '../../contracts/registry';
import {
  commanders,
  existing,
  inProject,
  owned,
  permitted,
  type Row,
  type Rule,
  readers,
  valueWriters,
  writingMember,
} from './rules';

const sameDevice = inProject((facts, principal) =>
  principal.kind === 'device' && facts.subjectDeviceId === principal.deviceId ? 'allow' : 'deny',
);
const ownThing: Rule = (facts, principal) =>
  principal.kind === 'thing' &&
  facts.exists !== false &&
  (facts.subjectThing === principal.name || facts.isBehindCaller === true)
    ? 'allow'
    : 'deny';
/** Shadows by HTTP: the organisation of the thing, keys of the project for its devices, and the thing itself. */
const shadowReaders: Row = {
  projectKey: inProject((facts) => (facts.isDeviceThing === true ? 'allow' : 'deny')),
  orgKey: owned,
  service: owned,
  superKey: existing,
  thing: ownThing,
};
const shadowWriters: Row = {
  ...shadowReaders,
  projectKey: inProject((facts, principal) =>
    facts.isDeviceThing === true ? permitted('commands')(facts, principal) : 'deny',
  ),
};

/** Devices, their values, and the shadows of things. */
export const devicesRows = {
  'devices.provision': { user: writingMember, projectKey: permitted('admin') },
  'devices.register': { device: sameDevice },
  'devices.add': {
    anonymous: (facts) => (facts.hasToken === true ? 'allow' : 'deny'),
    user: (facts, principal) => (facts.hasToken === true ? 'allow' : writingMember(facts, principal)),
  },
  'devices.list': readers,
  'devices.get': { ...readers, device: sameDevice },
  'devices.update': { user: writingMember, projectKey: permitted('admin') },
  'devices.delete': { user: writingMember },
  'devices.command': commanders,
  'devices.listen': { device: sameDevice },
  'devices.event': { device: sameDevice },
  'devices.events': readers,
  'devices.shadow': { user: writingMember },
  'deviceValues.list': { ...readers, device: sameDevice },
  'deviceValues.get': { ...readers, device: sameDevice },
  'deviceValues.put': { ...valueWriters, device: sameDevice },
  'deviceValues.delete': { ...valueWriters, device: sameDevice },
  'things.getShadow': shadowReaders,
  'things.updateShadow': shadowWriters,
  'things.deleteShadow': shadowWriters,
  'things.listShadows': shadowReaders,
} satisfies Partial<Record<OperationId, Row>>;
