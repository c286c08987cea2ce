"""The index of scans by transaction sums up each range of pages as soon as it is full.

Else that waits for a vacuum, which comes after a fifth more rows and to the last fifth of a day
perhaps never: a question for what a file lacks reads all of that each time.
"""

from django.db import migrations

ANEW = """
DROP INDEX scan_by_transaction;
CREATE INDEX scan_by_transaction ON checkins_scan USING brin (tx) WITH (autosummarize = on);
"""
AS_BEFORE = """
DROP INDEX scan_by_transaction;
CREATE INDEX scan_by_transaction ON checkins_scan USING brin (tx);
"""


class Migration(migrations.Migration):
    dependencies = [("checkins", "0017_gone_persons")]
    operations = [migrations.RunSQL(ANEW, AS_BEFORE)]
