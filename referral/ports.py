"""A port that several processes of one kind share: the system gives each new connection to one that is alive."""

import socket


def bind_shared(host: str, port: int) -> socket.socket:
    """Return a socket that is bound and does not listen yet; raises `OSError` when somebody else has the port.

    It gets connections only when its process listens: one that is still starting keeps nobody waiting.
    """
    shared = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    try:
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        shared.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        shared.bind((host, port))
    except OSError:
        shared.close()
        raise
    return shared
