import { type Expected, keysOf, people, projectKeys, readersOf, strangers, writersOf } from './lines';

/** What a device alone may do, and only for itself. */
const deviceItself = `
  UUUUU | anonymous
  AADNN | device
  DDDDD | ${people} ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`;

/** Shadows by HTTP; `key`: the project keys that may, where the thing is a device of theirs. */
const shadowUsers = (keys: string, others: string): string => `
  UUUUU | anonymous
  DADNN | ${keys}${others === '' ? '' : `\n  DDDNN | ${others}`}
  NNNDN | keyElsewhere
  AAANN | orgKey service
  NNNAN | orgKeyElsewhere serviceElsewhere
  AAAAN | superKey
  ADADD | thing
  DDDDD | ${people} device guestLink support supportElsewhere admin adminOfAll`;

/** Devices, their values, and the shadows of things. */
export const devicesExpected = {
  'devices.provision': { of: 'home', rows: writersOf('keyAdmin') },
  'devices.register': { of: 'device', rows: deviceItself },
  'devices.add': {
    of: 'addition',
    rows: `
      DDDDDA | anonymous
      ADMNNA | owner member
      DDMNNA | guest
      MMANNA | ownerOfB
      MMMNNA | homeless removed
      NNNMNA | userElsewhere
      DDDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'devices.list': { of: 'home', rows: readersOf('DDDDD') },
  'devices.get': { of: 'device', rows: readersOf('AADNN') },
  'devices.update': { of: 'device', rows: writersOf('keyAdmin') },
  'devices.delete': {
    of: 'device',
    rows: `
      UUUUU | anonymous
      ADMNN | owner member
      DDMNN | guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'devices.command': { of: 'device', rows: writersOf('keyCommands') },
  'devices.shadow': {
    of: 'device',
    rows: `
      UUUUU | anonymous
      ADMNN | owner member
      DDMNN | guest
      MMANN | ownerOfB
      MMMNN | homeless removed
      NNNMN | userElsewhere
      DDDDD | device ${projectKeys} keyElsewhere orgKey orgKeyElsewhere service serviceElsewhere superKey ${strangers}`,
  },
  'devices.listen': { of: 'device', rows: deviceItself },
  'devices.event': { of: 'device', rows: deviceItself },
  'devices.events': { of: 'device', rows: readersOf('DDDDD') },
  'deviceValues.list': { of: 'device', rows: readersOf('AADNN') },
  'deviceValues.get': { of: 'device', rows: readersOf('AADNN') },
  'deviceValues.put': { of: 'device', rows: writersOf('keyKv', 'AADNN') },
  'deviceValues.delete': { of: 'device', rows: writersOf('keyKv', 'AADNN') },
  'things.getShadow': { of: 'thing', rows: shadowUsers(projectKeys, '') },
  'things.listShadows': { of: 'thing', rows: shadowUsers(projectKeys, '') },
  'things.updateShadow': { of: 'thing', rows: shadowUsers('keyCommands', keysOf('keyCommands')) },
  'things.deleteShadow': { of: 'thing', rows: shadowUsers('keyCommands', keysOf('keyCommands')) },
} satisfies Record<string, Expected>;
