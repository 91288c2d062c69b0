-- What is still to be fetched becomes a table of its own, and with it the seen set is only ever added to: a URL that ends
-- leaves `pending` and enters `outcome`; its row in `url` stays as it is.

create table pending (
  host_id   integer not null,
  crawl_id  integer not null,
  rank      integer not null,
  target    text    not null,
  depth     integer not null,
  attempts  integer not null default 0,  -- tries that did not end it
  redirects integer not null default 0,  -- redirects between hosts that led here
  primary key (host_id, crawl_id, rank)
) without rowid;
insert into pending select host_id, crawl_id, rank, target, depth, attempts, redirects
from url indexed by url_pending where state = 2 order by host_id, crawl_id, rank;

drop view frontier;  -- it reads what changes here and in the next step, which makes it anew

create table seen_url (
  host_id   integer not null,
  crawl_id  integer not null,
  target    text    not null,            -- path and query
  rank      integer not null,
  depth     integer not null,
  alias     integer not null default 0,  -- 1: only a redirect within the host led there
  redirects integer not null default 0,  -- redirects between hosts that led here
  from_rank integer not null default 0,  -- the URL that named it; 0: a seed
  primary key (host_id, crawl_id, target)
) without rowid;
insert into seen_url select host_id, crawl_id, target, rank, depth, state = 7, redirects, from_rank
from url order by host_id, crawl_id, target;
drop table url;
alter table seen_url rename to url;
