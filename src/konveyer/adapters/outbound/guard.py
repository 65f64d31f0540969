"""Which network addresses may be reached: those of the open internet, and nothing of our own house."""

import ipaddress
import socket

from konveyer.domain.hooks.ports import Unreachable

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class NameUnknown(Unreachable):
    """No server has this name."""


class Closed(Unreachable):
    """The name leads into a network that may not be reached."""


def is_open(address: Address) -> bool:
    """Whether the address lies in the open internet, also when an IPv4 address is wrapped into IPv6."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        if inner is not None:
            return is_open(inner)
        if address.teredo is not None:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def resolve(host: str, port: int, *, private: bool) -> Address:
    """The one address to connect to. With `private` those of our own networks are taken too.

    Raises Unreachable when the name is not known, or when any of its addresses is closed: a name that mixes
    open and closed ones is up to something.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise NameUnknown(f"the name {host} is not known") from error
    addresses = [ipaddress.ip_address(str(row[4][0]).partition("%")[0]) for row in found]
    if not addresses:
        raise NameUnknown(f"the name {host} is not known")
    if not private and not all(is_open(address) for address in addresses):
        raise Closed(f"{host} leads into a private network, which is not allowed")
    return addresses[0]
