/** Texts of looks: staff who see an owner's pages, with that owner's consent. */
export const look = {
  'look.title': 'Looks by support',
  'look.asks': '{who} of support asks to look at {home}',
  'look.asks.what':
    'Support will see your pages as you see them, for {minutes} minutes at most. Nothing can be changed and no door can be opened. You can end it at any time, and everything looked at stands in your activity.',
  'look.grant': 'Let support look for {minutes} minutes',
  'look.refuse': 'Refuse',
  'look.answered': 'Your answer was sent.',
  'look.running': '{who} of support sees your pages until {time}.',
  'look.end': 'End it now',
  'look.ended': 'Support sees nothing of yours any more.',
  'look.banner': 'You see the pages of {who}.',
  'look.banner.rules': 'Nothing can be changed or opened, and each page is kept for the owner to see.',
  'look.banner.left': '{time} left.',
  'look.leave': 'Leave',
} as const;
