export type CommissioningFlow = 'standard' | 'user-intent' | 'custom';

/** Where a device can be found (matter-codes 4). */
export interface Discovery {
  ble: boolean;
  onNetwork: boolean;
  wifiPaf: boolean;
  nfc: boolean;
}

/** What one device's code says (matter-codes 5). The passcode is a secret: it goes into no log, URL or error text. */
export interface OnboardingPayload {
  passcode: number;
  /** The upper four bits of the discriminator; all that a manual code carries. */
  shortDiscriminator: number;
  /** All twelve bits; QR codes alone have them. */
  longDiscriminator?: number;
  /** Hints for display and for a check against the device; absent when the code gives none. */
  vendorId?: number;
  productId?: number;
  flow?: CommissioningFlow;
  discovery?: Discovery;
  /** The discovery byte as it was printed, unknown bits and all, so that writing gives the same text again. */
  discoveryBits?: number;
  serialNumber?: string;
  /** The bytes after the fixed part, which hold the serial number and what we do not read. */
  extension?: Uint8Array;
}

export type OnboardingReason =
  | 'characters'
  | 'length'
  | 'check-digit'
  | 'version'
  | 'range'
  | 'passcode'
  | 'prefix'
  | 'tlv'
  | 'flow';

/** Why a code is none. `message` names the part that is wrong, for the person who types it, and never the code. */
export interface Refused {
  ok: false;
  reason: OnboardingReason;
  message: string;
}

export const refused = (reason: OnboardingReason, message: string): Refused => ({
  ok: false,
  reason,
  message,
});
