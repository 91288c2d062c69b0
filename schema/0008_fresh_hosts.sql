-- A host of which a crawl knows one URL, and that it has not turned to, is from now on in `queue` and `url` alone; it gets
-- its rows in `crawl_host` and `pending` when its turn comes, or a second URL. Those that have them already keep them.

create view fresh_host as
select q.crawl_id, q.host_id, q.rank from queue q
where q.ready_at = 0
  and not exists (select 1 from crawl_host h where h.host_id = q.host_id and h.crawl_id = q.crawl_id);

-- How many URLs of a host are pending, in all crawls; looks at each crawl.
create view host_pending as
select h.id as host_id,
       (select coalesce(sum(q.pending), 0) from crawl_host q where q.host_id = h.id)
         + (select count(*) from crawl c
            where not exists (select 1 from crawl_host q where q.host_id = h.id and q.crawl_id = c.id)
              and exists (select 1 from url u where u.host_id = h.id and u.crawl_id = c.id)) as pending
from host h;

-- When a host may be asked, whichever crawl does; times are wall time.
create view host_due as
select h.id as host_id, h.origin, a.authority,
       coalesce(s.ready_at, h.added_at) + (select wall_ahead_ms from clock) as due_at
from host h join host_authority a on a.host_id = h.id left join host_state s on s.host_id = h.id;

-- One select for each kind of host, so that the first rows come at once.
drop view frontier;
create view frontier as
with due as (
  select q.crawl_id, d.*, max(q.ready_at + (select wall_ahead_ms from clock), d.due_at) as ready_at
  from crawl_host q join host_due d on d.host_id = q.host_id)
select c.name as crawl, due.origin || p.target as url, p.depth, p.attempts, due.authority as host,
       strftime('%Y-%m-%dT%H:%M:%S', due.ready_at / 1000, 'unixepoch') || printf('.%03dZ', due.ready_at % 1000)
         as ready_at
from crawl c join due on due.crawl_id = c.id join pending p on p.host_id = due.host_id and p.crawl_id = c.id
where c.removed = 0
union all
select c.name, d.origin || u.target, u.depth, 0, d.authority,
       strftime('%Y-%m-%dT%H:%M:%S', d.due_at / 1000, 'unixepoch') || printf('.%03dZ', d.due_at % 1000)
from crawl c join fresh_host f on f.crawl_id = c.id join url u on u.host_id = f.host_id and u.crawl_id = c.id
  join host_due d on d.host_id = f.host_id
where c.removed = 0;

drop view hosts;
create view hosts as
select d.authority, s.robots_status, s.crawl_delay_ms / 1000.0 as crawl_delay,
       strftime('%Y-%m-%dT%H:%M:%S', d.due_at / 1000, 'unixepoch') || printf('.%03dZ', d.due_at % 1000) as ready_at,
       p.pending, coalesce(s.failures, 0) as failures
from host_due d join host_pending p on p.host_id = d.host_id left join host_state s on s.host_id = d.host_id;
