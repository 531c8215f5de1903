import { quotaNames } from '@/server/contracts/project-words';
import type { ProjectSettings } from '@/server/contracts/projects';

/** Every limit that a project may have, in the order in which pages show them. */
export const limitNames = ['maxUsers', 'maxHomes', ...quotaNames] as const;
export type LimitName = (typeof limitNames)[number];

/** The limits of a project; null: none. */
export const limitsOf = ({
  maxUsers,
  maxHomes,
  quotas,
}: Pick<ProjectSettings, 'maxUsers' | 'maxHomes' | 'quotas'>): Record<LimitName, number | null> =>
  Object.fromEntries(
    limitNames.map((name) => [
      name,
      name === 'maxUsers' ? maxUsers : name === 'maxHomes' ? maxHomes : (quotas[name] ?? null),
    ]),
  ) as Record<LimitName, number | null>;
