"""The wire between a browser and an installation: a relay that counts what goes over it, request by request."""

import re
import socket
import socketserver
import threading
from contextlib import closing, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

REQUEST = re.compile(rb"^(GET|POST) (\S+) HTTP/1.1\r\n")


@dataclass
class Asked:
    """One request, and the bytes that came back for it, headers included."""

    method: str
    path: str
    bytes: int = 0

    @property
    def is_picture(self) -> bool:
        return self.path.startswith("/assets/")


class Wire(socketserver.ThreadingTCPServer):
    """`with Wire(site.url) as wire: browse(wire.url); wire.taken()`."""

    def __init__(self, url: str) -> None:
        super().__init__(("127.0.0.1", 0), _Line)
        self.to = urlsplit(url)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.asked: list[Asked] = []
        self.open: set[socket.socket] = set()

    def __enter__(self) -> "Wire":
        threading.Thread(target=self.serve_forever).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        for line in list(self.open):
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self.server_close()

    def taken(self) -> list[Asked]:
        """What was asked since the last time."""
        found, self.asked = self.asked, []
        return found


class _Line(socketserver.BaseRequestHandler):
    """One connection of the browser, and its twin to the server."""

    server: Wire

    def handle(self) -> None:
        self.under_way: Asked | None = None
        with closing(socket.create_connection((self.server.to.hostname, self.server.to.port))) as twin:
            self.server.open |= {self.request, twin}
            back = threading.Thread(target=self.down, args=(twin,))
            back.start()
            self.up(twin)
            back.join()
            self.server.open -= {self.request, twin}

    def up(self, twin: socket.socket) -> None:
        with suppress(OSError):
            while data := self.request.recv(65536):
                if found := REQUEST.match(data):
                    self.under_way = Asked(found[1].decode(), found[2].decode())
                    self.server.asked.append(self.under_way)
                twin.sendall(data)
        with suppress(OSError):
            twin.shutdown(socket.SHUT_RDWR)

    def down(self, twin: socket.socket) -> None:
        with suppress(OSError):
            while data := twin.recv(65536):
                if self.under_way:
                    self.under_way.bytes += len(data)
                self.request.sendall(data)
        with suppress(OSError):
            self.request.shutdown(socket.SHUT_RDWR)
