"""The web process: its sockets and its server."""

import errno
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass

from vungxanh.config import paths, tls
from vungxanh.refusals import RefusalError, Words

DEFAULT_PORT = 8000
LOOPBACK = ("127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (only when TLS=1 asks for it)
BACKLOG = 2048
KEEP_ALIVE_SECONDS = 75
GRACE_SECONDS = 10


class PortError(RefusalError):
    """The port cannot be used."""


@dataclass(frozen=True, slots=True)
class Site:
    """Where an installation answers."""

    port: int
    addresses: tuple[str, ...]
    is_tls: bool
    lan: tuple[str, ...]

    @property
    def urls(self) -> list[str]:
        """The addresses to type into a browser, the machine's own first."""
        scheme = "https" if self.is_tls else "http"
        hosts = ["localhost", *(self.lan if self.addresses != LOOPBACK else ())]
        return [f"{scheme}://{host}:{self.port}" for host in hosts]


def site() -> Site:
    """What the environment asks for: PORT, TLS and VUNGXANH_BIND."""
    given = os.environ.get("PORT") or str(DEFAULT_PORT)
    if not given.isdigit() or not 0 < int(given) < 65536:
        words = Words(
            vi=f"PORT phải là số từ 1 đến 65535, không phải “{given}”.",
            en=f"PORT must be a number from 1 to 65535, not “{given}”.",
        )
        raise PortError("config.port_number", words, field="PORT")
    is_tls = os.environ.get("TLS") == "1"
    bind = [part.strip() for part in os.environ.get("VUNGXANH_BIND", "").split(",") if part.strip()]
    addresses = tuple(bind) or (EVERYWHERE if is_tls else LOOPBACK)
    return Site(int(given), addresses, is_tls, tls.lan_addresses())


def open_sockets(site: Site) -> list[socket.socket]:
    """Listening sockets on every address that this machine has; refuse a port that is taken."""
    opened = [found for address in site.addresses if (found := _listen(address, site.port))]
    if not opened:
        words = Words(
            vi=f"Máy này không có địa chỉ nào trong {', '.join(site.addresses)}.",
            en=f"This machine has none of the addresses {', '.join(site.addresses)}.",
        )
        raise PortError("config.no_address", words, field="VUNGXANH_BIND")
    return opened


def _listen(address: str, port: int) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    try:
        listener = socket.socket(family, socket.SOCK_STREAM)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen(BACKLOG)
    except OSError as failure:
        if failure.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise _port_refused(port, failure) from failure
        return None
    return listener


def _port_refused(port: int, failure: OSError) -> PortError:
    if failure.errno == errno.EACCES:
        words = Words(
            vi=f"Không được phép dùng cổng {port}. Chọn cổng từ 1024 trở lên: PORT=8000.",
            en=f"Port {port} is not allowed. Choose one from 1024 upward: PORT=8000.",
        )
        return PortError("config.port_denied", words, field="PORT")
    words = Words(
        vi=f"Cổng {port} đang có chương trình khác dùng. Dừng chương trình đó, hoặc chọn cổng "
        f"khác: PORT={port + 1}.",
        en=f"Port {port} is in use by another program. Stop that program or choose another port: "
        f"PORT={port + 1}.",
    )
    return PortError("config.port_in_use", words, field="PORT")


def serve(site: Site, sockets: Sequence[socket.socket]) -> None:
    """Run uvicorn until a signal; needs a prepared Django."""
    import uvicorn

    from vungxanh.config.connections import BoundedProtocol

    proxies = os.environ.get("VUNGXANH_PROXIES", "")
    certificate = tls.certificate_for(paths.home(), site.lan) if site.is_tls else None
    server = uvicorn.Server(
        uvicorn.Config(
            "vungxanh.config.asgi:application",
            loop="uvloop",
            http=BoundedProtocol,
            ws="none",
            lifespan="on",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=bool(proxies),
            forwarded_allow_ips=proxies,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=GRACE_SECONDS,
            ssl_certfile=str(certificate.certificate) if certificate else None,
            ssl_keyfile=str(certificate.key) if certificate else None,
        )
    )
    server.run(sockets=list(sockets))
