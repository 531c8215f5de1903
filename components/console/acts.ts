import { api } from '../hooks/api';

/** Something that staff may do, and to what. */
export type Act =
  | { act: 'resendVerification' | 'endUserSessions' | 'unlockAccount'; userId: number }
  | { act: 'resendInvitation'; homeId: number; userId: number }
  | { act: 'deactivateHome' | 'reactivateHome'; homeId: number }
  | { act: 'suspendHub' | 'resumeHub'; homeId: number; hubId: string }
  | { act: 'testReach'; homeId: number; kind: 'device' | 'lock' | 'hub'; id: string }
  | { act: 'replayDelivery'; homeId: number; deliveryId: string }
  | { act: 'releaseDevice'; homeId: number; deviceId: number };

/** An act with the name of what it is done to. */
export type NamedAct = Act & { name: string };

/** Calls the operation of an act. Throws what the call threw. */
export async function carryOut(asked: Act, reason: string): Promise<unknown> {
  const body = { reason };
  switch (asked.act) {
    case 'resendVerification':
    case 'endUserSessions':
    case 'unlockAccount':
      return api(`staff.${asked.act}`, { params: { userId: asked.userId }, body });
    case 'resendInvitation':
      return api('staff.resendInvitation', { params: { homeId: asked.homeId, userId: asked.userId }, body });
    case 'deactivateHome':
    case 'reactivateHome':
      return api(`staff.${asked.act}`, { params: { homeId: asked.homeId }, body });
    case 'suspendHub':
    case 'resumeHub':
      return api(`staff.${asked.act}`, { params: { homeId: asked.homeId, hubId: asked.hubId }, body });
    case 'testReach': {
      const { homeId, kind, id } = asked;
      return api('staff.testReach', { params: { homeId }, body: { ...body, kind, id } });
    }
    case 'replayDelivery':
      return api('staff.replayDelivery', {
        params: { homeId: asked.homeId, deliveryId: asked.deliveryId },
        body,
      });
    case 'releaseDevice':
      return api('staff.releaseDevice', { params: { homeId: asked.homeId, deviceId: asked.deviceId }, body });
  }
}
