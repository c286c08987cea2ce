-- The peer's side of bench/rollup.py: the same answers in SQL, cut at the `-- name:` lines.

-- name: recount
create or replace table cells as
select commune, date_diff('day', date '{first_day}', first_seen)::int as day,
       count(*)::int as n_all, (count(*) filter (verified))::int as n_verified
from '{register}' group by all

-- name: dense
create or replace table dense as
select p.commune, p.district, p.province, d.day::int as day,
       coalesce(c.n_all, 0) as n_all, coalesce(c.n_verified, 0) as n_verified
from path p cross join range({n_days}) as d(day)
left join cells c on c.commune = p.commune and c.day = d.day

-- name: levels
create or replace table levels as
with level_cells as (
  select case when grouping(commune) = 0 then 0 when grouping(district) = 0 then 1
              when grouping(province) = 0 then 2 else 3 end as level,
         coalesce(commune, district, province, 0) as unit, day,
         sum(n_all) as n_all, sum(n_verified) as n_verified
  from dense group by grouping sets ((commune, day), (district, day), (province, day), (day))
), running as (
  select level, unit, day,
         (sum(n_all) over through_day)::int as cum_all,
         (sum(n_verified) over through_day)::int as cum_verified
  from level_cells window through_day as (partition by level, unit order by day)
)
select level, unit, day, cum_all, cum_verified,
       (20000 * cum_verified::bigint + base) // (2 * base) as share,
       (rank() over (partition by level, day order by cum_verified / base desc))::int as place
from running join unit using (level, unit)

-- name: today
create or replace table today as
with level_totals as (
  select case when grouping(commune) = 0 then 0 when grouping(district) = 0 then 1
              when grouping(province) = 0 then 2 else 3 end as level,
         coalesce(commune, district, province, 0) as unit,
         sum(n_all)::int as cum_all, sum(n_verified)::int as cum_verified
  from dense group by grouping sets ((commune), (district), (province), ())
)
select level, unit, cum_all, cum_verified,
       (20000 * cum_verified::bigint + base) // (2 * base) as share,
       (rank() over (partition by level order by cum_verified / base desc))::int as place
from level_totals join unit using (level, unit)

-- name: delta
update dense set n_all = dense.n_all + d.n_all, n_verified = dense.n_verified + d.n_verified
from (
  select commune, date_diff('day', date '{first_day}', first_seen)::int as day,
         count(*)::int as n_all, (count(*) filter (verified))::int as n_verified
  from delta group by all
) d
where dense.commune = d.commune and dense.day = d.day
