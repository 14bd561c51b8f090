"""A plain HTTP client: reads pages of a running installation, sends their forms, and hands its cookies to a browser."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode


@dataclass(frozen=True)
class Reply:
    """What came back, after redirects. `url` is where it came from in the end; `size` in bytes, as it was sent."""

    status: int
    url: str
    text: str
    size: int


class Reader:
    """Somebody who reads the installation at `site_url`, and keeps its cookies."""

    def __init__(self, site_url: str) -> None:
        self.site_url = site_url
        self.jar = CookieJar()
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open

    def get(self, path: str, **headers: str) -> Reply:
        return self._ask(path, None, headers)

    def send(self, path: str, page: str = "", **fields: str) -> Reply:
        """Fill in the form that stands at `page` (by default at the path itself) and send it to `path`."""
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.get(page or path).text)
        assert token, f"no form at {page or path}"
        return self._ask(path, urlencode({"csrf_token": token[1], **fields}).encode(), {})

    def _ask(self, path: str, data: bytes | None, headers: dict[str, str]) -> Reply:
        url = path if "://" in path else self.site_url + path
        asked = urllib.request.Request(url, data=data, headers={"Accept": "text/html"} | headers)
        try:
            reply = self._open(asked, timeout=30)
        except urllib.error.HTTPError as refused:
            reply = refused
        with reply:
            body = reply.read()
            return Reply(reply.status, reply.url, body.decode(errors="replace"), len(body))

    def cookies(self) -> list[dict[str, Any]]:
        """The cookies, as a browser's context takes them."""
        return [{"name": kept.name, "value": kept.value or "", "url": self.site_url} for kept in self.jar]
