"""Where the walk stops: every page of the door, filled."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


@dataclass(frozen=True)
class Stop:
    """A page at an address (with names of `Office.records`); `shows` is on it only when it is as it should be.

    `route` is its path in the application, for a page as it opens; `act` is what somebody does there first.
    """

    path: str
    shows: str
    who: str = "staff"
    route: str = ""
    act: Callable[[Page], None] | None = None

    def __str__(self) -> str:
        return f"{self.path} {self.act.__name__ if self.act else ''}".strip()


def visit(route: str, shows: str, *paths: str, who: str = "staff") -> list[Stop]:
    return [Stop(path, shows, who=who, route=route) for path in paths or (route,)]


PAGES = [
    *visit("/chat-op-uw-site/{library_id}", "#snippet", "/chat-op-uw-site/bibliotheek-zwolle-voorbeeld"),
    *visit("/", ".reply", "/", "/?lang=en", "/?lang=ar", who="citizen"),
    *visit(
        "/oefenen/{libraryId}",
        ".offer",
        *(f"/oefenen/bibliotheek-zwolle-voorbeeld?lang={code}&kader={frame}" for code, frame in (("nl", 0), ("en", 1))),
        who="citizen",
    ),
    *visit("/oefenen/{libraryId}/{skill}", ".offer .card", "/oefenen/bibliotheek-zwolle-voorbeeld/taal", who="citizen"),
    *visit("/privacy", ".kept dd", *(f"/privacy?lang={code}" for code in ("nl", "en")), who="citizen"),
    *visit(
        "/zoek",
        ".results .card",
        *(f"/zoek?topic=digid&place=Zwolle&lang={code}" for code in ("nl", "en")),
        who="citizen",
    ),
    *visit(
        "/partner/{serviceId}",
        ".week",
        *(f"/partner/{{service}}?lang={code}" for code in ("nl", "en")),
        who="citizen",
    ),
    *visit(
        "/klopt-niet/{service_id}",
        "#remark",
        *(f"/klopt-niet/{{service}}?lang={code}" for code in ("nl", "en")),
        who="citizen",
    ),
    *visit("/p/{token}", "section form", "/p/{correct}", who="citizen"),
    *visit("/p", "#code", who="citizen"),
    *visit("/p/{key:code}", "#reason", "/p/{code}", "/p/{code}?search=zwolle", who="citizen"),
    *visit("/verwijzing/{key}", "#reason", "/verwijzing/{reply}", who="citizen"),
    *visit("/weekmail/{token}", "main button", "/weekmail/{digest}", who="citizen"),
    *visit(
        "/briefje/{slip_key}",
        ".slip dl",
        *(f"/briefje/{{slip}}?lang={code}&size={size}" for code, size in (("nl", "normal"), ("en", "large"))),
        who="citizen",
    ),
    *visit("/account/sign-in", "#password", who="citizen"),
    *visit("/account", "section li form"),
    *visit("/verbindingen", ".connections .tag"),
    *visit("/account/password", "#old_password"),
    *visit("/account/people", ".rows li + li"),
    *visit("/account/people/{person_id}", ".rows li form", "/account/people/{person}"),
    *visit("/desk", "#q"),
    *visit("/desk/topics/{topic_id}", ".partners button", "/desk/topics/digid", "/desk/topics/mentaal"),
    *visit("/desk/partners/{service_id}", "main .links a", "/desk/partners/{service}"),
    *visit("/desk/registered/{question_id}", "#paper", "/desk/registered/{question}"),
    *visit("/desk/questions/{question_id}", "#resolved", "/desk/questions/{question}"),
    *visit("/desk/day", "td a"),
    *visit(
        "/desk/slips/{referral_id}",
        ".code",
        "/desk/slips/{referral}",
        "/desk/slips/{referral}?language=en&size=large&paper=receipt",
    ),
    *visit("/desk/campagnes", ".code svg", "/desk/campagnes?naam=poster-2026"),
    *visit("/desk/campagnes", "#naam-wrong", "/desk/campagnes?naam=Geen naam!"),
    *visit("/desk/niet-begrepen", ".partners form"),
    *visit("/desk/oefenen", "main form button"),
    *visit("/desk/oefenen/{run_id}", "main h2", "/desk/oefenen/{run}"),
    *visit("/desk/gesprekken", ".rows a"),
    *visit("/desk/gesprekken/{conversation_id}", "#answer", "/desk/gesprekken/{talk}"),
    *visit("/desk/gesprekken/{conversation_id}/verwijs", ".partners button", "/desk/gesprekken/{talk}/verwijs"),
    *visit("/waaier", ".leaf .one", "/waaier?language=nl"),  # in one language: it has every card, and takes a minute
    *visit(
        "/reports",
        ".block tbody tr",
        *(
            f"/reports?by={kind}&against=before"
            for kind in ("month", "topic", "together", "gaps", "flow", "chains", "waits")
        ),
    ),
    *visit("/reports/dossiers", "main form + form"),
    *visit("/reports/milestones", ".block tbody tr"),
    *visit(
        "/reports/dossiers/{kind}",
        ".block tbody tr",
        "/reports/dossiers/taxes?year=2026",
        "/reports/dossiers/provider?for=cjib&year=2026&library=",
    ),
    *visit("/netwerk/{municipality}", ".block", "/netwerk/GM0193"),
    *visit("/redactie", ".rows .tag"),
    *visit("/redactie/nieuw", "#organisatie"),
    *visit("/redactie/nieuw", "#service", "/redactie/nieuw?organisatie=nieuw"),
    *visit("/redactie/dienst/{service_id}", ".check tbody tr", "/redactie/dienst/{service}"),
    *visit("/redactie/dienst/{service_id}/geschiedenis", ".rows button", "/redactie/dienst/{service}/geschiedenis"),
    *visit("/redactie/dienst/{service_id}/dicht", "#start", "/redactie/dienst/{service}/dicht"),
    *visit("/redactie/bestand", "#file"),
    *visit("/redactie/voorstellen", "section form"),
    *visit(
        "/redactie/voorstellen/dienst/{service_id}",
        "[aria-labelledby=decided] li",
        "/redactie/voorstellen/dienst/{service}",
    ),
    *visit("/redactie/nakijken", "textarea"),
    *visit("/redactie/telefoonnummers", ".rows form"),
    *visit("/redactie/teksten", ".rows strong"),
    *visit("/redactie/teksten/{topic}", "section strong", "/redactie/teksten/digid"),
    *visit("/redactie/ontbreekt", ".rows form"),
]
