-- What visits have taught us of a host becomes one row, made by its first visit and written once a report: when it may be
-- asked again (from `host`), how it has answered (`host_pace`) and its robots.txt (`robots`).

create table host_state (
  host_id           integer primary key,
  ready_at          integer not null,             -- no request before this
  failures          integer not null default 0,   -- visits in a row that a failure which may pass has ended
  answer_ms         integer not null default 0,   -- what its answers take, smoothed; 0: not measured
  robots_status     integer,                      -- HTTP status of the last answer; 0: none came; null: never asked
  rules             text,                         -- of our product token, robots::Rules::serialize(); '': none
  crawl_delay_ms    integer,
  fetched_at        integer,
  expires_at        integer,
  unreachable_since integer,                      -- 0: the last try was answered
  robots_failures   integer                       -- tries in a row that were not
);
insert into host_state
select h.id, h.ready_at, coalesce(p.failures, 0), coalesce(p.answer_ms, 0), r.status, r.rules, r.crawl_delay_ms,
       r.fetched_at, r.expires_at, r.unreachable_since, r.failures
from host h left join host_pace p on p.host_id = h.id left join robots r on r.host_id = h.id
where p.host_id is not null or r.host_id is not null order by h.id;

drop view hosts;
drop table robots;
drop table host_pace;
alter table host rename column ready_at to added_at;  -- a host may be asked from then on, until host_state says more

create view frontier as
with due as (
  select q.crawl_id, q.host_id,
         max(q.ready_at, coalesce(s.ready_at, h.added_at)) + (select wall_ahead_ms from clock) as ready_at
  from crawl_host q join host h on h.id = q.host_id left join host_state s on s.host_id = q.host_id)
select c.name as crawl, h.origin || p.target as url, p.depth, p.attempts, a.authority as host,
       strftime('%Y-%m-%dT%H:%M:%S', due.ready_at / 1000, 'unixepoch') || printf('.%03dZ', due.ready_at % 1000)
         as ready_at
from crawl c join due on due.crawl_id = c.id
  join pending p on p.host_id = due.host_id and p.crawl_id = c.id
  join host h on h.id = due.host_id join host_authority a on a.host_id = h.id
where c.removed = 0;

create view hosts as
with due as (
  select h.id as host_id, coalesce(s.ready_at, h.added_at) + (select wall_ahead_ms from clock) as ready_at
  from host h left join host_state s on s.host_id = h.id)
select a.authority, s.robots_status, s.crawl_delay_ms / 1000.0 as crawl_delay,
       strftime('%Y-%m-%dT%H:%M:%S', due.ready_at / 1000, 'unixepoch') || printf('.%03dZ', due.ready_at % 1000)
         as ready_at,
       (select coalesce(sum(q.pending), 0) from crawl_host q where q.host_id = h.id) as pending,
       coalesce(s.failures, 0) as failures
from host h join due on due.host_id = h.id join host_authority a on a.host_id = h.id
  left join host_state s on s.host_id = h.id;
