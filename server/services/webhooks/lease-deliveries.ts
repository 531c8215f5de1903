import { sql } from 'drizzle-orm';
import type { Deps } from '../deps';

export interface LeasedDelivery {
  id: number;
  url: string;
  body: string;
  attempts: number;
  kind: 'event' | 'command' | 'organisation';
  /** Sealed secret of a module's signatures. */
  sealedKey: Buffer | null;
  /** Static header of an organisation's webhook, its value sealed. */
  headerName: string | null;
  sealedHeader: Buffer | null;
  allowPrivate: boolean;
}

/** Deliveries of one module, or of one webhook of an organisation, that are under way at a time: a slow receiver takes no more than this. */
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
    kind: LeasedDelivery['kind'];
    header_name: string | null;
    header: Buffer | null;
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
    ), due as (
      select d.id, m.sealed_key as key, o.header_name, o.sealed_header as header, p.allow_private_webhooks as allow
      from taken join webhook_deliveries d on d.id = taken.id join projects p on p.id = d.project_id
      left join smart_modules m
        on d.kind <> 'organisation' and m.project_id = d.project_id and m.module_id = d.module_id
      left join org_webhooks o
        on d.kind = 'organisation' and o.project_id = d.project_id and o.id::text = d.module_id
      where not coalesce(m.suspended, o.suspended, true)
    )
    update webhook_deliveries w
    set leased_until = now() + make_interval(secs => ${leaseSeconds}::integer), attempts = attempts + 1
    from due where w.id = due.id
    returning w.id::text, w.url, w.body, w.attempts, w.kind, due.key, due.header_name, due.header, due.allow`);
  return rows.map((row) => ({
    id: Number(row.id),
    url: row.url,
    body: row.body,
    attempts: row.attempts,
    kind: row.kind,
    sealedKey: row.key,
    headerName: row.header_name,
    sealedHeader: row.header,
    allowPrivate: row.allow,
  }));
}
