"""Messages of Telegram: their limits, and that nothing becomes markup."""

from hypothesis import given
from hypothesis import strategies as st

from api.chat.schemas import ButtonView, MessageView, Reply
from api.telegram.render import MAX_TEXT, measure, render_reply, split_text
from api.web.words import load_words
from referral.settings import ROOT

WORDS = load_words(ROOT / "data")
TEXTS = st.text(st.sampled_from("ab \n&<é😀"), max_size=9000)


@given(TEXTS)
def test_every_piece_fits_and_nothing_is_lost(text):
    pieces = split_text(text)
    assert all(measure(piece) <= MAX_TEXT for piece in pieces)
    assert "".join(pieces).replace(" ", "").replace("\n", "") == text.replace(" ", "").replace("\n", "")


@given(st.text(min_size=1, max_size=200))
def test_nothing_that_is_said_becomes_markup(said):
    reply = Reply(
        conversation_id="c",
        turn_id="t",
        language="nl",
        messages=[MessageView(text=said, items=[said])],
        buttons=[ButtonView(id="x" * 36, label=said)],
    )
    [part] = render_reply(reply, WORDS)
    assert "<" not in part.text
    assert all(len((key.data or "").encode()) <= 64 for row in part.keys for key in row)
