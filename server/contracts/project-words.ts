/** Words of project settings, for pages too: without the schemas that are made of them. */

/** What a project key may be given beyond reading. */
export const keyPermissions = ['commands', 'events', 'kv', 'byou', 'admin'] as const;

export const moduleTypes = ['webhooks'] as const;
