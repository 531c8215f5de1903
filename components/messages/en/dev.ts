/** English texts of the pages for development. */
export const dev = {
  'gallery.title': 'Gallery',
  'gallery.lead': 'Every state, with fixed data. Only in the demo.',
  'gallery.doors': 'Doors',
  'gallery.openings': 'Openings',
  'gallery.buttons': 'The hold button',
  'gallery.activity': 'Activity',
  'gallery.around': 'Empty, loading, failed',
  'gallery.parts': 'Parts',

  'devPairing.title': 'A lock to pair',
  'devPairing.lead':
    'A virtual lock that waits. Scan its code on the page of the hub, or type the digits under it.',
  'devPairing.waiting': 'It is in pairing mode.',
  'devPairing.paired': 'It is paired already. Remove it to pair it again.',
  'devPairing.code': 'Pairing code',
  'devPairing.hub': 'Go to the hub',
  'devPairing.none.title': 'No lock waits',
  'devPairing.none.text':
    'The Matter side of the demo is not up yet, or is switched off. Look again in a few seconds.',
  'devMessages.title': 'Messages',
  'devMessages.lead':
    'Mails and SMS that were not sent, because no mail server and no SMS service is set. Only in the demo.',
  'devMessages.mail': 'Mail',
  'devMessages.sms': 'SMS',
  'devMessages.to': 'To {address}',
  'devMessages.none.title': 'No messages yet',
  'devMessages.none.text':
    'Sign up, invite somebody or ask for a new password, and the message shows up here.',
} as const;
