-- How a host has answered lately, where that says more than "well": how long it rests next, and how much slower than
-- the delay it is asked. A host that is not here has let nobody down, and is not measured.

create table host_pace (
  host_id   integer primary key,
  failures  integer not null,  -- visits in a row that a failure which may pass has ended
  answer_ms integer not null   -- what its answers take, smoothed; 0: not measured
);

drop view hosts;
create view hosts as
with due as (select id as host_id, ready_at + (select wall_ahead_ms from clock) as ready_at from host)
select a.authority, r.status as robots_status, r.crawl_delay_ms / 1000.0 as crawl_delay,
       strftime('%Y-%m-%dT%H:%M:%S', due.ready_at / 1000, 'unixepoch') || printf('.%03dZ', due.ready_at % 1000)
         as ready_at,
       (select coalesce(sum(q.pending), 0) from crawl_host q where q.host_id = h.id) as pending,
       coalesce(p.failures, 0) as failures
from host h join due on due.host_id = h.id join host_authority a on a.host_id = h.id
  left join robots r on r.host_id = h.id left join host_pace p on p.host_id = h.id;
