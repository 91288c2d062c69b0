-- How a host has answered lately, where that says more than "well": how long it rests next, and how much slower than
-- the delay it is asked. A host that is not here has let nobody down, and is not measured.

create table host_pace (
  host_id   integer primary key,
  failures  integer not null,  -- visits in a row that a failure which may pass has ended
  answer_ms integer not null   -- what its answers take, smoothed; 0: not measured
);
