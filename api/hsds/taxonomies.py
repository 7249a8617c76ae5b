"""Our taxonomies and their terms, as HSDS has them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from referral.directory import search
from referral.directory.rows import make_child_id
from referral.errors import NotFound
from referral.exchange.hsds.ids import TERM, to_uuid
from referral.models.taxonomy_term import TaxonomyTerm

Object = dict[str, Any]
# HSDS wants a description of a taxonomy, in the language of the standard.
DESCRIPTIONS: Mapping[str, str] = {
    "partner_kinds": "Kinds of partner that a library refers to.",
    "target_groups": "Groups that a service is for in particular.",
    "topics": "Subjects that a citizen may ask about.",
}


def make_taxonomy(name: str) -> Object:
    """Return a taxonomy; one that came with an import has its name only."""
    return {"id": make_taxonomy_id(name), "name": name, "description": DESCRIPTIONS.get(name, name)}


def make_taxonomy_id(name: str) -> str:
    return make_child_id("hsds", "taxonomy", name)


def list_taxonomies(session: Session, text: str) -> list[Object]:
    """Return the taxonomies that have terms, those with this text in their name."""
    names = sorted({term.taxonomy for term in search.list_terms(session)})
    return [make_taxonomy(name) for name in names if text.lower() in name.lower()]


def find_name(session: Session, taxonomy_id: str) -> str:
    """Return the name of a taxonomy; raise `NotFound` when there is none with this id."""
    for term in search.list_terms(session):
        if make_taxonomy_id(term.taxonomy) == taxonomy_id:
            return term.taxonomy
    raise NotFound("no such taxonomy")


def make_term(term: TaxonomyTerm) -> Object:
    found = {
        "id": to_uuid(TERM, term.id),
        "code": term.code,
        "name": term.name,
        "description": term.description,
        "parent_id": to_uuid(TERM, term.parent_id) if term.parent_id else None,
        "taxonomy": term.taxonomy,
        "taxonomy_id": make_taxonomy_id(term.taxonomy),
        "taxonomy_detail": make_taxonomy(term.taxonomy),
        "language": term.language,
        "term_uri": term.term_uri,
    }
    return {field: value for field, value in found.items() if value is not None}


def list_terms(
    session: Session, *, text: str, taxonomy_id: str | None, parent_id: str | None, top_only: bool
) -> list[Object]:
    """Return terms by taxonomy and code."""
    terms = [make_term(term) for term in search.list_terms(session)]
    return [
        term
        for term in terms
        if (text.lower() in term["name"].lower() or text.lower() in term["code"].lower())
        and taxonomy_id in (None, term["taxonomy_id"])
        and parent_id in (None, term.get("parent_id"))
        and not (top_only and "parent_id" in term)
    ]


def get_term(session: Session, term_id: str) -> Object:
    """Return a term; raise `NotFound` when there is none with this id."""
    for term in search.list_terms(session):
        if to_uuid(TERM, term.id) == term_id:
            return make_term(term)
    raise NotFound("no such taxonomy term")
