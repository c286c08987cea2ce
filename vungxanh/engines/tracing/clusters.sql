-- Clusters in the order that people work through. Runs word for word on DuckDB, PostgreSQL and Spark.
-- visits(person_id, place_id, t_in, t_out), windows(person_id, infectious_from, infectious_until),
-- slots(slot_from, slot_until): every slot that a case can have touched, cluster_parameters(default_stay_s, min_cases, as_of): one row.
-- A stretch of no length counts as its one second, so that it meets the slot that holds it.
WITH stays AS (
  SELECT v.person_id, v.place_id, v.t_in, p.min_cases,
         COALESCE(v.t_out, LEAST(v.t_in + p.default_stay_s, p.as_of)) AS t_end
  FROM visits v CROSS JOIN cluster_parameters p
  WHERE v.t_in <= p.as_of
),
exposed AS (
  SELECT s.person_id AS case_id, s.place_id, s.min_cases,
         GREATEST(s.t_in, w.infectious_from) AS e_start,
         GREATEST(LEAST(s.t_end, w.infectious_until), s.t_in + 1, w.infectious_from + 1) AS e_end
  FROM stays s JOIN windows w ON w.person_id = s.person_id
  WHERE s.t_in < w.infectious_until AND s.t_end > w.infectious_from
),
clusters AS (
  SELECT e.place_id, l.slot_from, l.slot_until, COUNT(DISTINCT e.case_id) AS n_cases
  FROM exposed e JOIN slots l ON e.e_start < l.slot_until AND e.e_end > l.slot_from
  GROUP BY e.place_id, l.slot_from, l.slot_until, e.min_cases
  HAVING COUNT(DISTINCT e.case_id) >= e.min_cases
)
SELECT c.place_id, c.slot_from, c.slot_until, c.n_cases,
       COUNT(DISTINCT s.person_id) AS n_present
FROM clusters c JOIN stays s ON s.place_id = c.place_id
WHERE s.t_in < c.slot_until AND GREATEST(s.t_end, s.t_in + 1) > c.slot_from
GROUP BY c.place_id, c.slot_from, c.slot_until, c.n_cases
ORDER BY n_cases DESC, n_present, slot_from, place_id
