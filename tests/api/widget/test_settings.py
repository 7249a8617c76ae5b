"""A manager sets the chat of the library; what other pages may do follows from it."""

import pytest

from referral.clock import read_clock
from referral.errors import DatabaseUnavailable
from referral.models.visit import Visit
from referral.widgets.service import Wishes, get_wishes, save_wishes
from tests.api.account.colleague import Colleague, add_person
from tests.api.account.conftest import MANAGER, OMMEN, ZWOLLE, door, manager, noor  # noqa: F401  (fixtures)
from tests.api.door import read_problem

PAGE = f"/chat-op-uw-site/{ZWOLLE}"
SITE = "https://www.example.nl"
FORM = {"origins": SITE, "hidden_paths": "/jeugd/*", "position": "start", "shows_hours": "yes", "greeting_nl": "Dag"}
ASKED = {"Origin": SITE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


def get_kept(door):  # noqa: F811
    with door.database.read() as session:
        return get_wishes(session, ZWOLLE)


def test_what_is_saved_is_kept_shown_and_told_to_the_script(manager, door):  # noqa: F811
    saved = manager.post(PAGE, FORM | {"accent": "#5B1A8B"})
    assert saved.status_code == 303
    page = manager.get(saved.headers["location"]).text
    assert "Bewaard." in page
    assert "https://www.example.nl</textarea>" in page
    assert f"&lt;script src=&#34;http://library/static/widget.js&#34; data-library=&#34;{ZWOLLE}&#34; async" in page
    told = door.ask("GET", f"/v1/widgets/{ZWOLLE}", headers={"Origin": SITE}).json()
    assert told["greeting"] == "Dag"
    assert told["position"] == "start"
    assert told["hiddenPaths"] == ["/jeugd/*"]
    assert ":host {" in told["look"]
    assert "--basis-color-action-1-color-default: #5b1a8b;" in told["look"]
    assert told["hours"]


def test_a_language_that_is_not_ticked_is_not_offered(manager, door):  # noqa: F811
    manager.post(PAGE, FORM | {"language_en": "yes", "language_pl": "yes"})
    told = door.ask("GET", f"/v1/widgets/{ZWOLLE}", headers={"Origin": SITE}).json()
    assert [one["code"] for one in told["languages"] if one["offered"]] == ["nl", "en", "pl"]
    page = manager.get(PAGE).text
    assert 'name="language_pl" value="yes" checked' in page
    assert 'name="language_ar" value="yes">' in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"origins": "http://www.example.nl"}, "geen adres van een site"),
        ({"hidden_paths": "jeugd"}, "geen pad"),
        ({"accent": "paars"}, "Dit is geen kleur."),
        ({"accent": "#ffff00"}, "niet goed te lezen"),
        ({"top": "#eeeeee"}, "niet goed te lezen"),
        ({"campaign": "Onze Site"}, "Deze naam kan niet."),
        ({"greeting_en": "a" * 161}, "Deze regel is te lang."),
    ],
)
def test_with_a_fault_nothing_is_kept_and_what_was_typed_stays(manager, door, wrong, said):  # noqa: F811
    answer = manager.post(PAGE, FORM | wrong)
    assert answer.status_code == 400
    assert said in answer.text
    assert "/jeugd" in answer.text or "hidden_paths" in wrong
    assert get_kept(door) == Wishes()


def test_only_a_manager_of_the_library_comes_here(noor, door):  # noqa: F811
    assert noor.get(PAGE).status_code == 403
    add_person(door, "otto@bibliotheek.example", f"manager library:{OMMEN}")
    otto = Colleague(door)
    otto.sign_in("otto@bibliotheek.example")
    assert otto.get("/chat-op-uw-site").headers["location"] == f"/chat-op-uw-site/{OMMEN}"
    assert otto.get(PAGE).status_code == 403
    assert otto.post(PAGE, FORM).status_code == 403
    assert get_kept(door) == Wishes()


def test_who_manages_several_libraries_chooses_one(manager):  # noqa: F811
    page = manager.get("/chat-op-uw-site").text
    assert f'href="{PAGE}"' in page
    assert f'href="/chat-op-uw-site/{OMMEN}"' in page


def test_a_site_may_ask_what_its_library_allows_and_from_the_moment_it_does(manager, door):  # noqa: F811
    assert door.ask("OPTIONS", "/v1/conversations", headers=ASKED).status_code == 403
    manager.post(PAGE, FORM)
    allowed = door.ask("OPTIONS", "/v1/conversations", headers=ASKED)
    assert allowed.status_code == 204
    assert allowed.headers["access-control-allow-origin"] == SITE
    assert "access-control-allow-credentials" not in allowed.headers
    opened = door.ask("POST", "/v1/conversations", json={"library": ZWOLLE}, headers={"Origin": SITE})
    assert opened.status_code == 201
    assert opened.headers["vary"] == "Origin"
    refused = door.ask("POST", "/v1/conversations", json={"library": OMMEN}, headers={"Origin": SITE})
    assert read_problem(refused) == (403, "not_allowed")
    assert read_problem(door.ask("GET", f"/v1/widgets/{OMMEN}", headers={"Origin": SITE})) == (403, "not_allowed")


def test_what_is_no_library_has_no_chat(door):  # noqa: F811
    assert read_problem(door.ask("GET", "/v1/widgets/nowhere")) == (404, "unknown_library")
    assert read_problem(door.ask("POST", "/v1/conversations", json={"library": "nowhere"})) == (404, "unknown_library")


def test_a_conversation_of_another_library_is_counted_there(door):  # noqa: F811
    opened = door.ask("POST", "/v1/conversations", json={"library": OMMEN})
    with door.database.read() as session:
        assert [one.library_id for one in session.query(Visit)] == [OMMEN]
    assert opened.status_code == 201


def test_without_a_database_what_was_known_holds_and_at_the_start_an_emergency_gets_its_text(door, monkeypatch):  # noqa: F811
    embedding = door.app.state.embedding
    with door.database.begin() as session:
        save_wishes(session, ZWOLLE, Wishes(origins=(SITE,)), by="Mira", now=read_clock())
    embedding.forget()
    assert embedding.allows(SITE, ZWOLLE)

    def gone():
        raise DatabaseUnavailable("gone")

    monkeypatch.setattr(door.database, "read", gone)
    embedding.forget()
    assert embedding.allows(SITE, ZWOLLE)
    assert not embedding.allows("https://elsewhere.example", ZWOLLE)
    fresh = type(embedding)(door.database)
    assert fresh.allows(SITE, ZWOLLE)
