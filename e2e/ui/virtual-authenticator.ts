import type { CDPSession, Page } from '@playwright/test';

/** The browser's own stand-in for finger and face: it says yes until told otherwise. */
export interface Device {
  /** The person says no, or is not recognised. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
}

export async function makeDevice(page: Page): Promise<Device> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const verify = async (isUserVerified: boolean): Promise<void> => {
    await session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified });
  };
  return { refuse: () => verify(false), accept: () => verify(true) };
}
