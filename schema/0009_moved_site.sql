-- To which site a URL belongs where a redirect led out of that of its own host (docs/URLS.md, "The site").

-- The hosts of a site: of the URL that was redirected out of it, and, where that was a seed, those it was led to.
create table moved_site (
  crawl_id integer not null,
  site     integer not null,  -- the rank of that URL
  host_id  integer not null,
  primary key (crawl_id, site, host_id)
) without rowid;

-- Whose site a URL belongs to: `site` of moved_site; 0: its own host's.
alter table url add column site integer not null default 0;
alter table pending add column site integer not null default 0;
