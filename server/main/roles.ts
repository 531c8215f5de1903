const userOf = (url: string): string => decodeURIComponent(new URL(url).username);

/** The role that is to be granted the application's rights: that of DATABASE_URL, where the owner is another. */
export function applicationRole(url: string | undefined, ownerUrl: string): string | undefined {
  const role = url === undefined ? '' : userOf(url);
  return role !== '' && role !== userOf(ownerUrl) ? role : undefined;
}

/** Said at the start where the application owns its tables. */
export const oneRoleWarning =
  'The audit trail is guarded by triggers alone, which its owner can switch off: DATABASE_URL and DATABASE_OWNER_URL name the same role. Give the application a role of its own (README, settings).';
