-- The frontier. Read schema/README.md first: it has the picture, the invariants and the rule for upgrades.
-- Times are milliseconds since 1970 UTC. 0 and 1 are stored in no bytes, so a column that is updated in place starts
-- with a value as wide as those to come, and rows do not grow while a crawl runs through them.

create table meta (
  key   text primary key,
  value integer not null
) without rowid;
insert into meta values ('next_host_id', 1);

create table crawl (
  id                integer primary key,
  name              text    not null unique,
  paused            integer not null default 0,
  removed           integer not null default 0,  -- 1: it is being deleted, and its name is free
  created_at        integer not null,
  link_regex        text    not null,
  max_depth         integer not null,
  same_site         integer not null,
  max_urls_per_host integer not null,
  delay_ms          integer,             -- between two requests to one host; null: the daemon's
  next_rank         integer not null default 1,
  total             integer not null default 0,
  pending           integer not null default 0,
  fetched           integer not null default 0,
  failed            integer not null default 0,
  disallowed        integer not null default 0,
  skipped           integer not null default 0,
  bytes             integer not null default 0
);

-- A host is an origin: scheme, name and port. Ids follow the order in which lists name hosts.
create table host (
  id       integer primary key,
  origin   text    not null,
  ready_at integer not null        -- no request before this
);

-- Origin to host, by 42 bits of the xxHash of the origin (linear probing).
create table host_key (
  key     integer primary key,
  host_id integer not null
);

create table robots (
  host_id           integer primary key,
  status            integer not null,   -- HTTP status of the last answer; 0: none came
  rules             text    not null,   -- of our product token, robots::Rules::serialize(); '': none
  crawl_delay_ms    integer not null,
  fetched_at        integer not null,
  expires_at        integer not null,
  unreachable_since integer not null,   -- 0: the last try was answered
  failures          integer not null    -- tries in a row that were not
);

-- What one crawl wants of one host. Its rows are the queue and the leases.
create table crawl_host (
  host_id  integer not null,
  crawl_id integer not null,
  rank     integer not null,             -- of the first URL that was added
  ready_at integer not null default 0,   -- 0: never visited; else when it may be claimed again
  pending  integer not null,             -- URLs without an outcome
  total    integer not null,             -- URLs
  owner    integer not null default -1,  -- worker that holds the lease; -1: none
  claimed  integer not null default 0,   -- URLs handed out with the lease
  primary key (host_id, crawl_id)
) without rowid;
create index queue  on crawl_host (crawl_id, ready_at, rank) where pending > 0 and owner < 0;
create index leases on crawl_host (owner, crawl_id, claimed) where owner >= 0;

-- The seen set and, by its partial index, what is still to be fetched of a host.
create table url (
  host_id   integer not null,
  crawl_id  integer not null,
  target    text    not null,            -- path and query
  rank      integer not null,
  depth     integer not null,
  state     integer not null,            -- 2 pending, 3 fetched, 4 failed, 5 disallowed, 6 skipped, 7 alias
  attempts  integer not null default 0,  -- tries that did not end it
  redirects integer not null default 0,  -- redirects between hosts that led here
  from_rank integer not null default 0,  -- the URL that named it; 0: a seed
  primary key (host_id, crawl_id, target)
) without rowid;
create index url_pending on url (host_id, crawl_id, rank) where state = 2;

create table outcome (
  crawl_id     integer not null,
  rank         integer not null,
  host_id      integer not null,
  target       text    not null,
  state        integer not null,
  status       integer,
  error        text,
  content_type text,
  encoding     text,
  bytes        integer not null,
  truncated    integer not null,
  title        text,
  redirect_to  text,
  depth        integer not null,
  attempts     integer not null,         -- tries, the last included
  remote_ip    text,
  http_version text,
  elapsed_ms   integer not null,
  fetched_at   integer not null,
  primary key (crawl_id, rank)
) without rowid;
create index outcome_failed on outcome (crawl_id, error) where state = 4;

-- The public views (docs: README.md, "The database"). Their columns only ever grow.

-- The authority of an origin (RFC 3986, 3.2): name and port, without a port for http at 80 only, so that the two schemes
-- of one name differ.
create view host_authority as
select id as host_id,
       case when origin like 'http://%' then substr(origin, 8)
            when origin glob '*:[0-9]*' and origin not glob '*]' then substr(origin, 9)
            else substr(origin, 9) || ':443' end as authority
from host;

create view results as
select c.name as crawl, h.origin || o.target as url,
       case o.state when 3 then 'fetched' when 4 then 'failed' when 5 then 'disallowed' else 'skipped' end as outcome,
       o.status, o.error, o.content_type, o.encoding, o.bytes, o.truncated, o.title, o.redirect_to, o.depth, o.attempts,
       o.remote_ip, o.http_version, o.elapsed_ms,
       strftime('%Y-%m-%dT%H:%M:%S', o.fetched_at / 1000, 'unixepoch') || printf('.%03dZ', o.fetched_at % 1000)
         as fetched_at
from crawl c join outcome o on o.crawl_id = c.id join host h on h.id = o.host_id
where c.removed = 0;

create view frontier as
select c.name as crawl, h.origin || u.target as url, u.depth, u.attempts, a.authority as host,
       strftime('%Y-%m-%dT%H:%M:%S', max(q.ready_at, h.ready_at) / 1000, 'unixepoch')
         || printf('.%03dZ', max(q.ready_at, h.ready_at) % 1000) as ready_at
from crawl c join crawl_host q on q.crawl_id = c.id
  join url u on u.host_id = q.host_id and u.crawl_id = q.crawl_id and u.state = 2
  join host h on h.id = q.host_id join host_authority a on a.host_id = h.id
where c.removed = 0;

create view hosts as
select a.authority, r.status as robots_status, r.crawl_delay_ms / 1000.0 as crawl_delay,
       strftime('%Y-%m-%dT%H:%M:%S', h.ready_at / 1000, 'unixepoch') || printf('.%03dZ', h.ready_at % 1000) as ready_at,
       (select coalesce(sum(q.pending), 0) from crawl_host q where q.host_id = h.id) as pending
from host h join host_authority a on a.host_id = h.id left join robots r on r.host_id = h.id;

create view crawls as
select name, case when paused then 'paused' when pending = 0 then 'done' else 'running' end as state,
       strftime('%Y-%m-%dT%H:%M:%S', created_at / 1000, 'unixepoch') || printf('.%03dZ', created_at % 1000) as created_at,
       total, pending, fetched, failed, disallowed, skipped
from crawl where removed = 0;
