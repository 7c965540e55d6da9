"""Identifies clients by address, where room and time are shared between them."""

import ipaddress

from starlette.types import Scope

_NETWORK = 64  # bits that one asker of IPv6 has for itself (RFC 6177 gives a site that or more)


def client_of(scope: Scope) -> str:
    """Return the client of a request; behind another server, the one that it names."""
    address = scope.get("client")
    return client_at(str(address[0])) if address else ""


def client_at(address: str) -> str:
    """Return the client at an address: an address of IPv4, or a network of IPv6.

    >>> client_at("192.0.2.7"), client_at("::ffff:192.0.2.7"), client_at("2001:db8::1:2:3:4")
    ('192.0.2.7', '192.0.2.7', '2001:db8::')
    """
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:  # the name of a socket, say
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    network = ipaddress.ip_network((parsed, _NETWORK), strict=False)
    return str(network.network_address)
