-- `retry` is done in the background, a step a transaction: how far its walk through the failures has come, and how many
-- of those that there were when it began are still ahead of it. They count as pending from its beginning.
alter table crawl add column retry_error text;                         -- (error, rank) passed last; null: no retry is
alter table crawl add column retry_rank  integer not null default 0;   -- under way
alter table crawl add column retry_left  integer not null default 0;

drop view crawls;
create view crawls as
select name, case when paused then 'paused' when pending + retry_left = 0 then 'done' else 'running' end as state,
       strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000, 'unixepoch') || printf('.%03dZ', created_at % 1000) as created_at,
       total, pending + retry_left as pending, fetched, failed - retry_left as failed, disallowed, skipped
from crawl where removed = 0;
