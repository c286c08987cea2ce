"""Functions of the database that make and drop partitions as the owner of a table.

They wait two seconds for a lock at most, so that nobody waits behind them.
"""

from datetime import date, datetime

from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable


def asked(statement: str, *given: str | date | datetime) -> int:
    """What a function answers; 0 where somebody else held the table for too long."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, given)
            return int(cursor.fetchone()[0])
    except OperationalError as refused:
        if isinstance(refused.__cause__, LockNotAvailable):
            return 0
        raise
