-- PostgreSQL's side of bench/tracing.py, cut at the `-- name:` lines; what stands in braces is put in.

-- name: visits
CREATE TABLE visits (person_id integer, place_id integer, t_in integer, t_out integer)

-- name: indexes
CREATE INDEX ON visits (place_id, t_in) INCLUDE (person_id, t_out);
CREATE INDEX ON visits (person_id, t_in) INCLUDE (place_id, t_out)

-- name: settings
-- Left alone, the planner compares everybody at a place; the index is ten times as fast.
SET work_mem = '1GB'; SET jit = off; SET enable_hashjoin = off; SET enable_mergejoin = off

-- name: seeds
CREATE TEMPORARY TABLE seeds (person_id integer, since integer, until integer)

-- name: facts
SELECT max(t_in), greatest(max(t_out - t_in), 3600) FROM visits

-- name: contacts
WITH index_visits AS (
  SELECT v.person_id AS case_id, v.place_id, greatest(v.t_in, s.since) AS i_start,
         least(coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})), s.until) AS i_end,
         coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) <= s.until AS own
  FROM seeds s JOIN visits v ON v.person_id = s.person_id
   AND v.t_in BETWEEN s.since - {longest} AND s.until - 1
  WHERE v.t_in <= {as_of}
    AND coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) > s.since
), joined AS (
  SELECT v.person_id, v.place_id, v.t_in, i.case_id, i.i_start, i.i_end, i.own,
         coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) AS t_end
  FROM index_visits i JOIN visits v ON v.place_id = i.place_id
   AND v.t_in BETWEEN i.i_start - {longest} AND i.i_end + {linger_s}
), pairs AS (
  SELECT person_id, place_id, t_in, greatest(t_in, i_start) AS since, least(t_end, i_end) AS until,
         least(t_end, i_end) - greatest(t_in, i_start) >= {min_overlap_s} AS direct
  FROM joined
  WHERE t_in <= {as_of} AND person_id <> case_id
    AND (least(t_end, i_end) - greatest(t_in, i_start) >= {min_overlap_s} OR (own AND t_in >= i_end))
)
SELECT person_id, sum(CASE WHEN direct THEN until - since ELSE 0 END) AS overlap_s,
       min(since) AS first_at, max(CASE WHEN direct THEN until ELSE t_in END) AS last_at,
       count(DISTINCT place_id) AS n_places, count(*) AS n_pairs
FROM pairs WHERE person_id NOT IN (SELECT person_id FROM seeds)
GROUP BY person_id
