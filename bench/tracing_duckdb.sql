-- The peer's side of bench/tracing.py, cut at the `-- name:` lines; what stands in braces is put in.
-- Two native tables, each sorted as its question needs it; 32-bit columns, for all values fit.
-- Visits meet by place and the range of time where cases are few; where they are many, by place and
-- slot of four hours, which takes a third of that time (of few cases it takes thirty times it).

-- name: by_place
CREATE OR REPLACE TABLE by_place AS
SELECT person_id::INTEGER AS person_id, place_id::INTEGER AS place_id,
       t_in::INTEGER AS t_in, t_out::INTEGER AS t_out
FROM '{visits}' ORDER BY place_id, t_in

-- name: by_person
CREATE OR REPLACE TABLE by_person AS
SELECT person_id::INTEGER AS person_id, place_id::INTEGER AS place_id,
       t_in::INTEGER AS t_in, t_out::INTEGER AS t_out
FROM '{visits}' ORDER BY person_id, t_in

-- name: facts
SELECT max(t_in) AS as_of, max(t_out - t_in) AS longest FROM by_place

-- name: first_seeds
CREATE OR REPLACE TEMP TABLE seeds AS
SELECT person_id::INTEGER AS person_id, infectious_from::INTEGER AS since,
       infectious_until::INTEGER AS until
FROM windows

-- name: first_left_out
CREATE OR REPLACE TEMP TABLE left_out AS SELECT DISTINCT person_id FROM seeds

-- name: next_seeds
CREATE OR REPLACE TEMP TABLE seeds AS
SELECT person_id::INTEGER AS person_id, (first_at + {latency_s})::INTEGER AS since,
       {as_of}::INTEGER AS until
FROM found WHERE first_at + {latency_s} < {as_of}

-- name: next_left_out
INSERT INTO left_out SELECT person_id::INTEGER FROM found

-- name: index_visits
WITH index_visits AS (
  SELECT v.person_id AS case_id, v.place_id, greatest(v.t_in, s.since) AS i_start,
         least(coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})), s.until) AS i_end,
         coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) <= s.until AS own
  FROM by_person v JOIN seeds s ON v.person_id = s.person_id
  WHERE v.t_in <= {as_of} AND v.t_in < s.until
    AND coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) > s.since
)

-- name: joined_by_place
, joined AS (
  SELECT v.person_id, v.place_id, v.t_in, i.case_id, i.i_start, i.i_end, i.own,
         coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) AS t_end
  FROM index_visits i JOIN by_place v ON v.place_id = i.place_id
  WHERE v.t_in <= i.i_end + {linger_s} AND v.t_in >= i.i_start - {longest}
)

-- name: joined_by_slot
, slots AS (
  SELECT i.*, unnest(range((i_start - {longest}) // 14400, (i_end + {linger_s}) // 14400 + 1))::INTEGER
         AS slot
  FROM index_visits i
), joined AS (
  SELECT v.person_id, v.place_id, v.t_in, i.case_id, i.i_start, i.i_end, i.own,
         coalesce(v.t_out, least(v.t_in + {default_stay_s}, {as_of})) AS t_end
  FROM slots i JOIN by_place v ON v.place_id = i.place_id AND v.t_in // 14400 = i.slot
  WHERE v.t_in <= i.i_end + {linger_s}
)

-- name: summed
, pairs AS (
  SELECT person_id, place_id, t_in, greatest(t_in, i_start) AS since, least(t_end, i_end) AS until,
         least(t_end, i_end) - greatest(t_in, i_start) >= {min_overlap_s} AS direct
  FROM joined
  WHERE t_in <= {as_of} AND person_id <> case_id
    AND (least(t_end, i_end) - greatest(t_in, i_start) >= {min_overlap_s} OR (own AND t_in >= i_end))
)
SELECT person_id::BIGINT AS person_id,
       CAST(sum(CASE WHEN direct THEN until - since ELSE 0 END) AS BIGINT) AS overlap_s,
       min(since)::BIGINT AS first_at,
       max(CASE WHEN direct THEN until ELSE t_in END)::BIGINT AS last_at,
       count(DISTINCT place_id) AS n_places, count(*) AS n_pairs
FROM pairs WHERE person_id NOT IN (SELECT person_id FROM left_out)
GROUP BY person_id

-- name: touched
, touched AS (
  SELECT DISTINCT place_id, case_id,
         unnest(range((i_start - {origin_s}) // {slot_s},
                      (greatest(i_end - 1, i_start) - {origin_s}) // {slot_s} + 1)) AS slot
  FROM index_visits
), shared AS (
  SELECT place_id, slot, count(*) AS n_cases FROM touched
  GROUP BY place_id, slot HAVING count(*) >= {min_cases}
), stays AS (
  SELECT person_id, place_id, t_in,
         coalesce(t_out, least(t_in + {default_stay_s}, {as_of})) AS t_end
  FROM by_place WHERE t_in <= {as_of} AND place_id IN (SELECT place_id FROM shared)
)

-- name: present
, present AS (
  SELECT person_id, place_id,
         unnest(range((t_in - {origin_s}) // {slot_s},
                      (greatest(t_end - 1, t_in) - {origin_s}) // {slot_s} + 1)) AS slot
  FROM stays
)
SELECT place_id::BIGINT AS place_id, slot * {slot_s} + {origin_s} AS slot_from,
       (slot + 1) * {slot_s} + {origin_s} AS slot_until, n_cases, count(DISTINCT person_id) AS n_present
FROM shared JOIN present USING (place_id, slot)
GROUP BY place_id, slot, n_cases
ORDER BY n_cases DESC, n_present, slot_from, place_id
