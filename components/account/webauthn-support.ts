import { relyingPartyOf } from '@/server/domain/relying-party';

/** Whether this browser has passkeys at this address. To be asked in the browser alone. */
export const hasPasskeys = (): boolean =>
  typeof window.PublicKeyCredential === 'function' && relyingPartyOf(window.location.origin) !== undefined;
