"""HSDS that comes in: in every form, with its mistakes told in place, and nothing brought in that is not sure."""

import itertools
import json

import pytest

from referral.exchange.hsds.files import MAX_LINE, MAX_OBJECTS, Delivery, Found
from referral.exchange.hsds.read import read_delivery
from referral.exchange.plan import Action
from tests.referral.exchange.batches import dump
from tests.referral.exchange.hsds.deliveries import (
    LOCATION_ID,
    PHONE_ID,
    SERVICE_ID,
    bring_in,
    bring_out,
    find_lost,
    make_location,
    make_service,
    plan_file,
    write_json,
)


def number(service, last):
    return service | {"id": service["id"][:-2] + f"{last:02}"}


def list_added(plan):
    return sorted((step.table, step.id) for step in plan.steps if step.action is Action.ADDED)


def to_page(*services, **block):
    counted = {"total_items": len(services), "total_pages": 1, "page_number": 1, "size": len(services)}
    return counted | {"first_page": True, "last_page": True, "empty": not services, "contents": list(services)} | block


ONE, TWO = make_service(), number(make_service(name="Formulierenhulp"), 99)
FORMS = {
    "a list": ("a.json", json.dumps([ONE, TWO])),
    "a list for people": ("a.json", json.dumps([ONE, TWO], indent=2)),
    "a list, an object a line": ("a.json", f"[\n{json.dumps(ONE)},\n{json.dumps(TWO)}\n]\n"),
    "a page": ("a.json", json.dumps(to_page(ONE, TWO))),
    "lines": ("a.ndjson", f"{json.dumps(ONE)}\n\n{json.dumps(TWO)}\n"),
    "lines under another name": ("a.json", f"{json.dumps(ONE)}\n{json.dumps(TWO)}"),
    "a byte order mark": ("a.json", "\ufeff" + json.dumps([ONE, TWO])),
    "lines with a byte order mark": ("a.ndjson", f"\ufeff{json.dumps(ONE)}\r\n{json.dumps(TWO)}\r\n"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(empty, tmp_path, form):
    name, text = FORMS[form]
    path = tmp_path / name
    path.write_text(text, encoding="utf-8", newline="")
    plan = plan_file(empty, path)
    assert plan.problems == ()
    assert [what for what, _ in list_added(plan)] == ["location", "organization", "service", "service"]


def test_one_object_is_a_source(empty, tmp_path):
    path = write_json(tmp_path / "a.json", ONE)
    plan = bring_in(empty, path)
    assert list_added(plan) == [
        ("location", LOCATION_ID),
        ("organization", ONE["organization"]["id"]),
        ("service", SERVICE_ID),
    ]
    (out,), _ = bring_out(empty)
    assert list(find_lost(ONE, out)) == []


UNREADABLE = {
    "cut_off": ("a.json", json.dumps([ONE, TWO]).encode()[:-9], {"line": 1}),
    "cut_off, half a word": ("a.json", json.dumps([ONE, TWO]).encode()[:40], {"line": 1}),
    "cut_off, lines": ("a.ndjson", f"{json.dumps(ONE)}\n{json.dumps(TWO)}".encode()[:-9], {"line": 2}),
    "cut_off, an object a line": ("a.json", f"[\n{json.dumps(ONE)},\n".encode(), {"line": 2}),
    "no_json": ("a.json", b'{\n"id": 1,\n oeps}', {"line": 3, "character": 2}),
    "no_json, a comma is missing": ("a.json", f"[\n{json.dumps(ONE)}\n{json.dumps(TWO)}\n]".encode(), {"line": 3}),
    "no_json, more behind it": ("a.json", f"[\n{json.dumps(ONE)}\n]\n{{}}".encode(), {}),
    "no_json, no number": ("a.json", b'[{"minimum_age": NaN}]', {}),
    "no_json, too deep": ("a.json", b"[" * 100_000, {}),
    "no_json, a number without end": ("a.json", b"1" * 10_000, {}),
    "not_utf8": ("a.json", json.dumps([{"name": "Café"}], ensure_ascii=False, indent=1).encode("cp1252"), {"line": 3}),
    "not_utf8, sixteen bits": ("a.json", json.dumps([ONE]).encode("utf-16"), {"line": 1}),
    "not_utf8, lines": ("a.ndjson", json.dumps(ONE).encode() + b"\n\xff\n", {"line": 2}),
    "empty_file": ("a.json", b"", {}),
    "empty_file, spaces": ("a.json", b" \n", {}),
    "no_list": ("a.json", b'{"contents": {}}', {}),
    "no_services": ("a.json", b"[]", {}),
    "no_services, lines": ("a.ndjson", b"", {}),
    "no_services, a page": ("a.json", json.dumps(to_page()).encode(), {}),
    "no_object": ("a.json", b"[1]", {}),
    "no_object, text": ("a.json", b'"taalhuis"', {}),
    "unknown_object": ("a.json", b'[{"id": "x"}]', {}),
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_cannot_be_read_is_told_and_changes_nothing(empty, tmp_path, what):
    name, content, values = UNREADABLE[what]
    path = tmp_path / name
    path.write_bytes(content)
    plan = plan_file(empty, path)
    assert plan.is_refused
    assert plan.steps == ()
    problem = next(problem for problem in plan.problems if problem.blocks)
    assert problem.code == what.partition(",")[0]
    assert values.items() <= dict(problem.values).items()


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_a_file_that_is_not_there_is_told(empty, tmp_path, name):
    assert [problem.code for problem in plan_file(empty, tmp_path / name).problems] == ["no_file"]
    assert [problem.code for problem in plan_file(empty, tmp_path).problems] == ["no_file"]


@pytest.mark.parametrize("name", ["a.json", "a.ndjson"])
def test_a_file_of_a_gigabyte_is_refused_before_it_is_read(empty, tmp_path, name):
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(10**9)
    (problem,) = plan_file(empty, path).problems
    assert problem.code == "too_big"


def test_lines_have_no_limit_but_the_number_of_services():
    taken = []

    def give():
        for line in itertools.count(1):
            taken.append(line)
            yield Found(str(line), number(make_service(), 99) | {"id": f"s-{line}"})

    batch = read_delivery(Delivery(give()), "feed", {})
    assert [problem.code for problem in batch.problems] == ["too_many"]
    assert len(taken) == MAX_OBJECTS + 1


def test_a_line_has_a_limit(empty, tmp_path):
    path = tmp_path / "a.ndjson"
    path.write_text(json.dumps(ONE) + "\n" + json.dumps(TWO | {"description": "x" * MAX_LINE}), encoding="utf-8")
    (problem,) = plan_file(empty, path).problems
    assert (problem.code, problem.path) == ("too_big", "2")


WRONG = {
    "no_id": (make_service(id=7), "[0]", ""),
    "no_id, empty": (make_service(id=""), "[0]", ""),
    "no_text": (make_service(name=["Taalhuis"]), "[0]", "service.name"),
    "control_character": (make_service(name="Taal\x00huis"), "[0]", "service.name"),
    "control_character, half of a pair": (make_service(name="Taal\ud83dhuis"), "[0]", "service.name"),
    "no_text, of a part": (make_service(phones=[{"number": 529}]), "[0].phones[0]", "phone.number"),
    "no_number": (make_service(minimum_age="12"), "[0]", "service.minimum_age"),
    "no_date": (make_service(assured_date="1 mei"), "[0]", "service.assured_date"),
    "no_list": (make_service(phones={"number": "1"}), "[0].phones", ""),
    "no_object": (make_service(phones=["0529"]), "[0].phones[0]", ""),
    "no_object, an organization": (make_service(organization="bieb"), "[0].organization", ""),
    "not_in_list": (make_service(status="open"), "[0]", "service.status"),
    "missing": (make_service(name=None), "[0]", "service.name"),
    "coordinates_swapped": (
        make_location(make_service(), latitude=6.42, longitude=52.52),
        "[0].service_at_locations[0].location",
        "location.latitude",
    ),
    "coordinates_off_earth": (
        make_location(make_service(), latitude=152.52),
        "[0].service_at_locations[0].location",
        "location.latitude",
    ),
    "unknown_reference, an organization": (
        {field: value for field, value in make_service(organization_id="x").items() if field != "organization"},
        "[0]",
        "service.organization_id",
    ),
    "unknown_reference, a kind of partner": (
        make_service(attributes=[{"id": "x", "taxonomy_term": {"taxonomy": "partner_kinds", "code": "waarzegger"}}]),
        "[0].attributes[0]",
        "attribute.taxonomy_term_id",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_value_is_told_with_its_place_and_nothing_comes_in(empty, tmp_path, what):
    service, path, field = WRONG[what]
    plan = plan_file(empty, write_json(tmp_path / "a.json", [service, number(make_service(), 99)]))
    assert plan.is_refused
    assert plan.steps == ()
    told = [(problem.code, problem.path, problem.field) for problem in plan.problems if problem.blocks]
    assert told == [(what.partition(",")[0], path, field)]


def test_an_id_that_stands_there_twice_keeps_the_source_out(empty, tmp_path):
    plan = plan_file(empty, write_json(tmp_path / "a.json", [ONE, TWO, make_service(name="Nog een")]))
    assert plan.is_refused
    (problem,) = plan.problems
    assert (problem.code, problem.path, dict(problem.values)) == ("id_twice", "[2]", {"id": SERVICE_ID, "first": "[0]"})


@pytest.mark.parametrize("name", ["Taalhuis", "Nog een"])
def test_two_services_with_one_id_are_a_slip(empty, tmp_path, name):
    assert plan_file(empty, write_json(tmp_path / "a.json", [ONE, make_service(name=name)])).is_refused


def test_ids_that_hardly_any_service_has_to_itself_are_no_ids(empty, tmp_path):
    path = write_json(tmp_path / "a.json", [ONE, make_service(name="Nog een"), make_service(name="En een")])
    plan = bring_in(empty, path)
    assert [problem.code for problem in plan.problems] == ["ids_say_nothing"]
    services, _ = bring_out(empty)
    assert [(one["id"], one["phones"][0]["id"]) for one in services] == [(SERVICE_ID, PHONE_ID)] * 3
    assert {one["name"] for one in services} == {"Taalhuis", "Nog een", "En een"}
    assert plan_file(empty, path).is_empty


def test_one_page_of_several_closes_nothing(empty, tmp_path):
    path = write_json(tmp_path / "a.json", to_page(ONE, TWO))
    bring_in(empty, path)
    plan = plan_file(empty, write_json(path, to_page(ONE, total_pages=2, total_items=2, last_page=False)))
    assert [problem.code for problem in plan.problems] == ["page_of_several"]
    assert {step.action for step in plan.steps} == {Action.UNCHANGED}
    plan = plan_file(empty, write_json(path, to_page(ONE)))
    assert [step.name for step in plan.steps if step.action is Action.CLOSED] == ["Formulierenhulp"]


def test_what_a_service_no_longer_says_is_emptied(empty, tmp_path):
    path = write_json(tmp_path / "a.json", make_service(email="taal@example.nl", fees="gratis"))
    bring_in(empty, path)
    shorter = make_service()
    del shorter["phones"]
    bring_in(empty, write_json(path, shorter))
    (out,), _ = bring_out(empty)
    assert out.keys() & {"email", "fees", "phones"} == set()


def test_a_summary_of_an_organization_takes_nothing_away(empty, tmp_path):
    full = make_service()
    full["organization"] |= {"email": "bieb@example.nl", "phones": [{"id": "t-1", "number": "0529 00 02 00"}]}
    path = write_json(tmp_path / "a.json", full)
    bring_in(empty, path)
    assert plan_file(empty, write_json(path, make_service())).is_empty


def test_a_number_of_a_feed_is_the_word_of_a_third_party(empty, tmp_path):
    bring_in(empty, write_json(tmp_path / "a.json", ONE))
    (out,), _ = bring_out(empty)
    assert out["phones"][0]["x_evidence"] == "third_party"


def test_a_part_that_cannot_be_a_row_goes_out_as_it_came(empty, tmp_path):
    odd = {
        "languages": [{"id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0b01", "name": "Gebarentaal"}],
        "service_areas": [
            {"id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0b02", "extent": "heel de wijk", "extent_type": "text"}
        ],
        "service_at_locations": [{"id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0b03", "description": "ergens"}],
        "attributes": [
            {"id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0b04", "taxonomy_term": {"taxonomy": "elders", "code": "x"}}
        ],
        "schedules": [{"id": "5f2b4a4e-6c0f-4e3e-9d5e-2f6d7c1f0b05", "freq": "MONTHLY", "bymonthday": "2"}],
    }
    service = make_service(**odd)
    path = write_json(tmp_path / "a.json", service)
    bring_in(empty, path)
    (out,), _ = bring_out(empty)
    assert list(find_lost(service, out)) == []
    assert plan_file(empty, path).is_empty


def test_a_refused_file_leaves_the_directory_as_it_was(empty, tmp_path):
    path = write_json(tmp_path / "a.json", [ONE, TWO])
    bring_in(empty, path)
    with empty.read() as session:
        before = dump(session)
    assert plan_file(empty, write_json(path, [make_service(name="Anders"), TWO | {"status": "?"}])).is_refused
    with empty.read() as session:
        assert dump(session) == before
