import type { notify as en } from '../en/notify';

/** Norwegian texts of notifications and the installed app. */
export const notify: Readonly<Record<keyof typeof en, string>> = {
  'notify.title': 'Varsler',
  'notify.lead': 'Hva du vil høre om dørene og hjemmene dine, og hvordan.',
  'notify.back': 'Alle dører',
  'notify.here.title': 'Denne nettleseren',
  'notify.here.on': 'Varsler vises på denne enheten til du logger ut her.',
  'notify.here.off': 'Ingenting vises på denne enheten ennå. Det du velger nedenfor, når bare andre enheter.',
  'notify.here.denied':
    'Varsler er blokkert for dette nettstedet. Tillat dem i innstillingene i nettleseren, og last siden på nytt.',
  'notify.here.unsupported':
    'Denne nettleseren kan ikke vise varsler. På iPhone og iPad legger du Latchkey til på hjemskjermen og åpner den der.',
  'notify.here.turnOn': 'Slå på her',
  'notify.here.turnOff': 'Slå av her',
  'notify.here.turnedOn': 'Varsler er slått på for denne enheten',
  'notify.here.turnedOff': 'Varsler er slått av for denne enheten',
  'notify.here.failed': 'Nettleseren tillot det ikke. Ingenting ble endret.',
  'notify.mail.none': 'Kontoen din har ingen kjent e-postadresse, så e-post kan ikke velges.',
  'notify.mail.to': 'E-post sendes til {address}.',
  'notify.channel.push': 'Varsel',
  'notify.channel.mail': 'E-post',
  'notify.choice': '{topic}, {channel}',
  'notify.topic.opened': 'Åpnet',
  'notify.topic.opened.more': 'Noen andre åpnet døren.',
  'notify.topic.refused': 'Avvist',
  'notify.topic.refused.more': 'Noen ba om å åpne og ble avvist; høyst én gang i minuttet.',
  'notify.topic.jammed': 'Satt fast',
  'notify.topic.jammed.more': 'Låsebolten sitter fast.',
  'notify.topic.forced': 'Brutt opp',
  'notify.topic.forced.more': 'Dørkontakten melder makt.',
  'notify.topic.unreachable': 'Utenfor rekkevidde',
  'notify.topic.unreachable.more': 'Låsen har ikke svart på to minutter.',
  'notify.topic.battery': 'Lavt batteri',
  'notify.topic.battery.more': 'Batteriet er lavt, og igjen når det er kritisk.',
  'notify.topic.member': 'Nytt medlem',
  'notify.topic.member.more': 'Noen ble med i hjemmet.',
  'notify.topic.support': 'Kundestøtte i hjemmet',
  'notify.topic.support.more':
    'Kundestøtten så på hjemmet eller endret noe i det. Om at noen så, fortelles det én gang om dagen.',
  'notify.home.whole': 'Hjemmet som helhet',
  'notify.none.title': 'Ingen dører å varsle om',
  'notify.none.text':
    'Så snart en lås legges til i et av hjemmene dine, eller noen inviterer deg, velger du her hva du vil høre om den.',
};
