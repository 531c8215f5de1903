/** Characters of the GSM 7-bit alphabet (3GPP TS 23.038, 6.2.1), and those that take two places. */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extended = new Set('\f^{}\\[~]|€');

export interface SmsLength {
  /** As phones count them: some of GSM's take two places, an emoji of Unicode too. */
  characters: number;
  /** How many messages it is paid for. */
  segments: number;
  /** One character outside GSM's alphabet makes all of them twice as large. */
  isUnicode: boolean;
}

/** How long a text is as an SMS. */
export function smsLength(text: string): SmsLength {
  const letters = [...text];
  const isUnicode = letters.some((letter) => !basic.has(letter) && !extended.has(letter));
  const characters = isUnicode
    ? text.length
    : letters.reduce((total, letter) => total + (extended.has(letter) ? 2 : 1), 0);
  const [alone, joined] = isUnicode ? [70, 67] : [160, 153];
  const segments = characters === 0 ? 0 : characters <= alone ? 1 : Math.ceil(characters / joined);
  return { characters, segments, isUnicode };
}
