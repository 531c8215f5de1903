/** English texts of what is known of a lock. */
export const facts = {
  'facts.abilities': 'What it can do',
  'facts.abilities.unknown': 'Not reported',
  'facts.abilities.none': 'Nothing beyond locking and unlocking',
  'facts.can.unbolt': 'Draw the bolt without the latch',
  'facts.can.doorPosition': 'Tell whether the door stands open',
  'facts.can.battery': 'Tell the charge of its battery',
  'facts.can.pin': 'Take PIN codes at its keypad',
  'facts.can.pinRequired': 'Ask for a PIN before it opens from afar',
  'facts.open': 'What Open does',
  'facts.open.unlatch': 'Draws bolt and latch back: a push opens the door. The latch falls again by itself.',
  'facts.open.unlock':
    'Draws the bolt back. Where there is a handle, the latch still holds until somebody presses it.',
  'facts.certificate': 'Certification',
  'facts.certificate.verified': 'Certified',
  'facts.certificate.not-verified': 'Certification not verified',
  'facts.certificate.test-certificate': 'Test certificate',
  'facts.certificate.refused': 'Certificate refused',
  'facts.certificate.unknown': 'Not reported',
  'facts.certificate.verified.more':
    'The certificate of the lock was checked when it was paired, and it is a certified product.',
  'facts.certificate.not-verified.more':
    'The hub could not check the certificate against the list of certified products. The lock works; whether it is what it says it is, nobody has proved.',
  'facts.certificate.test-certificate.more':
    'The lock shows a certificate for trials. That is right for a virtual lock or a sample of a maker, and for no lock that was sold.',
  'facts.certificate.refused.more':
    'The certificate did not pass the checks. Do not trust this lock with a door before its maker has explained it.',
  'facts.alarm.LOCK_JAMMED': 'The bolt is jammed',
  'facts.alarm.LOCK_FACTORY_RESET': 'The lock was reset to its factory state',
  'facts.alarm.WRONG_CODE_LIMIT': 'Too many wrong codes at the keypad',
  'facts.alarm.COVER_REMOVED': 'The cover of the lock was taken off',
  'facts.alarm.DOOR_FORCED': 'The door was forced open',
  'facts.alarm.DOOR_AJAR': 'The door was left open',
  'facts.alarm.DOOR_JAMMED': 'The door contact is stuck',
  'facts.alarm.other': 'Alarm of the lock: {alarm}',
} as const;
