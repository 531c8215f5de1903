import type { OperationId } from '../../contracts/registry';
import { allow, inProject, open, owned, permitted, type Row, type Rule, self } from './rules';

const byou: Rule = (facts, principal) =>
  principal.kind === 'projectKey' &&
  facts.isByou === true &&
  facts.projectId === principal.projectId &&
  principal.permissions.includes('byou')
    ? 'allow'
    : 'deny';
const ownAccounts: Rule = (facts) => (facts.isByou === true ? 'deny' : 'allow');
const accountRow: Row = {
  anonymous: ownAccounts,
  user: ownAccounts,
  device: ownAccounts,
  orgKey: ownAccounts,
  superKey: ownAccounts,
  service: ownAccounts,
  staff: ownAccounts,
  projectKey: (facts, principal) => (facts.isByou === true ? byou(facts, principal) : 'allow'),
};
const selfInProject = inProject(self);

/** Accounts, their sessions and passkeys, and what they are told. */
export const accountsRows = {
  'users.create': accountRow,
  'users.list': { projectKey: permitted('admin') },
  'users.get': { user: selfInProject, projectKey: owned },
  'users.update': { user: selfInProject },
  'users.delete': { user: selfInProject, projectKey: permitted('admin') },
  'users.changePassword': { user: selfInProject },
  'auth.get': open,
  'auth.user': accountRow,
  'auth.token': { user: allow, orgKey: allow },
  'auth.sms': open,
  'auth.startEmailVerification': open,
  'auth.verifyEmail': open,
  'auth.startPasswordReset': open,
  'auth.resetPassword': open,
  'auth.activate': open,
  'auth.startPasskey': open,
  'auth.signUp': open,
  'auth.sendMail': open,
  'auth.seeInvitation': open,
  'passkeys.list': { user: selfInProject },
  'passkeys.start': { user: selfInProject },
  'passkeys.add': { user: selfInProject },
  'passkeys.rename': { user: selfInProject },
  'passkeys.remove': { user: selfInProject },
  'userSession.list': { user: selfInProject },
  'userSession.endOthers': { user: selfInProject },
  'userSession.endOne': { user: selfInProject },
  'userSession.listen': { user: (facts) => (facts.isByou === true ? 'deny' : 'allow') },
  'userSession.get': { user: allow },
  'userSession.end': { user: allow },
  'userSession.views': { user: allow },
  'notifications.get': { user: allow },
  'notifications.choose': { user: allow },
  'notifications.subscribe': { user: allow },
  'notifications.unsubscribe': { user: allow },
} satisfies Partial<Record<OperationId, Row>>;
