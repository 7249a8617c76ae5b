"""Two people change the same service: the second is told what changed, and nobody's work is lost."""

from dataclasses import replace

import pytest

from referral.editing.form import Clash, make_form, merge


@pytest.fixture
def opened(reference):
    places = [{"location_id": "a", "street": "Brink 1", "hours": "ma 9-12"}, {"location_id": "b", "street": "Brink 2"}]
    return make_form("s", {"name": "Taalpunt", "description": "Taal."}, places, reference)


def change(form, place=None, **texts):
    if place is None:
        return replace(form, service={**form.service, **texts})
    places = list(form.places)
    places[place] = {**places[place], **texts}
    return replace(form, places=tuple(places))


def test_what_each_changed_is_kept(opened):
    ours, theirs = change(opened, description="Lezen."), change(opened, 0, hours="di 9-12")
    merged, clashes = merge(ours, opened, theirs)
    assert merged.service["description"] == "Lezen."
    assert merged.places[0]["hours"] == "di 9-12"
    assert clashes == []


def test_where_both_changed_the_same_ours_stays_and_theirs_is_told(opened):
    ours = change(change(opened, name="Taalhuis"), 1, street="Brink 3")
    theirs = change(change(opened, name="Taalplein"), 1, street="Brink 4")
    merged, clashes = merge(ours, opened, theirs)
    assert (merged.service["name"], merged.places[1]["street"]) == ("Taalhuis", "Brink 3")
    assert clashes == [Clash("name", None, "Taalplein"), Clash("street", 1, "Brink 4")]


def test_who_wrote_the_same_has_no_clash(opened):
    both = change(opened, name="Taalhuis")
    assert merge(both, opened, both) == (both, [])


def test_a_place_that_one_added_and_the_other_removed(opened, reference):
    ours = replace(opened, places=(*opened.places, {**opened.places[0], "location_id": "", "street": "Plein 5"}))
    theirs = replace(opened, places=opened.places[:1])
    merged, _ = merge(ours, opened, theirs)
    assert [place["street"] for place in merged.places] == ["Brink 1", "Plein 5"]
    added = replace(opened, places=(*opened.places, {**opened.places[0], "location_id": "c"}))
    merged, _ = merge(opened, opened, added)
    assert [place["location_id"] for place in merged.places] == ["a", "b", "c"]


def test_places_without_anything_go_but_one_stays(reference):
    assert [place["street"] for place in make_form("s", {}, [{}, {"street": " "}], reference).places] == [""]
    assert len(make_form("s", {}, [{}, {"street": "Brink 1"}, {}], reference).places) == 1
