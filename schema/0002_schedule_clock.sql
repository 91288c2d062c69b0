-- Times at which something is due (ready_at, expires_at, …) are schedule time (lib/base/clock.h): it starts as wall time
-- and then runs evenly, whatever is done to the machine's clock. Here is what it takes to go on with it.

create table clock (
  id            integer primary key check (id = 1),
  boot          text    not null,  -- the boot of the machine that offset_ms belongs to
  offset_ms     integer not null,  -- schedule time less the time since that boot
  seen_ms       integer not null,  -- a schedule time not long ago: after a reboot it goes on from there at least
  wall_ahead_ms integer not null   -- wall time less schedule time, for people
);
insert into clock values (1, '', 0, 0, 0);

drop view frontier;
create view frontier as
with due as (
  select q.crawl_id, q.host_id, max(q.ready_at, h.ready_at) + (select wall_ahead_ms from clock) as ready_at
  from crawl_host q join host h on h.id = q.host_id)
select c.name as crawl, h.origin || u.target as url, u.depth, u.attempts, a.authority as host,
       strftime('%Y-%m-%dT%H:%M:%S', due.ready_at / 1000, 'unixepoch') || printf('.%03dZ', due.ready_at % 1000)
         as ready_at
from crawl c join due on due.crawl_id = c.id
  join url u on u.host_id = due.host_id and u.crawl_id = c.id and u.state = 2
  join host h on h.id = due.host_id join host_authority a on a.host_id = h.id
where c.removed = 0;

drop view hosts;
create view hosts as
with due as (select id as host_id, ready_at + (select wall_ahead_ms from clock) as ready_at from host)
select a.authority, r.status as robots_status, r.crawl_delay_ms / 1000.0 as crawl_delay,
       strftime('%Y-%m-%dT%H:%M:%S', due.ready_at / 1000, 'unixepoch') || printf('.%03dZ', due.ready_at % 1000)
         as ready_at,
       (select coalesce(sum(q.pending), 0) from crawl_host q where q.host_id = h.id) as pending
from host h join due on due.host_id = h.id join host_authority a on a.host_id = h.id
  left join robots r on r.host_id = h.id;
