"""The pages for staff: their words are all in one folder, and all of them are said."""

import re
from dataclasses import fields

import jinja2
import pytest

from api.account.pages import templates
from api.health.connections import State
from api.inbox.transcript import Speaker
from api.waaier.document import Paper
from api.waaier.making import Language
from api.web.staff_page import Link, format_moment, list_sections, load_staff_words
from referral import errors
from referral.catalogue.plain import measure_plainness
from referral.catalogue.service import LANGUAGES
from referral.catalogue.topics import PARTS
from referral.journal.statuses import Reason, Way
from referral.journal.statuses import Status as Progress
from referral.models.columns import Status
from referral.models.grant import Role, ScopeKind
from referral.models.proposal import Sender
from referral.models.unrecognised import Heard
from referral.models.widget import Position
from referral.network.week import Daypart
from referral.proposals.facts import Field
from referral.quality.findings import Severity
from referral.reports.labels import load_report_words
from referral.reports.service import Totals
from referral.settings import ROOT
from tests.clock import TUESDAY

WORDS = load_staff_words(ROOT / "data")
DOSSIERS = set(load_report_words(ROOT / "data").dossiers)
DOORS = (
    "web",
    "account",
    "desk",
    "editor",
    "health",
    "inbox",
    "network",
    "partner",
    "proposals",
    "reports",
    "waaier",
    "widget",
)
# What is set up or not, and of which the page of connections cannot see whether it works.
SET_UP = ("mail", "telegram", "postcodes", "addresses", "work_account")
# Keys that a page or explain() puts together, with every end that they can have.
MADE = {
    "role_": set(Role),
    "role_what_": set(Role),
    "scope_": set(ScopeKind),
    "scopes_": set(ScopeKind),
    "account_done_": {"password", "sessions"},
    "editor_status_": set(Status) - {Status.ACTIVE},
    "editor_group_": {"service", "contact", "visit", "check"},
    "editor_severity_": set(Severity),
    "editor_done_": {"saved", "checked", "closed", "opened", "ended", "undone"},
    "editor_undo_": {"unknown", "nothing", "newer", "outdated"},
    "editor_file_kind_": {"error", "warning"},
    "network_": set(Daypart),
    "inbox_by_": set(Speaker),
    "inbox_said_": {"pressed", "signal", "referred"},
    "desk_way_": set(Way),
    "desk_sent_": set(Way),
    "day_done_": {"corrected"},
    "reply_status_": set(Progress) - {Progress.ENTERED_IN_ERROR},
    "reply_why_": set(Reason),
    "person_done_": {"granted", "withdrawn", "blocked", "unblocked"},
    "fact_": set(Field),
    "proposals_from_": set(Sender),
    "proposals_done_": {"accepted", "refused"},
    "partner_done_": {"confirmed", "corrected"},
    "phones_done_": {"confirmed", "withdrawn"},
    "texts_": set(LANGUAGES),
    "texts_part_": set(PARTS),
    "texts_done_": {"rewrite", "hide", "restore"},
    "absences_done_": {"confirmed", "withdrawn"},
    "learn_heard_": set(Heard),
    "practice_referred_": {"yes", "no"},
    "waaier_": {*Language, *Paper},
    "figures_": {one.name for one in fields(Totals)},
    "dossiers_": DOSSIERS,
    "dossiers_what_": DOSSIERS,
    "connections_state_": set(State),
    "connections_sink_": {"file", "webhook"},
    "connections_": {
        *(
            f"{part}_{state}"
            for states, parts in {
                "works broken": ("understanding", "referring", "worker", "events"),
                "waits": ("spool", "events", "events_given_up"),
                "set": SET_UP,
                "off": ("events", *SET_UP),
            }.items()
            for part in parts
            for state in states.split()
        ),
        *("understanding", "referring", "worker", "spool", "events", "events_given_up", *SET_UP),
        *("worker_since", "events_since"),
    },
    "widget_greeting_": set(LANGUAGES),
    "widget_position_": set(Position),
    "widget_wrong_": {
        "origins",
        "hidden_paths",
        "accent",
        "top",
        "campaign",
        "faint",
        *(f"greeting_{one}" for one in LANGUAGES),
    },
}
GROUPS = (
    "error_",
    "sign_in_error_",
    "session_error_",
    "lost_error_",
    "oidc_error_",
    "password_error_",
    "proposals_error_",
    "partner_error_",
    "texts_error_",
    "reply_error_",
    "inbox_error_",
)


