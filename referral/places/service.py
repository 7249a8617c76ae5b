"""TEMPORARY."""

from referral.errors import AmbiguousPlace, UnknownPlace


def resolve_place(text, table, postcodes):
    found = table.names.get(text.lower().split(" (")[0], [])
    if not found:
        raise UnknownPlace("?")
    if len(found) > 1 and "(" not in text:
        raise AmbiguousPlace([f"{p.name} ({p.municipality_name})" for p in found])
    return found[0]
