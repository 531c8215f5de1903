import {
  anybody,
  type Expected,
  keysAlways,
  keysInUse,
  lockReaders,
  noKeys,
  ownersAtDoor,
  people,
  projectKeys,
  strangers,
} from './lines';

/** What keys of the organisation may, and of the people of the hub's home those named. */
const organisationAnd = (users: string): string => `
  UUUUU | anonymous
  ${users.trim()}
  NNNDN | userElsewhere
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  DDDDD | device ${projectKeys} keyElsewhere ${strangers}`;

const hubKeepers = organisationAnd(`
  AADNN | owner
  DDANN | ownerOfB
  DDDNN | homeless member guest removed`);

const hubUsers = organisationAnd(`
  ADDNN | owner member
  DDANN | ownerOfB
  DDDNN | homeless guest removed`);

const hubReaders = organisationAnd(`
  AADNN | owner member
  DDANN | ownerOfB
  DDDNN | homeless guest removed`);

const organisationAlone = `
  UUUUU | anonymous
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  DDDDD | ${people} device ${projectKeys} keyElsewhere ${strangers}`;

/** Hubs and the Matter devices behind them. */
export const hubsExpected = {
  'hubs.list': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'hubs.start': { of: 'nothing', rows: anybody },
  'hubs.status': { of: 'home', rows: lockReaders },
  'hubs.shadow': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'hubs.provision': {
    of: 'hub',
    rows: `
      UUUU | anonymous
      ANAN | orgKey service
      NAAN | orgKeyElsewhere serviceElsewhere
      AAAA | superKey
      DDDD | ${people} device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'hubs.claim': {
    of: 'hub',
    rows: `
      UUUU | anonymous
      ANNA | owner
      DNND | homeless member guest removed ownerOfB
      NDND | userElsewhere
      ANNA | orgKey service
      NANA | orgKeyElsewhere serviceElsewhere
      AANA | superKey
      DDDD | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'hubs.claimByCode': { of: 'home', rows: ownersAtDoor('ADDNN', noKeys) },
  'hubs.reClaim': { of: 'home', rows: hubKeepers },
  'hubs.setRole': { of: 'home', rows: hubKeepers },
  'hubs.suspend': { of: 'home', rows: hubKeepers },
  'hubs.resume': { of: 'home', rows: hubKeepers },
  'hubs.command': { of: 'home', rows: hubKeepers },
  'hubs.commission': { of: 'home', rows: hubUsers },
  'hubs.commissionings': { of: 'home', rows: hubReaders },
  'hubs.commissioning': { of: 'home', rows: hubReaders },
  'matterDevices.create': { of: 'home', rows: organisationAlone },
  'matterDevices.desired': { of: 'home', rows: hubUsers },
  'matterDevices.reported': { of: 'home', rows: organisationAlone },
  'matterDevices.setPin': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'matterDevices.clearPin': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
} satisfies Record<string, Expected>;
