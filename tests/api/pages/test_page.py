"""The page with the chat, in a real browser against the real door."""

import pytest
from playwright.sync_api import expect

EMERGENCY = "Ik wil niet meer leven"
PHONE = {"width": 320, "height": 640}
# WCAG 2.2 SC 1.4.10: 1280 by 1024 pixels at 400 %.
ZOOMED = {"width": 320, "height": 256}
# More tries than there ever are, and milliseconds longer than any pause between two of them.
MOST_TRIES = 10
LONGEST_PAUSE = 10_000


def test_a_citizen_can_do_everything_with_the_keyboard(visitor):
    keyboard = visitor.page.keyboard
    keyboard.press("Tab")
    keyboard.press("Enter")  # the link past the top of the page
    keyboard.type("Ik heb een brief")
    keyboard.press("Shift+Enter")
    keyboard.type("van de belasting")
    assert visitor.box.input_value() == "Ik heb een brief\nvan de belasting"
    keyboard.press("Enter")
    expect(visitor.replies).to_have_count(2)
    expect(visitor.box).to_be_focused()
    expect(visitor.box).to_have_value("")
    # Back past "erase" to the last button of the reply.
    keyboard.press("Shift+Tab")
    keyboard.press("Shift+Tab")
    expect(visitor.open_choices.last).to_be_focused()
    keyboard.press("Enter")
    expect(visitor.replies).to_have_count(3)


def test_nothing_is_sent_when_nothing_is_typed(visitor):
    visitor.box.fill("  \n ")
    visitor.box.press("Enter")
    visitor.page.get_by_role("button", name="Verstuur").click()
    assert visitor.page.locator(".citizen, .pending").count() == 0


def test_an_emergency_is_one_red_block_with_numbers_to_press(visitor):
    visitor.say(EMERGENCY)
    block = visitor.last_reply.get_by_role("group", name="Dringend")
    expect(block).to_be_in_viewport()
    links = block.get_by_role("link").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert "tel:113" in links
    assert "tel:112" in links
    red, green, blue = read_colour(block, "border-top-color")
    assert red > 2 * max(green, blue)
    assert visitor.last_reply.locator(".choice, .bubble, .card").count() == 0
    assert visitor.open_choices.count() == 0


def test_an_emergency_is_answered_when_no_conversation_can_be_opened(let_in):
    visitor = let_in()
    visitor.page.route("**/v1/conversations", lambda route: route.fulfill(status=503, json={"code": "unavailable"}))
    visitor.page.goto(visitor.url)
    expect(visitor.page.locator(".trouble")).to_be_visible()
    visitor.say(EMERGENCY)
    expect(visitor.last_reply.get_by_role("link", name="113", exact=True)).to_be_visible()


def test_a_reply_is_spoken_once(visitor):
    visitor.say("hallo")
    words = visitor.last_reply.locator(".bubble").first.inner_text()
    expect(visitor.page.locator("#announcer")).to_contain_text(words)
    # The log has its role, but its changes are not read a second time.
    assert visitor.page.get_by_role("log").get_attribute("aria-live") == "polite"
    assert visitor.last_reply.evaluate("reply => reply.closest('[aria-live]').getAttribute('aria-live')") == "off"


def test_only_the_buttons_of_the_latest_reply_can_be_pressed(visitor):
    first = visitor.open_choices.first
    old = visitor.page.locator("button.choice").first
    visitor.press(first)
    expect(old).to_have_attribute("aria-disabled", "true")
    number = visitor.page.locator(".citizen").count()
    old.click(force=True)
    assert visitor.page.locator(".citizen").count() == number
    assert visitor.last_reply.locator("button.choice:not([aria-disabled=true])").count() > 0


def test_after_a_reload_the_conversation_goes_on_without_the_citizens_words(visitor):
    visitor.say("Hallo daar, zei de giraffe")
    conversation, reply = visitor.kept["id"], visitor.last_reply.inner_text()
    visitor.page.reload()
    expect(visitor.replies).to_have_count(2)
    assert visitor.kept["id"] == conversation
    assert visitor.last_reply.inner_text() == reply
    assert "giraffe" not in visitor.chat
    visitor.say("bedankt")


def test_a_conversation_that_is_gone_begins_anew_and_says_so(visitor):
    visitor.ask_door("DELETE", f"/v1/conversations/{visitor.kept['id']}")
    visitor.say("hallo")
    expect(visitor.page.locator(".note")).to_have_text("Uw vorige gesprek is er niet meer. Dit is een nieuw gesprek.")
    visitor.say("bedankt")
    assert visitor.page.locator(".note").count() == 1


