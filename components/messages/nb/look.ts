/** Tekster for innsyn: kundestøtte som ser en eiers sider, med eierens samtykke. */
export const look = {
  'look.title': 'Innsyn fra kundestøtte',
  'look.asks': '{who} i kundestøtte ber om å få se {home}',
  'look.asks.what':
    'Kundestøtte får se sidene dine slik du ser dem, i høyst {minutes} minutter. Ingenting kan endres, og ingen dør kan åpnes. Du kan avslutte når som helst, og alt som blir sett på, står i aktiviteten din.',
  'look.grant': 'La kundestøtte se i {minutes} minutter',
  'look.refuse': 'Avslå',
  'look.answered': 'Svaret ditt er sendt.',
  'look.running': '{who} i kundestøtte ser sidene dine til {time}.',
  'look.end': 'Avslutt nå',
  'look.ended': 'Kundestøtte ser ikke lenger noe av ditt.',
  'look.banner': 'Du ser sidene til {who}.',
  'look.banner.rules': 'Ingenting kan endres eller åpnes, og hver side du ser på, vises for eieren.',
  'look.banner.left': '{time} igjen.',
  'look.leave': 'Gå ut',
} as const;
