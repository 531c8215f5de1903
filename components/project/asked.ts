/** What somebody wants to do to a project, and to which part of it. */
export type Asked =
  | { deed: 'settings' | 'limits' | 'app' | 'class' | 'key' | 'orgKey' | 'module' | 'issuer' }
  | { deed: 'removeApp' | 'revokeOrgKey' | 'log'; id: string }
  | { deed: 'describe'; id: string; description: string }
  | { deed: 'revokeKey' | 'removeIssuer'; id: number; name: string }
  | { deed: 'batch'; deviceClass: string };

/** What parts of the page are given: whether their viewer may change anything, and how to ask for it. */
export interface PartProps {
  mayChange: boolean;
  onAsk: (asked: Asked) => void;
}
