"""The embedded PostgreSQL: our own small server over a directory of binaries.

`running(home)` is what programs use; `Cluster` is one data directory and its server.
"""

from vungxanh.core.postgres.binaries import Binaries, available_binaries, find_binaries
from vungxanh.core.postgres.cluster import DATABASE, OWNER, ROLES, Cluster
from vungxanh.core.postgres.errors import PostgresError
from vungxanh.core.postgres.keeping_up import kept_up
from vungxanh.core.postgres.sharing import running
from vungxanh.core.postgres.sockets import PORT, socket_directory

__all__ = [
    "DATABASE",
    "OWNER",
    "PORT",
    "ROLES",
    "Binaries",
    "Cluster",
    "PostgresError",
    "available_binaries",
    "find_binaries",
    "kept_up",
    "running",
    "socket_directory",
]
