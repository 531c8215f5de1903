/** English texts of the account, signing up and passkeys. */
export const account = {
  'passkeys.page': 'Signing in',
  'passkeys.title': 'Passkeys',
  'passkeys.lead':
    'Sign in with your finger, face or screen lock instead of a password, and open doors that ask for it.',
  'passkeys.add': 'Add a passkey',
  'passkeys.none.title': 'No passkey yet',
  'passkeys.none.text':
    'A passkey stays on your device or in your password manager. Nobody can guess it, and no other site can ask for it.',
  'passkeys.made': 'Made',
  'passkeys.used': 'last used',
  'passkeys.neverUsed': 'not used yet',
  'passkeys.actions': 'Actions for {name}',
  'passkeys.rename': 'Rename',
  'passkeys.rename.title': 'Rename this passkey',
  'passkeys.unsupported':
    'At this address, or in this browser, there are no passkeys. They need https and a host name, and a browser of recent years.',
  'passkeys.needed': 'You need one to open a door',
  'passkeys.neededAt': 'Without a passkey you cannot open from a browser: {doors}',
  'passkeys.add.title': 'Add a passkey',
  'passkeys.add.lead': 'Your device will ask for your finger, face or screen lock next.',
  'passkeys.add.submit': 'Go on',
  'passkeys.add.waiting': 'Waiting for your device…',
  'passkeys.added': 'The passkey is ready',
  'passkeys.name': 'Name',
  'passkeys.name.hint': 'What you will know it by, for example the device it is on.',
  'passkeys.name.missing': 'Give it a name.',
  'passkeys.name.long': 'At most 60 characters.',
  'passkeys.password': 'Your password',
  'passkeys.password.hint': 'Once more, so that nobody makes one on a device you left open.',
  'passkeys.password.missing': 'Enter your password.',
  'passkeys.password.wrong': 'This is not your password. Try again.',
  'passkeys.notMade': 'No passkey was made',
  'passkeys.notMade.cancelled':
    'The device stopped, or you did. Nothing was changed. Try again when you are ready.',
  'passkeys.notMade.known': 'This device already has a passkey of this account. You can use that one.',
  'passkeys.notMade.failed':
    'The device could not make one. Nothing was changed. Try another device or browser.',
  'passkeys.notMade.signInAgain':
    'For this you must have signed in within the last ten minutes. Sign out, sign in again, and come back.',
  'passkeys.remove.title': 'Remove “{name}”?',
  'passkeys.remove.lead':
    'It signs nobody in and opens nothing any more. Your device may still list it; you can delete it there too.',
  'passkeys.remove.last': 'This is your last passkey',
  'passkeys.remove.lastDoors': 'Without one you cannot open from a browser: {doors}',
  'passkeys.removed': 'The passkey was removed',
  'passkeys.signIn': 'Sign in with a passkey',
  'passkeys.signIn.or': 'or',
  'passkeys.signIn.waiting': 'Waiting for your passkey…',
  'passkeys.signIn.failed': 'You are not signed in',
  'passkeys.signIn.cancelled': 'No passkey was used. Try again, or sign in with your password.',
  'passkeys.signIn.wrong': 'This passkey is not known here, or was removed. Sign in with your password.',
  'passkeys.signIn.limited': 'Too many tries. Wait a minute, then try again. Your account is not locked.',
  'passkeys.signIn.unavailable': 'The service did not answer. Try again in a moment.',
  'passkeys.signIn.unsupported':
    'At this address, or in this browser, there are no passkeys. Sign in with your password.',
} as const;
