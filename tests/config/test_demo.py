"""`vungxanh demo` from the outside: it starts, it stops, and it leaves no process behind."""

import http.client
import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.serving import free_port
from vungxanh.core.postgres.stale import live_postmaster

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("demo")]
ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 120
END_SECONDS = 40


class Demo:
    """A demo in a process of its own, on a data directory and a port of its own."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.port = free_port()
        chosen = {"VUNGXANH_HOME": str(home), "PORT": str(self.port), "VUNGXANH_LANG": "en"}
        clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TLS"}}
        self.program = subprocess.Popen(
            [sys.executable, "-m", "vungxanh.config.cli", "demo"],
            cwd=ROOT,
            env={**clean, **chosen, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def wait_until_ready(self) -> None:
        """Until the box with the addresses is printed."""
        assert self.program.stdout is not None
        said = ""
        for line in self.program.stdout:
            said += line
            if "Stop: Ctrl-C" in line:
                return
        pytest.fail(f"the demo ended before it was ready: {said}")

    def get(self, path: str) -> int:
        """The status of an answer over plain HTTP."""
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        asked.request("GET", path)
        status = asked.getresponse().status
        asked.close()
        return status

    def end(self, number: int) -> tuple[int, str]:
        """Send a signal; the exit code and what was still said."""
        self.program.send_signal(number)
        said, _ = self.program.communicate(timeout=END_SECONDS)
        return self.program.returncode, said

    def processes(self) -> dict[int, str]:
        """The living processes of this data directory, by number, with their command lines."""
        mark = f"VUNGXANH_HOME={self.home}\0".encode()
        return {pid: line for pid, environment, line in _all_processes() if mark in environment}

    def pid_of(self, command: str) -> int:
        """The process that runs `vungxanh <command>`."""
        found = [pid for pid, line in self.processes().items() if f" {command} --with" in line]
        assert found, (command, self.processes(), self.program.poll())
        return found[0]


def _all_processes() -> Iterator[tuple[int, bytes, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            line = (folder / "cmdline").read_bytes().decode().replace("\0", " ")
        except OSError:
            continue
        if environment:
            yield int(folder.name), environment, line


@contextmanager
def demo(home: Path, **environment: str) -> Iterator[Demo]:
    started = Demo(home, **environment)
    with started.program:
        try:
            yield started
        finally:
            started.program.terminate()


def wait_until_nothing_runs(ended: Demo) -> None:
    give_up_at = time.monotonic() + END_SECONDS
    while ended.processes() or live_postmaster(ended.home / "postgres"):
        assert time.monotonic() < give_up_at, ended.processes()
        time.sleep(0.1)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory of the demo; each test leaves it fit for the next start."""
    return tmp_path_factory.mktemp("demo")


def test_demo_answers_then_ends_on_ctrl_c_and_on_sigterm_with_nothing_left(loaded: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        with demo(loaded) as started:
            started.wait_until_ready()
            assert [started.get(path) for path in ("/readyz", "/healthz")] == [200, 200]
            assert {started.pid_of("serve"), started.pid_of("worker")} <= set(started.processes())
            code, said = started.end(number)
        assert (code, "Everything is stopped." in said) == (0, True)
        assert started.processes() == {}
        assert live_postmaster(loaded / "postgres") is None


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_when_a_program_dies_the_demo_says_so_and_ends_everything(
    loaded: Path, command: str
) -> None:
    with demo(loaded) as started:
        started.wait_until_ready()
        os.kill(started.pid_of(command), signal.SIGKILL)
        said, _ = started.program.communicate(timeout=END_SECONDS)
    assert started.program.returncode == 1
    assert f"Program “{command}” ended by itself" in said
    assert "Traceback" not in said
    assert started.processes() == {}
    assert live_postmaster(loaded / "postgres") is None


def test_killing_the_demo_itself_leaves_no_process_either(loaded: Path) -> None:
    with demo(loaded) as started:
        started.wait_until_ready()
        started.program.kill()
        started.program.communicate(timeout=END_SECONDS)
        wait_until_nothing_runs(started)
    assert not (loaded / "postgres" / "postmaster.pid").exists()


def test_port_in_use_is_one_sentence_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with demo(tmp_path / "home", PORT=str(port)) as refused:
            said, _ = refused.program.communicate(timeout=END_SECONDS)
    assert refused.program.returncode == 1
    assert said.startswith(f"Port {port} is in use by another program.")
    assert said.count("\n") == 1
    assert not (tmp_path / "home").exists()


def test_demo_over_tls_is_trusted_with_its_own_authority(loaded: Path) -> None:
    with demo(loaded, TLS="1") as started:
        started.wait_until_ready()
        trusted = ssl.create_default_context(cafile=loaded / "tls" / "ca.crt")
        asked = http.client.HTTPSConnection("localhost", started.port, timeout=10, context=trusted)
        asked.request("GET", "/ca.crt")
        answer = asked.getresponse()
        assert answer.status == 200
        assert answer.read() == (loaded / "tls" / "ca.crt").read_bytes()
        asked.close()


def test_given_password_opens_the_demo(loaded: Path) -> None:
    made_earlier = loaded / "demo-password"
    made_earlier.unlink(missing_ok=True)
    with demo(loaded, VUNGXANH_DEMO_PASSWORD="thanh-long-ruot-do") as started:
        started.wait_until_ready()
        assert not made_earlier.exists()


def test_token_of_the_demo_registers_a_point_by_the_api(loaded: Path) -> None:
    with demo(loaded) as started:
        started.wait_until_ready()
        told = json.loads(_token(started))
        assert told["base_url"] == f"http://localhost:{started.port}"
        assert started.get(f"/c/{told['point']}") == http.HTTPStatus.OK
        made = _posted(started, told["token"])
        assert f"/c/{made['code']}#{made['payload']}" in made["url"]


def _token(started: Demo) -> str:
    """What `vungxanh demo token` prints beside the demo that runs."""
    chosen = {"VUNGXANH_HOME": str(started.home), "PORT": str(started.port)}
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "TLS"}}
    return subprocess.run(
        [sys.executable, "-m", "vungxanh.config.cli", "demo", "token"],
        cwd=ROOT,
        env={**clean, **chosen},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout


def _posted(started: Demo, token: str) -> dict[str, str]:
    body = {"kind": "bus", "name": "Xe mẫu 77B", "unit": "vn-2025:21583"}
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = http.client.HTTPConnection("127.0.0.1", started.port, timeout=30)
    asked.request("POST", "/api/v1/points", json.dumps(body), headers)
    answer = asked.getresponse()
    assert answer.status == http.HTTPStatus.CREATED
    made: dict[str, str] = json.loads(answer.read())
    asked.close()
    return made
