"""A signed-in reader on one connection that stays open, with a stop-watch."""

import http.client
import re
import time
from urllib.parse import urlencode, urlsplit

from bench.house import EMAIL, PASSWORD, Broken

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Reader:
    """Asks for pages. Raises Broken when an answer is not what was asked for."""

    def __init__(self, url: str, language: str = "en") -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._url, self._language = url, language
        self._cookies: dict[str, str] = {}

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD) -> "Reader":
        """As the owner, unless told otherwise."""
        status, text = self._ask("GET", "/sign-in/login/")
        found = TOKEN.search(text)
        if status != 200 or found is None:
            raise Broken(f"the sign-in page answers {status}")
        form = {"csrfmiddlewaretoken": found[1], "login": email, "password": password}
        status, _text = self._ask("POST", "/sign-in/login/", urlencode(form))
        if status != 302 or "sessionid" not in self._cookies:
            raise Broken(f"{email} cannot sign in: {status}")
        return self

    def read(self, path: str) -> str:
        """A page."""
        status, text = self._ask("GET", path)
        if status != 200:
            raise Broken(f"{path} answers {status}")
        return text

    def timed(self, path: str) -> float:
        """Milliseconds from the first byte of the request to the last of the answer."""
        began = time.perf_counter()
        self.read(path)
        return (time.perf_counter() - began) * 1000

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        headers = {
            "Accept-Language": self._language,
            "Cookie": "; ".join(f"{n}={v}" for n, v in self._cookies.items()),
        }
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": self._url}
        answer = self._answer(method, path, body, headers)
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            name, _sign, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, text

    def _answer(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        """The server may have shut a connection that waited long while another base was asked; then on a new one."""
        try:
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self._connection.close()
            self._connection.request(method, path, body, headers)
            return self._connection.getresponse()