def test_erasing_leaves_nothing_of_the_conversation(visitor):
    visitor.say("Hallo daar, zei de giraffe")
    before = visitor.kept["id"]
    visitor.page.get_by_role("button", name="Wis dit gesprek").click()
    visitor.page.get_by_role("button", name="Nee, ga terug").click()
    assert "giraffe" in visitor.chat
    visitor.page.get_by_role("button", name="Wis dit gesprek").click()
    visitor.page.get_by_role("button", name="Ja, wis alles").click()
    expect(visitor.page.locator(".note")).to_have_text("Dit gesprek is gewist.")
    expect(visitor.replies).to_have_count(1)
    expect(visitor.box).to_be_focused()
    assert "giraffe" not in visitor.chat
    assert visitor.kept["id"] != before
    assert visitor.ask_door("GET", f"/v1/conversations/{before}").status == 404


def test_a_message_is_taken_once_however_often_the_connection_breaks(visitor):
    sent = []

    def break_twice(route):
        sent.append(route.request.post_data_json)
        if len(sent) == 1:
            route.abort()  # never reached the door
        elif len(sent) == 2:
            route.fetch()  # reached the door, and the reply was lost
            route.abort()
        else:
            route.continue_()

    visitor.page.route("**/messages", break_twice)
    visitor.box.fill("hallo")
    visitor.box.press("Enter")
    expect(visitor.page.locator(".trouble")).to_contain_text("Er is geen verbinding.")
    expect(visitor.page.locator(".citizen")).to_contain_text("hallo")
    expect(visitor.replies).to_have_count(2)
    assert len(sent) == 3
    assert len({turn["turnId"] for turn in sent}) == 1
    found = visitor.ask_door("GET", f"/v1/conversations/{visitor.kept['id']}").json()
    assert [reply["turnId"] for reply in found["replies"]].count(sent[0]["turnId"]) == 1


def test_trying_stops_after_a_while_and_goes_on_by_hand(visitor):
    sent = []

    def stay_away(route):
        sent.append(route.request.post_data_json["turnId"])
        route.abort()

    visitor.page.clock.install()
    visitor.page.route("**/messages", stay_away)
    visitor.box.fill("hallo")
    visitor.box.press("Enter")
    again = visitor.page.get_by_role("button", name="Probeer opnieuw")
    for _ in range(MOST_TRIES):
        visitor.page.wait_for_timeout(100)
        visitor.page.clock.run_for(LONGEST_PAUSE)
    expect(again).to_be_visible()
    assert 2 <= len(sent) < MOST_TRIES
    visitor.page.unroute("**/messages")
    with visitor.page.expect_request("**/messages") as last:
        again.click()
    expect(visitor.replies).to_have_count(2)
    assert {*sent, last.value.post_data_json["turnId"]} == {sent[0]}


def test_a_card_shows_its_hours_at_once_and_is_all_that_is_printed(visitor):
    card = visitor.get_card()
    assert card.get_by_role("heading", level=2).inner_text() == card.locator(".card-name").inner_text()
    expect(card.locator(".card-hours")).to_be_in_viewport()
    expect(card.locator(".card-code strong")).not_to_be_empty()
    for call in card.locator("a.call").all():
        assert call.get_attribute("href").startswith("tel:")
    visitor.page.emulate_media(media="print")
    expect(card.locator(".card-name")).to_be_visible()
    for gone in (".bubble", ".choices", "#say", ".intro", ".foot"):
        assert not any(element.is_visible() for element in visitor.page.locator(gone).all()), gone


def test_who_asks_gets_a_card_explained_in_steps_and_words(visitor):
    visitor.get_card()
    explained = visitor.replies.last.locator("details.explained")
    expect(explained.locator("li").first).to_be_hidden()
    explained.get_by_text("Leg uit").focus()
    visitor.page.keyboard.press("Enter")
    expect(explained.get_by_role("listitem").filter(has_text="U belt")).to_be_visible()
    assert explained.locator("dt").count() == explained.locator("dd").count() > 0


def test_whether_it_helped_is_said_in_the_chat_with_one_tap_and_can_be_changed(visitor):
    question = visitor.get_card().get_by_role("region", name="Bent u er geweest? Bent u geholpen?")
    question.get_by_role("button", name="Ja").click()
    expect(question.get_by_role("status")).to_have_text("Dank u wel.")
    expect(question.get_by_role("button", pressed=True)).to_have_text("Ja")
    question.get_by_role("button", name="Nee").click()
    expect(question.get_by_role("button", pressed=True)).to_have_text("Nee")
    with visitor.page.expect_popup() as opened:
        question.get_by_role("link", name="Vertel waarom niet").click()
    expect(opened.value.get_by_role("status")).to_contain_text("Nee")
    expect(opened.value.get_by_role("button", name="Het was dicht of verhuisd")).to_be_visible()
    visitor.page.route("**/helped", lambda route: route.abort())
    question.get_by_role("button", name="Een beetje").click()
    expect(question.get_by_role("status")).to_contain_text("Dat lukte niet.")
    expect(question.get_by_role("button", pressed=True)).to_have_text("Nee")


