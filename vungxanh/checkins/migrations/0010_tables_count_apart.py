"""Many points at once count in a part of their own: a long transaction holds nobody off."""

from django.db import migrations

APART = """
CREATE OR REPLACE FUNCTION checkins_count_points() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    chosen smallint := floor(random() * 16);
    n_rows bigint;
BEGIN
    IF TG_OP = 'DELETE' THEN
        SELECT count(*) INTO n_rows FROM removed;
    ELSE
        SELECT count(*) INTO n_rows FROM added;
    END IF;
    IF n_rows > 1 THEN
        chosen := 16 + pg_current_xact_id()::text::bigint % 32000;
    END IF;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO checkins_pointcount AS kept (unit, kind, part, n)
        SELECT unit_id, kind, chosen, count(*) FROM added
        WHERE state IN ('registered', 'approved') GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (unit, kind, part) DO UPDATE SET n = kept.n + excluded.n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO checkins_pointcount AS kept (unit, kind, part, n)
        SELECT unit_id, kind, chosen, -count(*) FROM removed
        WHERE state IN ('registered', 'approved') GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (unit, kind, part) DO UPDATE SET n = kept.n + excluded.n;
    ELSE
        INSERT INTO checkins_pointcount AS kept (unit, kind, part, n)
        SELECT unit_id, kind, chosen, sum(step) FROM (
            SELECT unit_id, kind, 1 AS step FROM added
            WHERE state IN ('registered', 'approved')
            UNION ALL
            SELECT unit_id, kind, -1 FROM removed
            WHERE state IN ('registered', 'approved')
        ) AS steps GROUP BY 1, 2 HAVING sum(step) <> 0 ORDER BY 1, 2
        ON CONFLICT (unit, kind, part) DO UPDATE SET n = kept.n + excluded.n;
    END IF;
    RETURN NULL;
END $$;
"""
BEFORE = """
CREATE OR REPLACE FUNCTION checkins_count_points() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    chosen smallint := floor(random() * 16);
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO checkins_pointcount AS kept (unit, kind, part, n)
        SELECT unit_id, kind, chosen, count(*) FROM added
        WHERE state IN ('registered', 'approved') GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (unit, kind, part) DO UPDATE SET n = kept.n + excluded.n;
    ELSIF TG_OP = 'DELETE' THEN
        INSERT INTO checkins_pointcount AS kept (unit, kind, part, n)
        SELECT unit_id, kind, chosen, -count(*) FROM removed
        WHERE state IN ('registered', 'approved') GROUP BY 1, 2 ORDER BY 1, 2
        ON CONFLICT (unit, kind, part) DO UPDATE SET n = kept.n + excluded.n;
    ELSE
        INSERT INTO checkins_pointcount AS kept (unit, kind, part, n)
        SELECT unit_id, kind, chosen, sum(step) FROM (
            SELECT unit_id, kind, 1 AS step FROM added
            WHERE state IN ('registered', 'approved')
            UNION ALL
            SELECT unit_id, kind, -1 FROM removed
            WHERE state IN ('registered', 'approved')
        ) AS steps GROUP BY 1, 2 HAVING sum(step) <> 0 ORDER BY 1, 2
        ON CONFLICT (unit, kind, part) DO UPDATE SET n = kept.n + excluded.n;
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("checkins", "0009_point_import_steps")]
    operations = [migrations.RunSQL(APART, BEFORE)]
