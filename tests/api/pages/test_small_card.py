"""The referral card on the smallest telephone (320 px wide, WCAG 2.2 SC 1.4.10): nothing cut off, nothing overlaps."""

import pytest

PHONE = {"width": 320, "height": 640}
LONG = "Arbeidsongeschiktheidsverzekeringsmaatschappij-inloopspreekuurmedewerkers"

# Each piece of text that can be seen, with its box; of a link or button the box of the whole.
LIST_TEXTS = """card => {
  const found = [];
  const walker = document.createTreeWalker(card, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const owner = node.parentElement;
    if (!node.textContent.trim() || !owner.checkVisibility() || owner.closest(".only-read")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects()) {
      const { left, right, top, bottom } = box;
      found.push({ text: node.textContent.trim().slice(0, 40), left, right, top, bottom,
                   size: parseFloat(getComputedStyle(owner).fontSize) });
    }
  }
  return found;
}"""


def read_card(visitor):
    return visitor.get_card()


def read_card_with_long_words(visitor):
    """Get a card whose name, words and address are longer than the window and cannot be broken between words."""

    def lengthen(route):
        answer = route.fetch()
        reply = answer.json()
        for card in (message["card"] for message in reply.get("messages", []) if message.get("card")):
            card["name"] = card["organisation"] = card["does"] = LONG
            card["bring"] = card["reasons"] = [LONG]
            card["website"] = f"https://{LONG}.nl/{LONG}"
            for line in card["lines"]:
                line["text"] = LONG
        route.fulfill(response=answer, json=reply)

    visitor.page.route("**/messages", lengthen)
    return visitor.get_card()


@pytest.mark.parametrize("read", [read_card, read_card_with_long_words])
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_a_card_is_whole_on_the_smallest_telephone(let_in, read, language):
    visitor = let_in(viewport=PHONE)
    visitor.come_in("/" if language == "nl" else f"/?lang={language}")
    card = read(visitor)
    box = card.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
    texts = card.evaluate(LIST_TEXTS)
    assert len(texts) > 10
    for one in texts:
        assert box["x"] <= one["left"] < one["right"] <= box["x"] + box["width"], one
        assert one["size"] >= 16, one
    assert find_overlap(texts) is None


def find_overlap(texts):
    """Return two pieces of text that lie over each other; lines may touch, for their boxes hold the room between."""
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            wide = min(one["right"], other["right"]) - max(one["left"], other["left"])
            high = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
            if wide > 1 and high > 0.4 * min(one["bottom"] - one["top"], other["bottom"] - other["top"]):
                return one, other
    return None


def test_text_that_lies_over_other_text_is_found():
    line = {"left": 0, "right": 100, "top": 0, "bottom": 20}
    assert find_overlap([line, line | {"top": 21, "bottom": 41}]) is None
    assert find_overlap([line, line | {"left": 50, "right": 150, "top": 5, "bottom": 25}]) is not None