def list_files(ending):
    return [path for door in DOORS for path in (ROOT / "api" / door).rglob(f"*.{ending}")]


def list_codes(kind=errors.OmDeHoekError):
    return {kind.code} | {code for child in kind.__subclasses__() for code in list_codes(child)}


def list_said():
    """Return the keys that templates and code say by their whole name, and those that are put together."""
    said = {prefix + str(end) for prefix, ends in MADE.items() for end in ends}
    for path in list_files("html"):
        said |= set(re.findall(r"\bwords\.(?!report_)(\w+)", path.read_text(encoding="utf-8")))
    for path in list_files("py"):
        said |= set(re.findall(r'"((?:link|error|editor)_\w+)"', path.read_text(encoding="utf-8")))
    return said


def test_every_word_that_is_said_exists():
    assert list_said() - set(WORDS) == set()


def test_every_word_that_exists_is_said():
    reasons = {f"weak_password_{one}" for one in ("too_short", "too_long", "too_easy", "like_email", "not_new")}
    faults = {group + code for group in GROUPS for code in list_codes() | reasons}
    assert set(WORDS) - list_said() - faults == set()


def test_a_word_stands_in_one_file(tmp_path):
    folder = tmp_path / "texts" / "staff"
    folder.mkdir(parents=True)
    for name in ("account", "desk"):
        (folder / f"{name}.yml").write_text("title: Balie\n", encoding="utf-8")
    with pytest.raises(errors.InvalidContent, match=r"desk\.yml: title"):
        load_staff_words(tmp_path)


def test_the_words_are_plain():
    plainness = measure_plainness(list(WORDS.values()))
    assert plainness.is_plain, plainness


def test_a_word_that_does_not_exist_is_an_error_and_not_a_silence():
    with pytest.raises(jinja2.UndefinedError):
        templates.env.from_string("{{ words.no_such_word }}").render(words=WORDS)


def test_a_moment_is_on_the_clock_on_the_wall():
    assert format_moment(TUESDAY) == "24 november 2026, 10:15"


def test_no_sentence_for_staff_stands_in_code_or_in_a_template():
    for path in list_files("html"):
        bare = re.sub(
            r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|aria-\w+=\"[^\"]*\"",
            " ",
            path.read_text(encoding="utf-8"),
            flags=re.DOTALL,
        )
        assert set(re.findall(r"[A-Za-z]{3,}", bare)) <= {"Hoek", "doctype", "html"}, path.name


LINKS = (
    Link("/desk", "link_desk"),
    Link("/desk/day", "link_day", group="link_desk"),
    Link("/redactie", "link_editor"),
    Link("/account", "link_account"),
    Link("/redactie/teksten", "link_texts", group="link_editor"),
)


@pytest.mark.parametrize(
    ("path", "here"),
    [
        ("/desk", "link_desk"),
        ("/desk/day", "link_desk"),
        ("/desk/topics/digid", "link_desk"),
        ("/redactie/teksten/digid", "link_editor"),
        ("/account", "link_account"),
        ("/accounting", None),
        ("/", None),
    ],
)
def test_pages_that_belong_together_are_one_section_and_the_page_shown_is_in_one(path, here):
    sections = list_sections(LINKS, path)
    assert [[link.word for link in section.links] for section in sections] == [
        ["link_desk", "link_day"],
        ["link_editor", "link_texts"],
        ["link_account"],
    ]
    assert [section.links[0].word for section in sections if section.is_here] == ([here] if here else [])


def test_a_section_of_which_somebody_may_not_see_the_first_page_begins_with_the_next():
    (section,) = list_sections(LINKS[1:2], "/desk/day")
    assert section.links == LINKS[1:2]


def test_nothing_on_a_page_needs_a_weaker_policy():
    for path in list_files("html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=\"/static/)", text), path.name
        assert not re.search(r"(?:src|href|action)=\"https?:", text), path.name
