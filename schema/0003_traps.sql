-- What keeps a crawl out of sites that make up URLs without end (docs/URLS.md, "Traps").

-- How many links a rule has kept out of a crawl.
create table cut_links (
  crawl_id integer not null,
  rule     text    not null,   -- "far_date", "too_many_hosts", …
  links    integer not null,
  primary key (crawl_id, rule)
) without rowid;

-- How many hosts of a registrable domain links have added to a crawl. Those of lists and redirects are not counted, nor
-- the domain itself and its "www.".
create table site_hosts (
  crawl_id integer not null,
  site     text    not null,
  hosts    integer not null,
  primary key (crawl_id, site)
) without rowid;

create view cut as
select c.name as crawl, l.rule, l.links from crawl c join cut_links l on l.crawl_id = c.id where c.removed = 0;
