-- Everybody present in given clusters, in no order. Runs word for word on DuckDB, PostgreSQL and Spark.
-- visits(person_id, place_id, t_in, t_out), windows(person_id, infectious_from, infectious_until),
-- clusters(place_id, slot_from, slot_until, n_cases, n_present), cluster_parameters(default_stay_s, min_cases, as_of): one row.
WITH stays AS (
  SELECT v.person_id, v.place_id, v.t_in,
         COALESCE(v.t_out, LEAST(v.t_in + p.default_stay_s, p.as_of)) AS t_end
  FROM visits v CROSS JOIN cluster_parameters p
  WHERE v.t_in <= p.as_of
),
exposed AS (
  SELECT s.person_id AS case_id, s.place_id,
         GREATEST(s.t_in, w.infectious_from) AS e_start,
         GREATEST(LEAST(s.t_end, w.infectious_until), s.t_in + 1, w.infectious_from + 1) AS e_end
  FROM stays s JOIN windows w ON w.person_id = s.person_id
  WHERE s.t_in < w.infectious_until AND s.t_end > w.infectious_from
),
counted AS (
  SELECT DISTINCT c.place_id, c.slot_from, e.case_id
  FROM clusters c JOIN exposed e ON e.place_id = c.place_id
  WHERE e.e_start < c.slot_until AND e.e_end > c.slot_from
),
present AS (
  SELECT DISTINCT c.place_id, c.slot_from, s.person_id
  FROM clusters c JOIN stays s ON s.place_id = c.place_id
  WHERE s.t_in < c.slot_until AND GREATEST(s.t_end, s.t_in + 1) > c.slot_from
)
SELECT p.place_id, p.slot_from, p.person_id,
       CASE WHEN k.case_id IS NULL THEN 0 ELSE 1 END AS is_case
FROM present p LEFT JOIN counted k
  ON k.place_id = p.place_id AND k.slot_from = p.slot_from AND k.case_id = p.person_id
