"""Runs axe-core, Deque's checks of WCAG, in a page (https://github.com/dequelabs/axe-core)."""

from tests.npm import get_installed

# Levels A and AA of WCAG 2.0, 2.1 and 2.2, and what axe holds to be good practice beside them.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
# What axe does not check unless it is asked for by name: SC 1.3.1, 1.3.4, 2.4.3 and 2.5.3.
BY_NAME = (
    "css-orientation-lock",
    "focus-order-semantics",
    "label-content-name-mismatch",
    "p-as-heading",
    "table-fake-caption",
    "td-has-header",
)
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {rule: {"enabled": True} for rule in BY_NAME}}
COLOURS = {"runOnly": {"type": "rule", "values": ("color-contrast", "link-in-text-block")}}
RUN = """async options => {
  const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes.map(one => `${one.target.join(" ")}: ${one.failureSummary}`)]);
}"""


def put_axe_in(context):
    """Load axe into every page of a browser context, past the policy for scripts."""
    context.add_init_script(path=get_installed("axe-core/axe.min.js"))


def find_violations(page, options=EVERYTHING):
    """Return (rule, [where and why]) of each rule of axe that a page breaks."""
    return page.evaluate(RUN, options)
