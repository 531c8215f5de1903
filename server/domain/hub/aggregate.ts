import { invalidField } from '../errors';

/** The hub aggregate and its events (lock-api 7). Times in events are milliseconds since 1970. */
export type HubEvent =
  | {
      type: 'HubProvisioned';
      data: {
        hubId: string;
        serial: string;
        model: string;
        thingName: string;
        vendorName?: string;
        provisionedAt: number;
      };
    }
  | {
      type: 'HubClaimed';
      data: { hubId: string; orgId: string; siteId: string; userId: string; claimedAt: number };
    }
  | {
      type: 'HubReClaimed';
      data: {
        hubId: string;
        newOrgId: string;
        newSiteId: string;
        reason: string;
        userId: string;
        reClaimedAt: number;
      };
    }
  | { type: 'HubRoleSet'; data: { hubId: string; isPrimary: boolean; userId: string; setAt: number } }
  | { type: 'HubSuspended'; data: { hubId: string; reason: string; userId: string; suspendedAt: number } }
  | { type: 'HubResumed'; data: { hubId: string; userId: string; resumedAt: number } }
  | {
      type: 'HubDecommissioned';
      data: { hubId: string; reason: string; userId: string; decommissionedAt: number };
    };

export type HubStatus = 'provisioned' | 'claimed' | 'suspended' | 'decommissioned';

export interface HubState {
  version: number;
  /** Absent before the first event. */
  status?: HubStatus;
  isPrimary: boolean;
  orgId?: string;
  siteId?: string;
}
export const initialHub: HubState = { version: 0, isPrimary: false };

export type HubCommand =
  | {
      type: 'ProvisionHub';
      serial: string;
      model: string;
      thingName: string;
      vendorName?: string | undefined;
    }
  | { type: 'ClaimHub'; orgId: string; siteId: string; userId: string }
  | { type: 'ReClaimHub'; newOrgId: string; newSiteId: string; reason: string; userId: string }
  | { type: 'SetHubRole'; isPrimary: boolean; userId: string }
  | { type: 'SuspendHub'; reason: string; userId: string }
  | { type: 'ResumeHub'; userId: string }
  | { type: 'DecommissionHub'; reason: string; userId: string };

const requireStatus = (state: HubState, wanted: readonly HubStatus[], otherwise: string): void => {
  if (state.status === undefined || !wanted.includes(state.status)) throw invalidField('hubId', otherwise);
};

/**
 * What a command brings about; nothing when the hub stands so already. Raises `invalid` with the field `hubId` when the
 * hub does not stand so that it could be done (lock-api 7: not provisioned or already claimed is 400).
 */
export function decideHub(hubId: string, state: HubState, command: HubCommand, at: Date): HubEvent[] {
  const now = at.getTime();
  switch (command.type) {
    case 'ProvisionHub': {
      if (state.status !== undefined) return [];
      const { serial, model, thingName, vendorName } = command;
      const vendor = vendorName === undefined ? {} : { vendorName };
      return [
        {
          type: 'HubProvisioned',
          data: { hubId, serial, model, thingName, ...vendor, provisionedAt: now },
        },
      ];
    }
    case 'ClaimHub': {
      requireStatus(state, ['provisioned'], notClaimable);
      const { orgId, siteId, userId } = command;
      return [{ type: 'HubClaimed', data: { hubId, orgId, siteId, userId, claimedAt: now } }];
    }
    case 'ReClaimHub': {
      requireStatus(state, ['claimed'], 'is not claimed');
      const { newOrgId, newSiteId, reason, userId } = command;
      if (newOrgId === state.orgId && newSiteId === state.siteId) return [];
      return [
        { type: 'HubReClaimed', data: { hubId, newOrgId, newSiteId, reason, userId, reClaimedAt: now } },
      ];
    }
    case 'SetHubRole': {
      requireStatus(state, ['claimed'], 'is not claimed');
      const { isPrimary, userId } = command;
      if (state.isPrimary === isPrimary) return [];
      return [{ type: 'HubRoleSet', data: { hubId, isPrimary, userId, setAt: now } }];
    }
    case 'SuspendHub': {
      if (state.status === 'suspended') return [];
      requireStatus(state, ['provisioned', 'claimed'], 'is not in use');
      const { reason, userId } = command;
      return [{ type: 'HubSuspended', data: { hubId, reason, userId, suspendedAt: now } }];
    }
    case 'ResumeHub': {
      if (state.status === 'claimed' || state.status === 'provisioned') return [];
      requireStatus(state, ['suspended'], 'is not suspended');
      return [{ type: 'HubResumed', data: { hubId, userId: command.userId, resumedAt: now } }];
    }
    case 'DecommissionHub': {
      if (state.status === 'decommissioned') return [];
      requireStatus(state, ['provisioned', 'claimed', 'suspended'], 'is not provisioned');
      const { reason, userId } = command;
      return [{ type: 'HubDecommissioned', data: { hubId, reason, userId, decommissionedAt: now } }];
    }
  }
}

/** The one text for a hub that cannot be claimed, whoever has it and whether there is one. */
export const notClaimable = 'is not provisioned, or is claimed already';

/** The state after an event. */
export function evolveHub(state: HubState, event: HubEvent): HubState {
  const version = state.version + 1;
  switch (event.type) {
    case 'HubProvisioned':
      return { ...state, version, status: 'provisioned' };
    case 'HubClaimed':
      return { ...state, version, status: 'claimed', orgId: event.data.orgId, siteId: event.data.siteId };
    case 'HubReClaimed':
      return {
        ...state,
        version,
        orgId: event.data.newOrgId,
        siteId: event.data.newSiteId,
        isPrimary: false,
      };
    case 'HubRoleSet':
      return { ...state, version, isPrimary: event.data.isPrimary };
    case 'HubSuspended':
      return { ...state, version, status: 'suspended' };
    case 'HubResumed':
      return { ...state, version, status: state.siteId === undefined ? 'provisioned' : 'claimed' };
    case 'HubDecommissioned':
      return { ...state, version, status: 'decommissioned' };
  }
}
