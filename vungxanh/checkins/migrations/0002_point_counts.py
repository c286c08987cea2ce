"""A count of living points that moves in the transaction that writes them, whoever does."""

from django.db import migrations, models

# One statement moves one part, chosen by chance, of each count that it changes, in their order.
COUNT = """
CREATE FUNCTION checkins_count_points() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER checkins_points_added AFTER INSERT ON checkins_point
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION checkins_count_points();
CREATE TRIGGER checkins_points_changed AFTER UPDATE ON checkins_point
    REFERENCING OLD TABLE AS removed NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION checkins_count_points();
CREATE TRIGGER checkins_points_removed AFTER DELETE ON checkins_point
    REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION checkins_count_points();
INSERT INTO checkins_pointcount (unit, kind, part, n)
SELECT unit_id, kind, 0, count(*) FROM checkins_point
WHERE state IN ('registered', 'approved') GROUP BY 1, 2;
"""
FORGET = """
DROP TRIGGER checkins_points_added ON checkins_point;
DROP TRIGGER checkins_points_changed ON checkins_point;
DROP TRIGGER checkins_points_removed ON checkins_point;
DROP FUNCTION checkins_count_points();
"""


class Migration(migrations.Migration):
    dependencies = [("checkins", "0001_points")]

    operations = [
        migrations.CreateModel(
            name="PointCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "unit",
                        "kind",
                        "part",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("unit", models.CharField(db_collation="C", max_length=24)),
                ("kind", models.CharField(max_length=16)),
                ("part", models.PositiveSmallIntegerField()),
                ("n", models.BigIntegerField()),
            ],
            options={"ordering": ["unit", "kind", "part"]},
        ),
        migrations.AddField("premises", "not_points", models.JSONField(default=list)),
        migrations.RunSQL(COUNT, FORGET),
    ]
