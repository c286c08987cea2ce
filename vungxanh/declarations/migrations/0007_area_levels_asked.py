"""What a judgement asks of areas: the level of the home, and the worst of the places visited.

The owner's function answers two numbers for each person and day: intake reads no visit itself. A
level stands for exactly its unit until a later one; a place counts by its level on that day.
"""

from django.db import migrations

ASKING = """
CREATE FUNCTION declarations_levels(
    persons bigint[], units text[], days date[], back integer[], first uuid
) RETURNS TABLE (n bigint, area smallint, place smallint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT asked.n,
        (SELECT l.level FROM locations_arealevel AS l
            WHERE l.unit_id = asked.unit AND l."on" <= asked.day AND l.withdrawn_at IS NULL
            ORDER BY l."on" DESC, l.recorded_at DESC, l.id DESC LIMIT 1),
        (SELECT max(level_there.level) FROM (
            SELECT DISTINCT p.unit_id, (s.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
            FROM checkins_scan AS s JOIN checkins_point AS p ON p.id = s.point_id
            WHERE s.person_id = asked.person AND s.id >= first
                AND s.at >= (asked.day - asked.back) AT TIME ZONE 'Asia/Ho_Chi_Minh'
                AND s.at < (asked.day + 1) AT TIME ZONE 'Asia/Ho_Chi_Minh'
        ) AS there CROSS JOIN LATERAL (
            SELECT l.level FROM locations_arealevel AS l
            WHERE l.unit_id = there.unit_id AND l."on" <= there.day AND l.withdrawn_at IS NULL
            ORDER BY l."on" DESC, l.recorded_at DESC, l.id DESC LIMIT 1
        ) AS level_there)
    FROM unnest(persons, units, days, back) WITH ORDINALITY
        AS asked (person, unit, day, back, n)
    WHERE EXISTS (SELECT FROM locations_arealevel AS l WHERE l.withdrawn_at IS NULL)
$$;
REVOKE ALL ON FUNCTION declarations_levels(bigint[], text[], date[], integer[], uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION declarations_levels(bigint[], text[], date[], integer[], uuid)
    TO vungxanh_intake, vungxanh_web, vungxanh_worker;
"""
NO_ASKING = "DROP FUNCTION declarations_levels(bigint[], text[], date[], integer[], uuid)"


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0006_told_days"),
        ("checkins", "0023_declared_first"),
        ("locations", "0004_area_levels"),
    ]
    operations = [migrations.RunSQL(ASKING, NO_ASKING)]
