-- The peer's side of bench/stays.py: which scans are one visit, when it began and ended.

WITH scanned AS (
    SELECT person, point, usual, moment, direction,
        lag(point) OVER own AS was_point, lag(moment) OVER own AS was_moment,
        lag(direction) OVER own AS was_direction
    FROM scan JOIN place USING (point)
    WINDOW own AS (PARTITION BY person ORDER BY moment, point, direction, entrance)
),
marked AS (
    SELECT person, point, usual, moment, direction,
        was_point IS DISTINCT FROM point OR NOT CASE
            WHEN was_direction = 1 THEN direction = 1 AND moment - was_moment <= 60
            WHEN direction = 1 THEN moment - was_moment <= greatest(64800, 2 * usual)
            ELSE moment - was_moment <= 60 OR moment <= was_moment + usual AND (
                usual >= 28800 OR moment <= ((was_moment + 25200) // 86400 + 1) * 86400 - 25200)
        END AS opens
    FROM scanned
),
numbered AS (
    SELECT *, (sum(opens::int) OVER (
        PARTITION BY person ORDER BY moment, point, direction ROWS UNBOUNDED PRECEDING))::int AS visit
    FROM marked
),
-- An out is followed by outs alone: the last scan is one if any is, the first if all are.
gathered AS (
    SELECT person, visit, any_value(point) AS point, any_value(usual) AS usual,
        min(moment) AS first_at, min(direction) AS first_way, max(moment) AS last_at,
        max(direction) AS last_way
    FROM numbered GROUP BY person, visit
),
assumed AS (
    SELECT *,
        CASE WHEN last_way = 1 THEN last_at
            WHEN usual >= 28800 THEN last_at + usual
            ELSE least(last_at + usual, ((last_at + 25200) // 86400 + 1) * 86400 - 25200)
        END AS end_at,
        CASE WHEN last_way = 1 THEN 0
            WHEN usual < 28800
                AND last_at + usual > ((last_at + 25200) // 86400 + 1) * 86400 - 25200 THEN 3
            ELSE 2
        END AS end_by,
        CASE WHEN usual >= 28800 THEN first_at - usual
            ELSE greatest(first_at - usual, (first_at + 25200) // 86400 * 86400 - 25200)
        END AS start_at
    FROM gathered
),
beside AS (
    SELECT *, lead(first_at) OVER own AS next_at, lead(first_way) OVER own AS next_way,
        lead(point) OVER own AS next_point,
        greatest(lead(start_at) OVER own, last_at) AS next_start
    FROM assumed WINDOW own AS (PARTITION BY person ORDER BY visit)
),
ended AS (
    SELECT person, visit, point, first_at, first_way, start_at,
        CASE WHEN last_way = 0 AND next_way = 0 AND next_at <= end_at THEN next_at
            WHEN last_way = 0 AND next_way = 1 AND end_at > next_start AND next_point <> point
                THEN (next_start + least(end_at, next_at)) // 2
            ELSE end_at
        END AS t_out,
        CASE WHEN last_way = 0 AND next_way = 0 AND next_at <= end_at THEN 1
            WHEN last_way = 0 AND next_way = 1 AND end_at > next_start AND next_point <> point
                THEN 1
            ELSE end_by
        END AS ended_by
    FROM beside
)
SELECT person, point,
    CASE WHEN first_way = 0 THEN first_at
        ELSE least(greatest(start_at, coalesce(lag(t_out) OVER own, start_at)), first_at)
    END AS t_in,
    t_out, first_way AS start_by, ended_by
FROM ended WINDOW own AS (PARTITION BY person ORDER BY visit)
