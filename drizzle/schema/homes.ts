import { boolean, index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { bigintId, identityId, moment } from './columns';
import { projects } from './projects';
import { searchIndex, trigrams } from './search-texts';
import { users } from './users';

export const homes = pgTable(
  'homes',
  {
    id: identityId(),
    projectId: bigintId('project_id')
      .notNull()
      .references(() => projects.id, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    /** IANA name; null until the owner sets one, then pages show the viewer's own zone. */
    timezone: text('timezone'),
    deactivated: boolean('deactivated').notNull().default(false),
    /** Last position handed out; grows under this row's lock only. */
    position: bigintId('position').notNull().default(0),
    /** Position of the last line that is more than a device event or a key-value pair; grows with it. */
    newsPosition: bigintId('news_position').notNull().default(0),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [index('homes_search').using('gin', table.projectId, trigrams('homes')).with(searchIndex)],
);

export const homeMembers = pgTable(
  'home_members',
  {
    homeId: bigintId('home_id')
      .notNull()
      .references(() => homes.id, { onDelete: 'cascade' }),
    userId: bigintId('user_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    role: text('role', { enum: ['owner', 'member', 'guest'] }).notNull(),
    /** The life of an invitation, last sending and first look; null where nobody was asked. */
    invitedAt: moment('invited_at'),
    invitationSeenAt: moment('invitation_seen_at'),
    createdAt: moment('created_at').notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.homeId, table.userId] }),
    index('home_members_user').on(table.userId),
  ],
);
