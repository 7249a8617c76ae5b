"""A browser of somebody of the staff, without the screen: keeps cookies, reads forms, sends what browsers send."""

import re
from functools import cache
from html import unescape
from urllib.parse import urlencode, urlsplit

from referral.clock import read_clock
from referral.models.grant import Role
from referral.staff import people
from referral.staff.passwords import hash_password
from referral.staff.scopes import Permission, parse_scope

PASSWORD = "vier losse woorden hier"  # noqa: S105  (of nobody real)
COOKIE = "omdehoek"
hash_once = cache(hash_password)  # a hash takes a tenth of a second, on purpose
INPUT = re.compile(r"<input\b[^>]*>")


class Colleague:
    def __init__(self, door, **headers):
        self.door = door
        self.cookies = {}
        self.headers = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin", **headers}

    def get(self, path, **headers):
        return self._ask("GET", path, headers)

    def post(self, path, fields=(), **headers):
        """Send a form; `fields` is a dict or a list of pairs."""
        content = urlencode(list(fields.items()) if isinstance(fields, dict) else list(fields))
        return self._ask("POST", path, {"Content-Type": "application/x-www-form-urlencoded", **headers}, content)

    def _ask(self, method, path, headers, content=None):
        sent = {**self.headers, **headers}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.door.ask(method, path, headers=sent, content=content)
        for name, value in answer.cookies.items():
            self.cookies[name] = value
        for set_cookie in answer.headers.get_list("set-cookie"):
            if "Max-Age=0" in set_cookie:
                self.cookies.pop(set_cookie.partition("=")[0], None)
        return answer

    def sign_in(self, email, password=PASSWORD, **fields):
        return self.post("/account/sign-in", {"email": email, "password": password, **fields})

    @property
    def token(self):
        return self.cookies.get(COOKIE)


def add_person(door, email, *permissions, password=PASSWORD):
    """Add somebody with a password of their own and grants like `staff library:ID`; return the id."""
    with door.database.begin() as session:
        person = people.add_person(session, email.partition("@")[0].title(), email, now=read_clock())
        person.password_hash = hash_once(password)
        for one in permissions:
            role, scope = one.split(" ")
            people.add_grant(session, person, Permission(Role(role), parse_scope(scope)))
        return person.id


def read_hidden(page):
    """Return the hidden fields of a page, in their order."""
    found = []
    for tag in INPUT.findall(page):
        values = {name: unescape(value) for name, value in re.findall(r'(\w+)="([^"]*)"', tag)}
        if values.get("type") == "hidden":
            found.append((values["name"], values["value"]))
    return found


def read_note(page):
    """Return the sentence that stands above everything: what went wrong, or was done."""
    found = re.search(r'<p class="note \w+" role="\w+">([^<]*)</p>', page)
    return unescape(found.group(1)) if found else None


def read_target(answer):
    """Return where an answer sends the browser, without the host."""
    assert answer.status_code == 303, answer.text
    parts = urlsplit(answer.headers["location"])
    return parts.path + (f"?{parts.query}" if parts.query else "")
