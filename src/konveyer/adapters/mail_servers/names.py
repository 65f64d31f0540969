"""The DNS by dnspython: records of a domain, asked with short patience."""

from collections.abc import Sequence
from typing import Any

import dns.exception
import dns.rdatatype
import dns.resolver

from konveyer.domain.delivery.ports import NoAnswer

PATIENCE = 5.0  # seconds for one question, all servers together
NOTHING = (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer, dns.resolver.YXDOMAIN)


class DnsNames:
    """Asks the resolvers of the machine, or those at `servers` (addresses) on `port`."""

    def __init__(self, servers: Sequence[str] = (), port: int = 53) -> None:
        self._servers, self._port = servers, port

    def texts(self, name: str) -> list[str]:
        """TXT records, the strings of one joined (RFC 7208, 3.3). Raises NoAnswer."""
        return [
            b"".join(record.strings).decode("utf-8", "replace")
            for record in self._ask(name, dns.rdatatype.TXT)
        ]

    def exchangers(self, name: str) -> list[str]:
        """MX hosts by preference. Raises NoAnswer."""
        found = self._ask(name, dns.rdatatype.MX)
        return [
            record.exchange.to_text().rstrip(".")
            for record in sorted(found, key=lambda record: record.preference)
        ]

    def _ask(self, name: str, kind: dns.rdatatype.RdataType) -> list[Any]:
        try:
            resolver = dns.resolver.Resolver(configure=not self._servers)
            if self._servers:
                resolver.nameservers, resolver.port = list(self._servers), self._port
            return list(resolver.resolve(name, kind, lifetime=PATIENCE, search=False))
        except NOTHING:
            return []
        except (dns.exception.DNSException, UnicodeError, OSError) as error:
            raise NoAnswer(name) from error
