"""An IMAP server on this machine, with one user and an empty mailbox."""

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

USER, PASSWORD = "so-tttt", "con đò qua bến".encode().hex()
START_SECONDS = 60


@contextmanager
def imap_server() -> Iterator[int]:
    """The port of a server that runs while the block does."""
    port = _free_port()
    login = ("--demo-user", USER, "--demo-password", PASSWORD, "--demo-data")
    where = ("--host", "127.0.0.1", "--port", str(port))
    program_text = "from pymap.main import main; main()"
    command = [sys.executable, "-c", program_text, *where, "dict", *login]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as program:
        try:
            _wait(port, program)
            yield port
        finally:
            program.terminate()


def connected(port: int) -> imaplib.IMAP4:
    """A plain conversation with the server, for what a test puts there or looks up."""
    client = imaplib.IMAP4("127.0.0.1", port, timeout=10)
    client.login(USER, PASSWORD)
    return client


def put(port: int, *mails: bytes) -> None:
    """Leave mails in an emptied mailbox."""
    client = connected(port)
    client.select("INBOX")
    client.store("1:*", "+FLAGS", "\\Deleted")
    client.expunge()
    for raw in mails:
        client.append("INBOX", "", "", raw)
    client.logout()


def n_unseen(port: int) -> int:
    """How many mails nobody has seen."""
    client = connected(port)
    client.select("INBOX", readonly=True)
    found = client.search(None, "UNSEEN")[1][0]
    client.logout()
    return len(found.split())


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def _wait(port: int, program: "subprocess.Popen[bytes]") -> None:
    ends_at = time.monotonic() + START_SECONDS
    while time.monotonic() < ends_at:
        if program.poll() is not None:
            raise RuntimeError(program.stderr.read().decode() if program.stderr else "")
        try:
            connected(port).logout()
        except (OSError, imaplib.IMAP4.error):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError
