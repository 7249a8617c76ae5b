"""An editor at work, and what editors type."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from referral.editing import service
from referral.editing.reach import Reach
from tests.referral.exchange.batches import NOW

IDO = "ido-ommen-voorbeeld"
EVERYWHERE = Reach(is_all=True)
WORDS = st.lists(st.sampled_from("hulp bij brieven ’s avonds é & < \" = -x 'y".split()), min_size=1, max_size=5)
TIMES = st.tuples(st.integers(6, 11), st.integers(12, 22)).map(lambda span: f"{span[0]:02}:00-{span[1]:02}:30")
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "name": WORDS.map(" ".join),
        "description": WORDS.map(" ".join),
        "description_en": WORDS.map(" ".join),
        "how": WORDS.map(" ".join),
        "bring": st.lists(WORDS.map(" ".join), max_size=3).map("; ".join),
        "hours": st.tuples(st.sampled_from(["ma", "di-do", "za"]), TIMES).map(" ".join),
        "cost": st.sampled_from(["gratis", "", "€ 5,00", "naar draagkracht"]),
        "appointment": st.sampled_from(["ja", "nee"]),
        "languages": st.sampled_from(["", "Engels", "Arabisch; Engels"]),
        "status": st.sampled_from(["open", "tijdelijk dicht", "verhuisd"]),
        "changes": st.sampled_from(["", "24-12-2026 gesloten (kerst)", "24-12-2026 t/m 02-01-2027 10:00-13:00"]),
        "street": st.sampled_from(["Voorbeeldbrink 2", "Voorbeeldbrink 4"]),
        "wheelchair": st.sampled_from(["", "ja", "nee"]),
    },
)


def change(form, place=0, **texts):
    """A form with other texts, of the service or of one of its places."""
    of_service = {column: text for column, text in texts.items() if column in form.service}
    places = [dict(one) for one in form.places]
    places[place] |= {column: text for column, text in texts.items() if column not in of_service}
    return replace(form, service={**form.service, **of_service}, places=tuple(places))


class Desk:
    """An editor: opens a form, changes it, saves it. Each save is a minute later than the one before."""

    def __init__(self, database, reference, by="Noor", reach=EVERYWHERE):
        self.database, self.reference, self.by, self.reach = database, reference, by, reach
        self.now = NOW

    def open(self, service_id=IDO):
        with self.database.read() as session:
            return service.get_form(session, service_id, self.reference)

    def save(self, form):
        with self.database.begin() as session:
            return self.write(session, service.read_form(session, form, self.reference))

    def click(self, batch):
        with self.database.begin() as session:
            return self.write(session, batch)

    def write(self, session, batch):
        self.now += timedelta(minutes=1)
        return service.save(session, batch, self.reach, by=self.by, now=self.now)

    def edit(self, service_id=IDO, **texts):
        plan = self.save(change(self.open(service_id), **texts))
        assert not plan.is_refused, plan.problems
        return plan

    def list_history(self, service_id=IDO):
        with self.database.read() as session:
            return service.list_history(session, service_id)

    def undo(self, entry, service_id=IDO):
        self.now += timedelta(minutes=1)
        with self.database.begin() as session:
            service.undo(session, service_id, entry.id, self.reach, by=self.by, now=self.now)
