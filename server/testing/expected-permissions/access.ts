import {
  anybody,
  type Expected,
  keysAlways,
  keysInUse,
  noKeys,
  ownersAtDoor,
  people,
  projectKeys,
  strangers,
} from './lines';

/** Who may open a door: grants, guest links and codes. */
export const accessExpected = {
  'locks.whoCanOpen': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AADNN | owner member
      DDANN | ownerOfB
      DDDNN | guest homeless removed
      NNNDN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'locks.openWithPin': { of: 'nothing', rows: anybody },
  'locks.createTempKey': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'locks.updateTempKey': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'locks.deleteTempKey': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'locks.tempKeys': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'locks.useTempKey': {
    of: 'home',
    rows: `
      UUUUU | anonymous
      AAAAN | superKey
      DDDDD | ${people} device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere ${strangers}`,
  },
  'pins.list': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'pins.add': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'pins.change': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'pins.remove': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'tempKeys.create': { of: 'home', rows: ownersAtDoor('ADDNN', keysInUse) },
  'tempKeys.revoke': { of: 'home', rows: ownersAtDoor('AADNN', keysAlways) },
  'tempKeys.list': {
    of: 'nothing',
    rows: `
      U | anonymous
      A | ${people} orgKey orgKeyElsewhere service serviceElsewhere superKey
      D | device ${projectKeys} keyElsewhere ${strangers}`,
  },
  'grants.list': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
  'grants.create': { of: 'home', rows: ownersAtDoor('ADDNN', noKeys) },
  'grants.update': { of: 'home', rows: ownersAtDoor('ADDNN', noKeys) },
  'grants.delete': { of: 'home', rows: ownersAtDoor('AADNN', noKeys) },
} satisfies Record<string, Expected>;
