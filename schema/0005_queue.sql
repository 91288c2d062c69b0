-- The queue and the leases become tables of their own. As indexes of crawl_host they were kept by SQLite, but each claim
-- and each release rewrote a row and moved an entry of two of them; now a claim takes a run of rows off the queue at once,
-- and the row of a host is written once a report.

-- Hosts with URLs to fetch that nobody visits now, in the order of their turn. (It takes the name of the index that it is
-- filled from, in order, without a sort.)
create table waiting (
  crawl_id integer not null,
  ready_at integer not null,   -- as in crawl_host: 0 if no visit has left URLs over, else when it may be claimed again
  rank     integer not null,   -- as in crawl_host
  host_id  integer not null,
  primary key (crawl_id, ready_at, rank)
) without rowid;
insert into waiting select crawl_id, ready_at, rank, host_id from crawl_host indexed by queue
where pending > 0 and owner < 0 order by crawl_id, ready_at, rank;
drop index queue;
drop index leases;
alter table waiting rename to queue;

-- Hosts that a worker visits now.
create table lease (
  host_id  integer primary key,
  crawl_id integer not null,
  owner    integer not null,   -- the number of the worker
  claimed  integer not null    -- URLs handed out that have not ended
);
insert into lease select host_id, crawl_id, owner, claimed from crawl_host where owner >= 0;

alter table crawl_host drop column owner;
alter table crawl_host drop column claimed;
