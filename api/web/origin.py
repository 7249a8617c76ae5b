"""Tells whether a request comes from our own pages, so that no other site can act in the name of who is signed in.

By `Sec-Fetch-Site`, which no page can forge (W3C Fetch Metadata); by `Origin` where a browser does not send it. A
request that tells neither is refused (OWASP Cross-Site Request Forgery Prevention Cheat Sheet).
"""

from urllib.parse import urlsplit

from starlette.requests import Request

from referral.errors import CrossSite
from referral.settings import Settings

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def check_origin(request: Request) -> None:
    """Raise `CrossSite` when a request that changes something was not made by a page of ours."""
    if request.method in SAFE_METHODS:
        return
    site = request.headers.get("sec-fetch-site")
    is_ours = site == "same-origin" if site else request.headers.get("origin") == get_origin(request)
    if not is_ours:
        raise CrossSite("not from a page of ours")


def get_origin(request: Request) -> str:
    """Return the origin under which a browser sees us, like `https://hulp.example.nl`: the setting's, or as asked."""
    settings: Settings = request.app.state.settings
    if settings.public_url:
        public = urlsplit(settings.public_url)
        return f"{public.scheme}://{public.netloc}"
    return f"{request.url.scheme}://{request.headers.get('host', '')}"


def make_address(request: Request, name: str, **parts: str) -> str:
    """Return the whole address of a route; whatever `Host` says where the public one is set (WSTG-INPV-17)."""
    return get_origin(request) + request.url_for(name, **parts).path


def is_local(path: str) -> bool:
    """Return whether a path leads to a page of ours; two slashes, of either kind, lead to another site."""
    return path.startswith("/") and path[1:2] not in ("/", "\\") and path.isprintable()