def test_every_part_has_its_role_and_every_control_a_name_and_room_for_a_thumb(visitor):
    visitor.get_card()
    page = visitor.page
    for role in ("banner", "navigation", "main", "log", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("textbox", name="Uw bericht")).to_be_visible()
    controls = page.locator("button:visible, textarea:visible, nav a:visible, .phones a:visible")
    for control in controls.all():
        place = control.bounding_box()
        assert control.evaluate("one => (one.innerText || one.labels?.[0]?.innerText || '').trim()")
        assert min(place["width"], place["height"]) >= 44, control.inner_text()
    ids = page.locator("[id]").evaluate_all("all => all.map(one => one.id)")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_every_text_stands_out_from_what_is_behind_it(let_in, colours):
    visitor = let_in(color_scheme=colours, reduced_motion="reduce")
    visitor.come_in()
    visitor.get_card()
    visitor.say("De deurwaarder staat morgen voor de deur")
    visitor.say(EMERGENCY)
    visitor.page.route("**/messages", lambda route: route.abort())
    visitor.box.fill("hallo")
    visitor.box.press("Enter")
    expect(visitor.page.locator(".trouble")).to_be_visible()
    texts = visitor.page.evaluate(MEASURE_CONTRAST)
    assert len(texts) > 30
    assert [text for text in texts if text["ratio"] < text["needed"]] == []


@pytest.mark.parametrize("window", [PHONE, ZOOMED])
def test_the_page_fits_a_small_window(let_in, window):
    visitor = let_in(viewport=window, reduced_motion="reduce")
    visitor.come_in()
    visitor.get_card()
    visitor.say("een" + "heellang" * 20 + "woord")
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= window["width"]
    expect(visitor.last_reply.locator("p").first).to_be_in_viewport()
    # Who types sees what they type, and the box leaves at least half of the window to read in.
    visitor.page.keyboard.type("hallo")
    expect(visitor.box).to_be_in_viewport()
    is_sticky = visitor.page.locator("#say").evaluate("form => getComputedStyle(form).position") == "sticky"
    assert not is_sticky or visitor.page.locator("#say").bounding_box()["height"] < window["height"] / 2


def test_the_page_speaks_english(let_in):
    visitor = let_in()
    visitor.come_in()
    visitor.page.get_by_role("link", name="English").click()
    expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
    # The conversation went along.
    expect(visitor.replies).to_have_count(2)
    assert visitor.last_reply.get_attribute("lang") == "en"
    expect(visitor.page.get_by_role("button", name="Send")).to_be_visible()


def test_without_script_the_page_tells_the_way_to_a_person(let_in):
    visitor = let_in(java_script_enabled=False)
    visitor.page.goto(visitor.url)
    expect(visitor.page.locator(".noscript")).to_contain_text("Kom langs bij")
    expect(visitor.page.get_by_role("textbox")).to_have_count(0)


def read_colour(locator, name):
    """Return red, green and blue of a computed colour, 0 to 255."""
    colour = locator.evaluate("(one, name) => getComputedStyle(one).getPropertyValue(name)", name)
    return [int(part) for part in colour.removeprefix("rgb(").removesuffix(")").split(", ")]


# Contrast of each visible text with the nearest background behind it (WCAG 2.2 SC 1.4.3: 4.5, large text 3).
MEASURE_CONTRAST = """() => {
  const read = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const shine = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const findBehind = (element) => {
    for (let one = element; one; one = one.assignedSlot ?? one.parentElement ?? one.getRootNode().host) {
      const colour = read(getComputedStyle(one).backgroundColor);
      if (colour.length === 3) return colour;
      if (colour[3] !== 0) throw new Error(`half transparent: ${one.className}`);
    }
    throw new Error("nothing behind the text");
  };
  const collect = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
    return nodes;
  };
  const measured = [];
  const chat = document.querySelector("om-de-hoek-chat");
  for (const node of [...collect(document.body), ...collect(chat.shadowRoot)]) {
    const element = node.parentElement;
    if (!node.data.trim() || !element.checkVisibility()) continue;
    if (element.closest(".only-read, script, noscript, .skip")) continue;
    const style = getComputedStyle(element);
    const [dark, light] = [shine(read(style.color)), shine(findBehind(element))].sort((a, b) => a - b);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    measured.push({ text: node.data.trim(), ratio: (light + 0.05) / (dark + 0.05), needed: isLarge ? 3 : 4.5 });
  }
  return measured;
}"""
