"""One index by which officers' lists find points: words, beginnings of words, units and facets.

A stretch is 32,768 numbers of points: a list walks them from the newest down and stops when it has
a page, so that a word which every tenth point has takes no longer than a rare one.
"""

from django.db import migrations

FIND = """
CREATE FUNCTION checkins_point_tokens(
    words tsvector, kind text, state text, unit text, id bigint
) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(token) FROM (
        SELECT word FROM unnest(tsvector_to_array(words)) AS word
        UNION
        SELECT '^' || left(word, n)
        FROM unnest(tsvector_to_array(words)) AS word,
            generate_series(1, least(length(word), 6)) AS n
        WHERE left(word, 1) <> '@'
        UNION
        SELECT unnest(ARRAY[
            '@' || replace(unit, ':', '.'), '=' || kind, '=' || state, '#' || (id >> 15)
        ])
    ) AS found (token)
$$;
CREATE INDEX point_found ON checkins_point USING gin (
    checkins_point_tokens(words, kind, state, unit_id, id)
) WITH (gin_pending_list_limit = 256);
"""
FORGET = """
DROP INDEX point_found;
DROP FUNCTION checkins_point_tokens(tsvector, text, text, text, bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("checkins", "0002_point_counts")]

    operations = [
        migrations.RemoveIndex(model_name="point", name="point_words"),
        migrations.RunSQL(FIND, FORGET),
    ]
