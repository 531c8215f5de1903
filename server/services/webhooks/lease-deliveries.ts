import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

export interface LeasedDelivery {
  id: number;
  url: string;
  body: string;
  attempts: number;
  /** Sealed secret of the module's signatures. */
  sealedKey: Buffer | null;
  allowPrivate: boolean;
}

/** Deliveries of one module that are under way at a time: a slow receiver takes no more than this. */
const perModule = 4;
/** Longer than a try can last; past it the process that took the delivery is gone. */
const leaseSeconds = 30;

/**
 * Takes due deliveries for this process, some of each module whatever the backlog of the others; a lease that is not
 * finished ends by itself and is taken again. The modules that have something waiting are found by stepping through the
 * index from one to the next, so that a backlog costs nothing.
 */
export async function leaseDeliveries({ db }: Pick<Deps, 'db'>): Promise<LeasedDelivery[]> {
  const rows = await db.execute<{
    id: string;
    url: string;
    body: string;
    attempts: number;
    key: Buffer | null;
    allow: boolean;
  }>(sql`
    with recursive waiting as (
      (select project_id, module_id from webhook_deliveries where status = 'waiting'
       order by project_id, module_id limit 1)
      union all
      select following.project_id, following.module_id from waiting cross join lateral (
        select d.project_id, d.module_id from webhook_deliveries d
        where d.status = 'waiting' and (d.project_id, d.module_id) > (waiting.project_id, waiting.module_id)
        order by d.project_id, d.module_id limit 1) following
    ), taken as (
      select one.id from waiting cross join lateral (
        select d.id from webhook_deliveries d
        where d.project_id = waiting.project_id and d.module_id = waiting.module_id and d.status = 'waiting'
          and d.next_attempt_at <= now() and (d.leased_until is null or d.leased_until < now())
        order by d.id
        limit greatest(0, ${perModule}::integer - (
          select count(*) from webhook_deliveries busy
          where busy.project_id = waiting.project_id and busy.module_id = waiting.module_id
            and busy.status = 'waiting' and busy.leased_until >= now()))
        for update of d skip locked
      ) one
    )
    update webhook_deliveries w
    set leased_until = now() + make_interval(secs => ${leaseSeconds}::integer), attempts = attempts + 1
    from taken, smart_modules m, projects p
    where w.id = taken.id and m.project_id = w.project_id and m.module_id = w.module_id and p.id = w.project_id
      and not m.suspended
    returning w.id::text, w.url, w.body, w.attempts, m.sealed_key as key, p.allow_private_webhooks as allow`);
  return rows.map((row) => ({
    id: Number(row.id),
    url: row.url,
    body: row.body,
    attempts: row.attempts,
    sealedKey: row.key,
    allowPrivate: row.allow,
  }));
}
