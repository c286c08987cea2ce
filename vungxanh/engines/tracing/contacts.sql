-- One generation of contacts. Runs word for word on DuckDB, PostgreSQL and Spark.
-- visits(person_id, place_id, t_in, t_out), windows(person_id, infectious_from, infectious_until),
-- left_out(person_id): everybody already known, parameters(default_stay_s, min_overlap_s, linger_s, as_of): one row.
WITH stays AS (
  SELECT v.person_id, v.place_id, v.t_in,
         COALESCE(v.t_out, LEAST(v.t_in + p.default_stay_s, p.as_of)) AS t_end,
         p.min_overlap_s, p.linger_s
  FROM visits v CROSS JOIN parameters p
  WHERE v.t_in <= p.as_of
),
index_visits AS (
  SELECT s.person_id AS case_id, s.place_id, s.t_end,
         GREATEST(s.t_in, w.infectious_from) AS i_start,
         LEAST(s.t_end, w.infectious_until) AS i_end
  FROM stays s JOIN windows w ON w.person_id = s.person_id
  WHERE s.t_in < w.infectious_until AND s.t_end > w.infectious_from
),
meetings AS (
  SELECT s.person_id, s.place_id, s.t_in, s.min_overlap_s, s.linger_s,
         i.i_end, i.t_end AS case_end,
         GREATEST(s.t_in, i.i_start) AS m_start,
         LEAST(s.t_end, i.i_end) AS m_end
  FROM index_visits i JOIN stays s ON s.place_id = i.place_id
  WHERE s.person_id <> i.case_id
),
pairs AS (
  SELECT person_id, place_id,
         CASE WHEN m_end - m_start >= min_overlap_s THEN m_end - m_start ELSE 0 END AS overlap_s,
         CASE WHEN m_end - m_start >= min_overlap_s THEN m_start ELSE t_in END AS first_at,
         CASE WHEN m_end - m_start >= min_overlap_s THEN m_end ELSE t_in END AS last_at
  FROM meetings
  WHERE m_end - m_start >= min_overlap_s
     OR (i_end = case_end AND t_in >= i_end AND t_in <= i_end + linger_s)
)
SELECT p.person_id,
       CAST(SUM(p.overlap_s) AS BIGINT) AS overlap_s,
       MIN(p.first_at) AS first_at,
       MAX(p.last_at) AS last_at,
       COUNT(DISTINCT p.place_id) AS n_places,
       COUNT(*) AS n_pairs
FROM pairs p LEFT JOIN left_out o ON o.person_id = p.person_id
WHERE o.person_id IS NULL
GROUP BY p.person_id
