"""What intake may do here: keep declarations, and ask what a judgement needs of persons.

Two functions of the owner answer it, so that intake reads no name, number or paper: a person's key,
year of birth (sealed), home, standings in force, and which questions the register has answers to.
They hold the persons' rows until the caller's transaction ends: nobody is erased in between.
"""

from django.db import migrations

ASKING = """
CREATE FUNCTION declarations_persons(ids bigint[], moment timestamptz)
    RETURNS TABLE (
        person_id bigint, key bytea, birth bytea, unit_id text, province text, standings text[],
        known text[]
    ) LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT p.id, p.key, p.birth, coalesce(p.residence_id, ''),
        coalesce((SELECT u.tree || ':' || split_part(u.path, '/', 2)
            FROM locations_adminunit AS u WHERE u.id = p.residence_id), ''),
        ARRAY(SELECT DISTINCT s.cls::text FROM people_standing AS s
            WHERE s.person_id = p.id AND s.starts_at <= moment
                AND (s.ends_at IS NULL OR s.ends_at > moment)),
        array_remove(ARRAY[
            CASE WHEN p.name IS NOT NULL THEN 'name' END,
            CASE WHEN p.birth IS NOT NULL THEN 'birth_year' END,
            CASE WHEN p.sex IS NOT NULL THEN 'gender' END,
            CASE WHEN p.address IS NOT NULL THEN 'address' END,
            CASE WHEN p.residence_id IS NOT NULL THEN 'unit' END,
            CASE WHEN p.has_phone THEN 'phone' END,
            CASE WHEN EXISTS (SELECT FROM people_document AS d WHERE d.person_id = p.id)
                THEN 'paper' END
        ], NULL)
    FROM people_person AS p WHERE p.id = ANY(ids) ORDER BY p.id FOR KEY SHARE OF p
$$;

CREATE FUNCTION declarations_agreed(devices uuid[], of_version integer, today date)
    RETURNS TABLE (device_id uuid) LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path FROM CURRENT AS $$
    SELECT v.id FROM people_device AS v WHERE v.id = ANY(devices) AND (
        EXISTS (SELECT FROM people_processingbasis AS b
            WHERE b.decision = 'approved' AND b.covers = 'declarations'
                AND today BETWEEN b.starts_on AND b.ends_on)
        OR EXISTS (SELECT FROM people_consent AS c
            WHERE c.purpose = 'declarations' AND c.version = of_version
                AND c.withdrawn_at IS NULL
                AND (c.device_id = v.id OR c.person_id = v.person_id)))
$$;
REVOKE ALL ON FUNCTION declarations_persons(bigint[], timestamptz) FROM PUBLIC;
REVOKE ALL ON FUNCTION declarations_agreed(uuid[], integer, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION declarations_persons(bigint[], timestamptz)
    TO vungxanh_intake, vungxanh_web, vungxanh_worker;
GRANT EXECUTE ON FUNCTION declarations_agreed(uuid[], integer, date)
    TO vungxanh_intake, vungxanh_web, vungxanh_worker;
GRANT SELECT (id, person_id, questionnaire_id, at, day, answers), INSERT
    ON declarations_declaration TO vungxanh_intake;
GRANT INSERT ON declarations_pending TO vungxanh_intake;
GRANT SELECT, INSERT, UPDATE (n, n_ill, n_first) ON declarations_declarationcount
    TO vungxanh_intake;
GRANT SELECT ON declarations_questionnaire, declarations_ruleset TO vungxanh_intake;
"""
NO_ASKING = """
REVOKE ALL ON declarations_declaration, declarations_pending, declarations_declarationcount,
    declarations_questionnaire, declarations_ruleset FROM vungxanh_intake;
DROP FUNCTION declarations_agreed(uuid[], integer, date);
DROP FUNCTION declarations_persons(bigint[], timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("declarations", "0002_care_calls"),
        ("people", "0011_intake_keeps_longer"),
        ("core", "0006_intake_by_grant"),
    ]
    operations = [migrations.RunSQL(ASKING, NO_ASKING)]
