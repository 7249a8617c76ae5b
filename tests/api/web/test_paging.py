"""Pages of a list: nothing twice, nothing left out, and links that lead on."""

import pytest

from api.web.paging import MAX_SIZE, count_pages
from tests.api.door import read_problem


@pytest.mark.parametrize(("total", "size", "pages"), [(0, 20, 1), (1, 20, 1), (20, 20, 1), (21, 20, 2), (5, 1, 5)])
def test_a_list_has_as_many_pages_as_it_needs_and_at_least_one(total, size, pages):
    assert count_pages(total, size) == pages


def walk(door, path):
    """Follow `next` from the first page to the last; return the pages."""
    pages = [door.ask("GET", path).json()]
    while following := pages[-1]["links"].get("next"):
        pages.append(door.ask("GET", following).json())
    return pages


@pytest.mark.parametrize("path", ["/v1/services", "/v1/organizations", "/v1/locations"])
def test_the_links_lead_through_the_whole_list_once(door, path):
    pages = walk(door, f"{path}?pageSize=7")
    ids = [item["id"] for page in pages for item in page["items"]]
    assert len(pages) > 1
    assert len(ids) == len(set(ids)) == pages[0]["totalItems"]
    assert [page["page"] for page in pages] == list(range(1, pages[0]["totalPages"] + 1))
    assert all(len(page["items"]) == 7 for page in pages[:-1])


def test_a_link_keeps_the_filters_as_they_were(door):
    page = door.ask("GET", "/v1/services?kind=ido&kind=taalhuis&municipality=GM0193&pageSize=1").json()
    assert page["totalItems"] > 1
    following = door.ask("GET", page["links"]["next"]).json()
    assert (following["page"], following["totalItems"]) == (2, page["totalItems"])
    assert door.ask("GET", following["links"]["prev"]).json() == door.ask("GET", page["links"]["self"]).json()


def test_a_page_after_the_last_is_empty_and_leads_back(door):
    page = door.ask("GET", "/v1/locations?page=500").json()
    assert page["items"] == []
    assert "next" not in page["links"]
    assert door.ask("GET", page["links"]["prev"]).json()["items"]


@pytest.mark.parametrize("wrong", ["page=0", "page=-1", "page=x", "page=1e3", "pageSize=0", f"pageSize={MAX_SIZE + 1}"])
def test_a_page_that_cannot_be_is_400(door, wrong):
    assert read_problem(door.ask("GET", f"/v1/locations?{wrong}")) == (400, "invalid_input")
