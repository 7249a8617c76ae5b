"""The door as a process, without Rasa, with a colleague who may do everything and a record for every page."""

import re
from html import unescape

import httpx
from joserfc.jwk import OctKey

from referral.db import Database
from referral.models.conversation import Conversation
from referral.models.referral import Referral
from referral.proposals.links import Use, make_token
from tests.api.account.colleague import Colleague, add_person, read_hidden, read_target
from tests.api.desk.test_learn import keep
from tests.api.desk.test_visit import register
from tests.api.editor.conftest import change, read_form
from tests.api.reports.lives import live
from tests.citizen import Citizen
from tests.processes import START_AT, Assistant

KEY = "a key that is long enough for HS256"
LIBRARY = "bibliotheek-zwolle-voorbeeld"
SERVICE = "ido-zwolle-centrum-voorbeeld"
NOOR = "noor@bibliotheek.example"
BAS = "bas@bibliotheek.example"
GRANTS = (
    f"staff library:{LIBRARY}",
    f"editor library:{LIBRARY}",
    "editor country",
    "analyst country",
    "manager country",
)
REPORT = f"/klopt-niet/{SERVICE}"


def make_link(subject, use):
    return make_token(OctKey.import_key(KEY), subject, now=START_AT, days=30, use=use)


class Office(Assistant):
    """`records` are the ids that addresses of pages name."""

    def __init__(self, folder):
        limits = ("SIGN_INS_PER_MINUTE", "REPORTS_PER_HOUR", "READS_PER_MINUTE")
        super().__init__(
            folder,
            OMDEHOEK_LINK_KEY=KEY,
            OMDEHOEK_LIVE_PERSON="true",
            **{f"OMDEHOEK_{name}": "100000" for name in limits},
        )
        self.database = Database(self.database_url)
        self.records = {
            "service": SERVICE,
            "correct": make_link(LIBRARY, Use.CORRECT),
            "digest": make_link(LIBRARY, Use.DIGEST),
        }

    def ask(self, method, path, **request):
        """Send a request as `tests.api.door.Door` does."""
        return httpx.request(method, self.url + path, timeout=30, **request)

    def open(self):
        """Come up, and let a colleague and a citizen do what leaves something on each page."""
        self.prepare()
        add_person(self, NOOR, *GRANTS)
        self.records["person"] = add_person(self, BAS, f"staff library:{LIBRARY}")
        self.start("api")
        noor = Colleague(self)
        noor.sign_in(NOOR)
        self._work_at_the_desk(noor)
        self._practise(noor)
        self._talk(noor)
        self._edit(noor)
        self._propose(noor, Colleague(self))
        live(self.database, START_AT)

    def _work_at_the_desk(self, noor):
        path = register(noor, "schulden", refer=True)
        self.records["question"] = path.rpartition("/")[2]
        page = noor.get(path).text
        self.records["referral"] = re.search(r'action="/desk/slips/([^"]+)"', page)[1]
        self.records["visit"] = re.search(r"/desk\?visit=([^\"]+)", page)[1]
        with self.database.read() as session:
            referral = session.get_one(Referral, self.records["referral"])
            self.records |= {"code": referral.code, "slip": referral.slip_key}
        self.records["reply"] = make_link(self.records["referral"], Use.REPLY)
        register(noor, "digid")
        register(noor, "mentaal")
        keep(self)

    def _practise(self, noor):
        page = "/desk/oefenen"
        visitor = re.search(r'name="visitor" value="([^"]+)"', noor.get(page).text)[1]
        noor.post(page, {"visitor": visitor})
        self.records["run"] = read_target(noor.post(f"{page}/end")).rpartition("/")[2]

    def _talk(self, noor):
        noor.get("/desk/gesprekken")
        citizen = Citizen(self.url, place="Zwolle")
        citizen.press("Overheid en DigiD")
        citizen.press("Een mens spreken")
        citizen.close()
        self.records["talk"] = citizen.conversation_id
        with self.database.begin() as session:
            session.get_one(Conversation, citizen.conversation_id).topic = "huurtoeslag"
        noor.post(f"/desk/gesprekken/{citizen.conversation_id}/neem")

    def _edit(self, noor):
        page = f"/redactie/dienst/{SERVICE}"
        noor.post(page, change(read_form(noor.get(page)), place__0__hours="di 9-11"))
        for act, number in (("hide", 0), ("rewrite", 1)):
            page = "/redactie/teksten/digid"
            parts = [value for name, value in read_hidden(noor.get(page).text) if name == "part"]
            paragraphs = [value for name, value in read_hidden(noor.get(page).text) if name == "paragraph"]
            place = {"part": parts[number], "paragraph": paragraphs[number]}
            noor.post(page, {**place, "act": act, "text_nl": "Kom langs.", "text_en": "Come in."})
        noor.post("/redactie/ontbreekt", {"municipality": "GM0193", "kind": "huurteam", "act": "confirm"})

    def _propose(self, noor, citizen):
        keys = re.findall(r'<option value="([^"]+)"', citizen.get(REPORT).text)
        for key in keys[:3]:
            citizen.post(REPORT, {"fact": unescape(key), "value": "di 9-11.15", "remark": "Dat hangt op de deur."})
        page = "/redactie/voorstellen"
        refused = re.search(rf'action="({page}/[^"]+)"', noor.get(page).text)[1]
        noor.post(refused, {"act": "refuse", "reason": "Dat klopt niet."})

    def stop(self):
        super().stop()
        self.database.dispose()
