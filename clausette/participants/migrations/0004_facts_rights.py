"""Rights of the facts frozen with a decision: the policy of its reasons; the decisions made before get theirs."""

from typing import ClassVar

from django.db import migrations

from clausette.kernel.protection import foreign_key, protect

IN_CHARGE = "participant_id IN (SELECT unnest(sec.persons_in_charge()))"
FACILITATOR = "(SELECT sec.capable('facilitator'))"
# What the decision itself tells: the age that day, and a home in a priority district when it was a criterion.
KNOWN_ALREADY = """
INSERT INTO participants_decisionfacts
       (uid, created_at, check_made_id, participant_id, age, level, level_words, in_district, district_2024,
        district_2015, district_means, rule_version)
SELECT gen_random_uuid(), now(), c.id, c.participant_id,
       CASE WHEN p.birth_date <= c.decided_on THEN extract(year FROM age(c.decided_on, p.birth_date)) END,
       '', '', CASE WHEN lives.there THEN true END, '', '', CASE WHEN lives.there THEN 'typed' ELSE '' END, ''
  FROM participants_eligibilitycheck c
  JOIN participants_participant p ON p.id = c.participant_id
  CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM participants_eligibilityreason r
                                      WHERE r.check_made_id = c.id AND r.category = 'QPV') AS there) lives
 WHERE c.decided_on IS NOT NULL;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("participants", "0003_facts")]
    operations: ClassVar = [
        *protect(
            "participants_decisionfacts",
            see=IN_CHARGE,
            verbs="INSERT",
            write=f"{IN_CHARGE} AND {FACILITATOR}",
        ),
        foreign_key(
            "participants_decisionfacts",
            ("check_made_id", "participant_id"),
            "participants_eligibilitycheck",
            ("id", "participant_id"),
        ),
        migrations.RunSQL(KNOWN_ALREADY, migrations.RunSQL.noop),
    ]
