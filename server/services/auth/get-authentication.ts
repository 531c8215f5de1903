import type { AuthenticationInfo } from '../../contracts/auth';
import type { Caller, Deps } from '../deps';

/** GET /auth (mode-api 5.7): always answers, whatever was presented. Lock credentials are nobody here. */
export async function getAuthentication(_deps: Deps, { principal }: Caller): Promise<AuthenticationInfo> {
  switch (principal.kind) {
    case 'user':
      return {
        type: 'user',
        userId: principal.userId,
        ...(principal.appId === '' ? {} : { appId: principal.appId }),
        projectId: principal.projectId,
      };
    case 'device':
      return { type: 'device', deviceId: principal.deviceId, projectId: principal.projectId };
    case 'projectKey':
      return { type: 'project key', projectKeyName: principal.name, projectId: principal.projectId };
    default:
      return { type: 'nobody' };
  }
}
