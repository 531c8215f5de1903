const minuteMs = 60_000;

/** Whoever knows a password has this long to prove the second factor. */
export const unprovedLifeMs = 10 * minuteMs;
/** A staff session ends after this, however busy. */
export const staffSessionLifeMs = 8 * 60 * minuteMs;
/** And after this without use. */
export const staffIdleMs = 30 * minuteMs;
/** Its last use is written this often at most. */
export const seenEveryMs = minuteMs;
/** A link that sets the password is good this long. */
export const setUpLifeMs = 24 * 60 * minuteMs;

interface Session {
  provedAt: Date | null;
  lastSeenAt: Date;
  expiresAt: Date;
  revokedAt: Date | null;
}

/** Whether a staff session still stands, its second factor proved or not. */
export const isStanding = ({ lastSeenAt, expiresAt, revokedAt }: Session, now: Date): boolean =>
  revokedAt === null &&
  expiresAt.getTime() > now.getTime() &&
  now.getTime() - lastSeenAt.getTime() < staffIdleMs;
