"""`vungxanh demo`: everything on one machine, started and stopped together."""

import http.client
import os
import ssl
from dataclasses import dataclass

import click

from vungxanh.config import demo, paths, serving, supervisor, tls
from vungxanh.config.address import VARIABLE, public_address
from vungxanh.config.database import Role, is_embedded
from vungxanh.config.language import cli_language
from vungxanh.config.programs import installation
from vungxanh.config.serving import Site
from vungxanh.refusals import Words

HEAD = Words(vi="Vùng Xanh, bản chạy thử", en="Vùng Xanh, demo")
SIGN_INS = Words(vi="Đăng nhập bằng một trong các tài khoản:", en="Sign in as one of:")
WITH = Words(vi="Mật khẩu", en="Password")
PHONES = Words(
    vi="Điện thoại cùng mạng: mở địa chỉ sau, tải và tin chứng thư",
    en="A phone in this network: open this address, fetch and trust the certificate",
)
FINGERPRINT = Words(vi="Dấu vân tay SHA-256", en="SHA-256 fingerprint")
LEAVE = Words(vi="Dừng: Ctrl-C", en="Stop: Ctrl-C")
STOPPING = Words(vi="Đang dừng…", en="Stopping…")
STOPPED = Words(vi="Đã dừng máy chủ, việc nền và cơ sở dữ liệu.", en="Everything is stopped.")
ANSWER_SECONDS = 2


def run() -> None:
    """Start the database, load the demo, start server and worker, wait, stop everything."""
    if not is_embedded():
        raise demo.NotEmbeddedError
    site = serving.site()
    for listener in serving.open_sockets(site):
        listener.close()
    os.environ["VUNGXANH_DEMO"] = "1"
    with supervisor.stop_on_signals() as stop, installation(Role.OWNER):
        password = demo.demo_password(paths.home())
        children: list[supervisor.Child] = []
        try:
            _migrate()
            # The programs start while the data are loaded; /readyz waits for both.
            children += _start(site)
            _load(password)
            supervisor.watch(children, stop, Greeting(site, password).say_when_ready)
            _say(STOPPING)
        finally:
            supervisor.end(children)
    _say(STOPPED)


def _migrate() -> None:
    from vungxanh.config.upkeep import migrate

    demo.loaded_mark(paths.home()).unlink(missing_ok=True)
    migrate()


def _load(password: str) -> None:
    from django.db import connections

    from vungxanh.core.clock import now

    demo.load(password=password, at=now())
    demo.loaded_mark(paths.home()).touch()
    connections.close_all()


def _start(site: Site) -> list[supervisor.Child]:
    if site.is_tls:
        tls.certificate_for(paths.home(), site.lan)
    hosts = ["localhost", "127.0.0.1", "[::1]", *site.lan]
    environment = {
        "VUNGXANH_HOSTS": os.environ.get("VUNGXANH_HOSTS") or ",".join(hosts),
        "VUNGXANH_HTTPS": "1" if site.is_tls else "0",
        VARIABLE: public_address() or site.urls[-1],
    }
    return [supervisor.start(name, [name], environment) for name in ("serve", "worker")]


@dataclass(slots=True)
class Greeting:
    """What the demo prints once the server answers."""

    site: Site
    password: str
    was_said: bool = False

    def say_when_ready(self) -> None:
        """Print the box at the first /readyz that answers 200."""
        if not self.was_said and is_ready(self.site):
            self.was_said = True
            click.echo(box(self.lines()))

    def lines(self) -> list[str]:
        """The addresses and the sign-ins."""
        from vungxanh.accounts.values import DEMO_ACCOUNTS

        language = cli_language()
        urls = [f"  {url}" for url in self.site.urls]
        accounts = [f"  {account.email:<24}{account.name}" for account in DEMO_ACCOUNTS]
        sign_ins = [SIGN_INS.in_language(language), *accounts]
        password = f"{WITH.in_language(language)}: {self.password}"
        return [
            HEAD.in_language(language), "", *urls, *self._about_tls(), "", *sign_ins, password,
            "", LEAVE.in_language(language),
        ]  # fmt: skip

    def _about_tls(self) -> list[str]:
        if not self.site.is_tls:
            return []
        authority = tls.certificate_for(paths.home(), self.site.lan).authority
        mark = FINGERPRINT.in_language(cli_language())
        digits = tls.fingerprint(authority)
        address = f"  {self.site.urls[-1]}/ca.crt"
        return [PHONES.in_language(cli_language()), address, f"  {mark}:", f"  {digits}"]


def is_ready(site: Site) -> bool:
    """Whether /readyz answers 200 now."""
    asked: http.client.HTTPConnection = http.client.HTTPConnection(
        "127.0.0.1", site.port, timeout=ANSWER_SECONDS
    )
    if site.is_tls:
        trusted = ssl.create_default_context(cafile=paths.home() / "tls" / "ca.crt")
        asked = http.client.HTTPSConnection(
            "127.0.0.1", site.port, timeout=ANSWER_SECONDS, context=trusted
        )
    try:
        asked.request("GET", "/readyz")
        return asked.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        asked.close()


def box(lines: list[str]) -> str:
    """The lines in a frame as wide as the longest."""
    width = max(len(line) for line in lines)
    rule = "─" * (width + 2)
    body = [f"│ {line:<{width}} │" for line in lines]
    return "\n".join([f"┌{rule}┐", *body, f"└{rule}┘"])


def _say(words: Words) -> None:
    click.echo(words.in_language(cli_language()), err=True)
