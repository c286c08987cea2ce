"""The room's SQL, named. Bitemporal reads: the latest as-of not later than T, as known at K.

Where many rows share few moments, these come as whole microseconds since 1970: they are turned into
datetimes once each, not once a row.
"""

# Parameters: units (text[]), elements (text[]), as_of, known_at, sees_unpublished, reported: the
# elements of which our own count never stands in for what reporters tell.
LATEST_FACTS = """
SELECT wanted.unit_id, wanted.element, fact.value,
       (extract(epoch FROM fact.as_of) * 1000000)::bigint,
       (extract(epoch FROM fact.received_at) * 1000000)::bigint,
       fact.revision, fact.source_title, fact.submission_id::text, fact.is_published,
       fact.lacking
FROM (SELECT unit_id, element FROM unnest(%(units)s::text[]) AS unit_id,
                                   unnest(%(elements)s::text[]) AS element) AS wanted
CROSS JOIN LATERAL (
    SELECT f.value, f.as_of, f.received_at, f.revision, f.submission_id,
           s.published_at IS NOT NULL AS is_published, source.title AS source_title,
           s.lacking -> f.unit_id AS lacking
    FROM uptake_fact f
    JOIN uptake_submission s ON s.id = f.submission_id
    JOIN uptake_source source ON source.id = s.source_id
    WHERE f.unit_id = wanted.unit_id AND f.element = wanted.element
      AND f.as_of <= %(as_of)s AND f.received_at <= %(known_at)s
      AND (s.withdrawn_at IS NULL OR s.withdrawn_at > %(known_at)s)
      AND (%(sees_unpublished)s OR s.published_at <= %(known_at)s)
      AND (source.kind <> 'own' OR f.element <> ALL(%(reported)s))
    ORDER BY f.as_of DESC, f.revision DESC
    LIMIT 1
) AS fact
"""

# The elements of which tables about some units, or about all of them, speak.
ELEMENTS_HELD = """
SELECT DISTINCT unnest(s.elements) FROM uptake_submission s
WHERE s.scope_id = ANY(%(units)s) AND s.recorded_at IS NOT NULL
"""

# Every figure of one element at the given as-ofs, the newest revision of each.
SERIES = """
SELECT DISTINCT ON (f.unit_id, f.as_of) f.unit_id,
       (extract(epoch FROM f.as_of) * 1000000)::bigint, f.value
FROM uptake_fact f
JOIN uptake_submission s ON s.id = f.submission_id
JOIN uptake_source source ON source.id = s.source_id
WHERE f.unit_id = ANY(%(units)s) AND f.element = %(element)s
  AND f.as_of > %(since)s AND f.as_of <= %(as_of)s AND f.received_at <= %(known_at)s
  AND (s.withdrawn_at IS NULL OR s.withdrawn_at > %(known_at)s)
  AND (%(sees_unpublished)s OR s.published_at <= %(known_at)s)
  AND (source.kind <> 'own' OR NOT %(is_reported)s)
ORDER BY f.unit_id, f.as_of, f.revision DESC
"""

# The as-ofs for which some of the units have figures, newest first; not those of own counts that
# stand beside what is reported.
AS_OFS = """
SELECT DISTINCT f.as_of
FROM uptake_fact f
JOIN uptake_submission s ON s.id = f.submission_id
JOIN uptake_source source ON source.id = s.source_id
WHERE f.unit_id = ANY(%(units)s) AND f.element = ANY(%(elements)s)
  AND (source.kind <> 'own' OR f.element <> ALL(%(reported)s))
  AND f.received_at <= %(known_at)s
  AND (s.withdrawn_at IS NULL OR s.withdrawn_at > %(known_at)s)
  AND (%(sees_unpublished)s OR s.published_at <= %(known_at)s)
ORDER BY f.as_of DESC
LIMIT %(limit)s
"""

# Own counts by the day that they close; the tables are few, their contents long, so they are read
# once.
CLOSED_COUNTS = """
WITH closing AS MATERIALIZED (
    SELECT s.id, s.content->>'day' AS day
    FROM uptake_submission s JOIN uptake_source source ON source.id = s.source_id
    WHERE source.kind = 'own' AND s.as_of >= %(since)s AND s.withdrawn_at IS NULL
)
SELECT DISTINCT ON (f.unit_id, closing.day) f.unit_id, closing.day, f.value
FROM uptake_fact f JOIN closing ON closing.id = f.submission_id
WHERE f.unit_id = ANY(%(units)s) AND f.element = %(element)s AND f.as_of >= %(since)s
  AND closing.day < %(before)s
ORDER BY f.unit_id, closing.day, f.received_at DESC
"""

# All that is known of one figure: each revision, its source, whether it was withdrawn.
LINEAGE = """
SELECT f.value, f.as_of, f.received_at, f.revision, f.submission_id, source.title, source.kind,
       source.published_on, source.is_illustrative, s.published_at, s.withdrawn_at,
       s.withdrawn_reason, s.created_by, s.original_id
FROM uptake_fact f
JOIN uptake_submission s ON s.id = f.submission_id
JOIN uptake_source source ON source.id = s.source_id
WHERE f.unit_id = %(unit)s AND f.element = %(element)s AND f.as_of <= %(as_of)s
  AND f.received_at <= %(known_at)s
  AND (%(sees_unpublished)s OR s.published_at <= %(known_at)s)
ORDER BY f.as_of DESC, f.revision DESC
LIMIT %(limit)s
"""

# Facts of submissions: each gets the next revision of its place, also where it repeats what
# stands. No place may be there twice; the checks of a table see to that.
INSERT_FACTS = """
INSERT INTO uptake_fact (unit_id, element, as_of, received_at, revision, value, submission_id)
SELECT incoming.unit_id, incoming.element, incoming.as_of, %(received_at)s,
       COALESCE((SELECT max(f.revision) FROM uptake_fact f
                 WHERE f.unit_id = incoming.unit_id AND f.element = incoming.element
                   AND f.as_of = incoming.as_of), 0) + 1,
       incoming.value, incoming.submission_id
FROM unnest(%(units)s::text[], %(elements)s::text[], %(as_ofs)s::timestamptz[],
            %(values)s::bigint[], %(submissions)s::uuid[])
     AS incoming(unit_id, element, as_of, value, submission_id)
ORDER BY incoming.unit_id, incoming.element, incoming.as_of
"""

# Figures of one accepted report.
INSERT_REPORTED = """
INSERT INTO uptake_reportedfigure (report_id, unit_id, element, value)
SELECT %(report)s, told.unit_id, told.element, told.value
FROM unnest(%(units)s::text[], %(elements)s::text[], %(values)s::bigint[])
     AS told(unit_id, element, value)
ORDER BY told.unit_id, told.element
"""

# The newest count of this house itself for each unit.
OWN_COUNTS = """
SELECT DISTINCT ON (f.unit_id) f.unit_id, f.value, (extract(epoch FROM f.as_of) * 1000000)::bigint
FROM uptake_fact f
JOIN uptake_submission s ON s.id = f.submission_id
JOIN uptake_source source ON source.id = s.source_id
WHERE f.unit_id = ANY(%(units)s) AND f.element = %(element)s AND source.kind = 'own'
  AND f.as_of <= %(as_of)s AND f.received_at <= %(known_at)s
  AND (s.withdrawn_at IS NULL OR s.withdrawn_at > %(known_at)s)
ORDER BY f.unit_id, f.as_of DESC, f.revision DESC
"""
