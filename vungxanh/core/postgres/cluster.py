"""One data directory and the server over it."""

import os
import pwd
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from vungxanh.core.postgres.account import Account, let_through, make_readable, server_account
from vungxanh.core.postgres.binaries import Binaries, find_binaries
from vungxanh.core.postgres.errors import failed, other_version
from vungxanh.core.postgres.sockets import PORT, make_private, socket_directory
from vungxanh.core.postgres.stale import drop_stale_locks, live_postmaster, orphans

DATABASE = "vungxanh"
SUPERUSER = "postgres"
OWNER = "vungxanh_owner"
ROLES = (OWNER, "vungxanh_web", "vungxanh_intake", "vungxanh_worker", "vungxanh_auditor")

START_SECONDS = 120  # recovery of a long write-ahead log takes longer than pg_ctl's default
STOP_SECONDS = 60
RETRY_PAUSE_SECONDS = 0.25
RETRY_SECONDS = 30  # a dead server's children and its zombie are gone by then
RETRIED = ("lock file", "shared memory block", "is another postmaster")

# No TCP, and a log that repeats no values: neither statements nor the DETAIL of a broken key. Data
# lie in memory or on a disk without heads, so a row by its key costs little more than the next one;
# no statement here runs long enough to be compiled first.
CONFIGURATION = {
    "listen_addresses": "",
    "port": str(PORT),
    "unix_socket_permissions": "0700",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "logging_collector": "on",
    "log_directory": "log",
    "log_filename": "postgresql-%a.log",
    "log_rotation_age": "1d",
    "log_truncate_on_rotation": "on",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "random_page_cost": "1.1",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """The embedded server of one installation; `settings` are added to postgresql.conf."""

    home: Path
    binaries: Binaries = field(default_factory=find_binaries)
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def data_directory(self) -> Path:
        """PostgreSQL's own directory."""
        return self.home / "postgres"

    @property
    def sockets(self) -> Path:
        """The directory of the socket: what clients name as host."""
        return socket_directory(self.home)

    def conninfo(self, user: str = SUPERUSER, database: str = "postgres") -> str:
        """How libpq reaches the server as `user`."""
        return f"host='{self.sockets}' port={PORT} user={user} dbname={database}"

    def is_running(self) -> bool:
        """Whether a server of this data directory answers now."""
        if live_postmaster(self.data_directory) is None:
            return False
        ready = [self.binaries["pg_isready"], "-q", "-h", str(self.sockets), "-p", str(PORT)]
        return subprocess.run(ready, check=False).returncode == 0

    def start(self) -> None:
        """Make what is missing and start the server; one that runs already is left alone."""
        self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        account = server_account(self.data_directory)
        self._make_data(account)
        if not self.is_running():
            self._configure(account)
            self._start_until_ready(account)
        self._make_roles()

    def stop(self) -> None:
        """Stop the server: open connections are closed, everything committed is on disk."""
        if live_postmaster(self.data_directory) is None:
            return
        options = ["-D", str(self.data_directory), "-m", "fast", "-w", "-t", str(STOP_SECONDS)]
        ended = self._run(server_account(self.data_directory), "pg_ctl", *options, "stop")
        if ended.returncode != 0 and live_postmaster(self.data_directory) is not None:
            raise failed(step="stop", said=ended.stdout.strip())

    def _make_data(self, account: Account) -> None:
        version = self.data_directory / "PG_VERSION"
        if account.switch:
            self._open_the_way(account)
        if not version.exists():
            self._initdb(account)
        found = int(version.read_text().strip())
        if found != self.binaries.major:
            raise other_version(self.data_directory, found, self.binaries.major)

    def _open_the_way(self, account: Account) -> None:
        """Let the server's user reach its data, its socket and its programs."""
        for path in (self.data_directory, self.sockets, self.binaries.directory):
            let_through(path, account)
        if not self._can_run(account):
            for tree in self.binaries.trees:
                make_readable(tree)

    def _can_run(self, account: Account) -> bool:
        try:
            return self._run(account, "initdb", "--version").returncode == 0
        except PermissionError:
            return False

    def _initdb(self, account: Account) -> None:
        make_private(self.data_directory, account.uid)
        provider = ["--locale-provider=builtin", "--locale=C.UTF-8"]
        locale = provider if self.binaries.major >= 17 else ["--locale=C.UTF-8"]
        options = ["-U", SUPERUSER, "-A", "peer", "-E", "UTF8", *locale]
        ended = self._run(account, "initdb", "-D", str(self.data_directory), *options)
        if ended.returncode != 0:
            raise failed(step="initdb", said=ended.stdout.strip()[-500:])

    def _configure(self, account: Account) -> None:
        make_private(self.sockets, account.uid)
        chosen = {**CONFIGURATION, "unix_socket_directories": str(self.sockets), **self.settings}
        lines = (f"{name} = '{value}'\n" for name, value in chosen.items())
        self._write(account, "vungxanh.conf", "".join(lines))
        self._write(account, "pg_hba.conf", "local all all peer map=vungxanh\n")
        people = {account.name, pwd.getpwuid(os.geteuid()).pw_name}
        pairs = ((person, role) for person in sorted(people) for role in (SUPERUSER, *ROLES))
        self._write(account, "pg_ident.conf", "".join(f"vungxanh {p} {r}\n" for p, r in pairs))
        main = self.data_directory / "postgresql.conf"
        include = "include_if_exists = 'vungxanh.conf'\n"
        if include not in main.read_text():
            self._write(account, "postgresql.conf", main.read_text() + include)

    def _write(self, account: Account, name: str, text: str) -> None:
        fresh = self.data_directory / f"{name}.new"
        fresh.write_text(text)
        os.chown(fresh, account.uid, account.gid)
        fresh.chmod(0o600)
        fresh.replace(self.data_directory / name)

    def _start_until_ready(self, account: Account) -> None:
        """Start, and start again while what a dead server left is still going away."""
        give_up_at = time.monotonic() + RETRY_SECONDS
        while True:
            said = self._start_once(account)
            if said is None:
                return
            passes = orphans(self.data_directory) or any(word in said for word in RETRIED)
            if not passes or time.monotonic() > give_up_at:
                raise failed(step="start", said=said)
            time.sleep(RETRY_PAUSE_SECONDS)

    def _start_once(self, account: Account) -> str | None:
        """None when the server answers, else what it said."""
        drop_stale_locks(self.data_directory, self.sockets)
        log = self.data_directory / "start.log"
        log.unlink(missing_ok=True)
        options = ["-D", str(self.data_directory), "-l", str(log), "-w", "-t", str(START_SECONDS)]
        # The server inherits the standard streams: a pipe would never end.
        ended = self._run(account, "pg_ctl", *options, "start", piped=False)
        return None if ended.returncode == 0 else self._last_words()

    def _last_words(self) -> str:
        """The ends of the two logs: before and after the server's own collector took over."""
        collected = sorted(
            self.data_directory.glob("log/*.log"), key=lambda log: log.stat().st_mtime
        )
        logs = [log for log in (self.data_directory / "start.log", *collected[-1:]) if log.exists()]
        return "\n".join(log.read_text(errors="replace").strip()[-600:] for log in logs)

    def _run(
        self, account: Account, program: str, *arguments: str, piped: bool = True
    ) -> subprocess.CompletedProcess[str]:
        output = subprocess.PIPE if piped else subprocess.DEVNULL
        return subprocess.run(
            [self.binaries[program], *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": "/"},
            user=account.uid if account.switch else None,
            group=account.gid if account.switch else None,
            extra_groups=[] if account.switch else None,
        )

    def _make_roles(self) -> None:
        """The five roles and the database; they log in through the map of system users."""
        with psycopg.connect(self.conninfo(), autocommit=True) as connection:
            known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
            for role in ROLES:
                if role not in known:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            for role in ROLES[1:]:
                names = (sql.Identifier(role), sql.Identifier(OWNER))
                connection.execute(sql.SQL("GRANT {} TO {}").format(*names))
            databases = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
            if DATABASE not in databases:
                create = sql.SQL("CREATE DATABASE {} OWNER {}")
                connection.execute(create.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
