import { randomBytes, randomInt } from 'node:crypto';
import { writeManualCode } from '@/server/domain/matter/manual-code';
import { isPasscode } from '@/server/domain/matter/passcode';
import { writeQrCode } from '@/server/domain/matter/qr-code';

/** What is printed on a lock, made once and kept as long as the lock. */
export interface Label {
  passcode: number;
  discriminator: number;
  serial: string;
  uniqueId: string;
}

/** A label that no other lock has (matter-codes 3). */
export function makeLabel(): Label {
  let passcode = 0;
  while (!isPasscode(passcode)) passcode = randomInt(1, 99_999_999);
  return {
    passcode,
    discriminator: randomInt(0, 4_096),
    serial: `VL-${randomBytes(4).toString('hex').toUpperCase()}`,
    uniqueId: randomBytes(16).toString('hex'),
  };
}

/** Both printed forms of the code. `vendorId` and `productId` stand in the QR code alone. */
export function codesOf(
  { passcode, discriminator }: Label,
  { vendorId, productId }: { vendorId: number; productId: number },
): { qr: string; manual: string } {
  const shortDiscriminator = discriminator >> 8;
  const discovery = { ble: false, onNetwork: true, wifiPaf: false, nfc: false };
  return {
    qr: writeQrCode({
      passcode,
      shortDiscriminator,
      longDiscriminator: discriminator,
      vendorId,
      productId,
      discovery,
    }),
    manual: writeManualCode({ passcode, shortDiscriminator }),
  };
}
