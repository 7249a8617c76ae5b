"""Somebody who has a keyboard and no mouse, and has to see where the focus is."""

from playwright.sync_api import expect

# More presses than there are stops on any page.
MOST_PRESSES = 400
# Parts of a field for a date: day, month, year and the button of the calendar.
STOPS_OF_A_DATE = 4
# CSS pixels; WCAG 2.2 SC 2.4.13 asks for two.
THINNEST_RING = 2
# WCAG 2.2 SC 1.4.11.
LEAST_CONTRAST = 3
LIST_TABBABLE = """() => {
  const isTabbable = one => one.tabIndex >= 0 && !one.disabled && one.checkVisibility({ visibilityProperty: true });
  const isReached = one => one.type !== "radio" || one.checked;  // of a group, arrow keys reach the others
  const list = root => [...root.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]"),
    ...[...root.querySelectorAll("*")].flatMap(one => one.shadowRoot ? list(one.shadowRoot) : [])];
  window.tabbable = list(document).filter(one => isTabbable(one) && isReached(one));
  return window.tabbable.map(one => one.outerHTML.slice(0, 120));
}"""
# What has the focus: its number in `window.tabbable`, its ring, and whether anything of it can be seen (SC 2.4.11).
# A live page may have put another in its place meanwhile, which has the same id.
READ_FOCUS = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one || one === document.body) return null;
  const { Color, getContrast } = axe.commons.color;
  const read = text => { const colour = new Color(); colour.parseString(text); return colour; };
  const style = getComputedStyle(one);
  const getAround = inner => inner.parentElement ?? inner.getRootNode().host ?? null;
  let behind = getAround(one);
  while (behind && read(getComputedStyle(behind).backgroundColor).alpha === 0) behind = getAround(behind);
  const ground = read(behind ? getComputedStyle(behind).backgroundColor : "rgb(255, 255, 255)");
  const box = one.getBoundingClientRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const points = [[box.left, box.right], [box.left, box.left + 16], [box.right - 16, box.right]].map(([from, to]) =>
    [middle(from, to, innerWidth), middle(box.top, box.bottom, innerHeight)]);
  return {
    number: (window.tabbable ?? []).findIndex(other => other === one || (one.id && other.id === one.id)),
    what: one.outerHTML.slice(0, 120),
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    contrast: getContrast(ground, read(style.outlineColor)),
    isSeen: points.some(([x, y]) => one.contains(one.getRootNode().elementFromPoint(x, y))),
  };
}"""


class Hands:
    """`page` is Playwright's; axe is loaded in it."""

    def __init__(self, page):
        self.page = page

    def press(self, key):
        self.page.keyboard.press(key)

    def type(self, text):
        self.page.keyboard.type(text)

    def tab(self):
        """Press Tab; return what has the focus now (`None`: the page as a whole), and what is wrong with that."""
        self.press("Tab")
        focus = self.page.evaluate(READ_FOCUS)
        if focus is None:
            return None, []
        wrong = []
        if focus["ring"] < THINNEST_RING or focus["contrast"] < LEAST_CONTRAST:
            wrong.append(f"no ring to be seen: {focus}")
        if not focus["isSeen"]:
            wrong.append(f"out of sight: {focus}")
        return focus, wrong

    def walk(self):
        """Tab through the whole page; return all that is wrong."""
        stops = self.page.evaluate(LIST_TABBABLE)
        dates = self.page.locator("input[type=date]").count()
        missed, found = set(range(len(stops))), []
        for _ in range(len(stops) + dates * STOPS_OF_A_DATE + 2):
            focus, wrong = self.tab()
            found += wrong
            missed.discard(focus and focus["number"])
        return found + [f"never reached: {stops[number]}" for number in sorted(missed)]

    def go_to(self, target):
        """Press Tab until a locator has the focus."""
        expect(target).to_be_visible()
        for _ in range(MOST_PRESSES):
            if target.evaluate("one => one === one.getRootNode().activeElement"):
                return
            _, wrong = self.tab()
            assert wrong == []
        raise AssertionError(f"the Tab key does not reach {target}")

    def use(self, target):
        """Go to a link or button and press Enter."""
        self.go_to(target)
        self.press("Enter")
