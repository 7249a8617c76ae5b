"""The report says what was measured, in tables and in charts."""

import re

from benchmarks import charts, sections
from benchmarks.figures import Judgement, calibrate, trade
from benchmarks.peers import judge
from referral.catalogue.service import OUT_OF_SCOPE


def make(topic, said, confidence=0.9, *, text="wat moet ik met die brief", style="kort", ranking=()):
    return Judgement(text, topic, style, said, confidence, tuple(ranking), 0.5)


RIGHT, WRONG = make("huurtoeslag", "huurtoeslag"), make("digid", "boete", 0.3, style="verhaal")
DOMAINS = {"huurtoeslag": "belasting_toeslagen", "digid": "digitale_overheid"}


def read_rows(report):
    """Return the cells of every row of the tables in a report, by the first cell."""
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in report.splitlines() if line[:1] == "|"]
    return {row[0].strip(): row[1:] for row in rows}


def test_topics_are_told_as_a_whole_by_style_and_by_domain(tmp_path):
    rows = read_rows(sections.write_topics([RIGHT, RIGHT, WRONG], DOMAINS, tmp_path, with_messages=True))
    assert rows["right"] == ["66.7% (2/3)", "≥ 95%"]
    assert (rows["kort"], rows["verhaal"]) == (["100.0% (2/2)"], ["0.0% (0/1)"])
    assert rows["digitale_overheid"] == ["0.0% (0/1)"]
    assert rows["digid"] == ["boete", "1", "wat moet ik met die brief"]
    assert (tmp_path / "styles.svg").read_text(encoding="utf-8").count("<svg") == 1


def test_messages_stay_out_of_a_report_that_is_published(tmp_path):
    report = sections.write_topics([WRONG], DOMAINS, tmp_path, with_messages=False)
    assert read_rows(report)["digid"][:2] == ["boete", "1"]
    assert WRONG.text not in report


def test_a_bar_in_a_message_does_not_break_the_table(tmp_path):
    report = sections.write_topics([make("digid", "boete", text="a | b")], DOMAINS, tmp_path, with_messages=True)
    assert r"a \| b" in report


def test_a_long_message_is_cut():
    assert sections.shorten("a" * 140) == "a" * 140
    assert sections.shorten("a" * 141) == "a" * 139 + "…"


def test_asking_is_told_at_the_threshold_that_is_set(tmp_path):
    report = sections.write_confidence([RIGHT, WRONG], 0.5, 0.05, tmp_path)
    assert "50.0% (1/2) get a question back; of those answered 100.0% (1/1) are right" in report
    assert read_rows(report)["0.1"] == ["0.0% (0/2)", "50.0% (1/2)"]
    assert {path.name for path in tmp_path.iterdir()} == {"calibration.svg", "asking.svg"}


def test_scope_counts_what_is_recognised_and_what_is_refused():
    oos = [{"topic": OUT_OF_SCOPE}, {"topic": "digid"}]
    rows = read_rows(sections.write_scope(oos, [RIGHT, make("digid", OUT_OF_SCOPE)]))
    assert rows["out of scope, recognised"][0] == rows["real questions, refused"][0] == "50.0% (1/2)"
    assert "recognised" not in sections.write_scope(None, [RIGHT])


def test_emergencies_and_near_misses_are_counted_apart():
    rows = read_rows(sections.write_urgency([{"p0": True}], [{"p0": False}, {"p0": True}], lambda row: row["p0"]))
    assert [row[0] for row in list(rows.values())[-2:]] == ["100.0% (1/1)", "50.0% (1/2)"]


def test_a_place_that_nobody_named_is_invented():
    rows = read_rows(
        sections.write_places([{"place": None}, {"place": "Zwolle"}], [{"place": "Best"}, {"place": "Zwolle"}])
    )
    assert (rows["right"][0], rows["invented"][0]) == ("50.0% (1/2)", "50.0% (1/2)")


def test_a_span_counts_only_when_it_is_exactly_right():
    meant = [{"spans": [{"start": 0, "end": 9, "type": "BSN"}, {"start": 20, "end": 25, "type": "NAME"}]}]
    said = [{"spans": [{"start": 0, "end": 9, "type": "BSN"}, {"start": 20, "end": 24, "type": "NAME"}]}]
    rows = read_rows(sections.write_masking(meant, said))
    assert [row[0] for row in list(rows.values())[-3:]] == ["100.0% (1/1)", "0.0% (0/1)", "50.0% (1/2)"]


def test_peers_stand_side_by_side_by_style():
    report = sections.write_peers({"ours": [RIGHT, make("digid", "digid", style="verhaal")], "theirs": [RIGHT, WRONG]})
    rows = read_rows(report)
    assert rows["ours"] == ["100.0% (2/2)", "100.0% (2/2)", "100%", "100%"]
    assert rows["theirs"] == ["50.0% (1/2)", "50.0% (1/2)", "100%", "0%"]


def test_what_a_peer_says_beside_the_topics_is_out_of_scope():
    row = {"text": "hoi", "topic": "digid"}
    ranked = [["greet", 0.6], ["digid", 0.3], ["boete", 0.05], ["belasting", 0.02]]
    judged = judge([row], [ranked])[0]
    assert (judged.said, judged.confidence) == (OUT_OF_SCOPE, 0.6)
    assert judged.ranking[:2] == ("digid", "boete")
    assert round(judged.margin, 2) == 0.25


def test_a_chart_is_the_same_each_time(tmp_path):
    bins, trades = calibrate([RIGHT, WRONG]), [trade([RIGHT, WRONG], step) for step in (0.0, 0.5)]
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        charts.draw_bars({"kort": 1.0, "verhaal": 0.5}, 0.9, folder / "bars.svg")
        charts.draw_calibration(bins, folder / "calibration.svg")
        charts.draw_trade(trades, trades[1], 0.97, folder / "trade.svg")
        charts.draw_growth({"plain": {300: 1.0, 3000: 2.0}}, 5.0, folder / "growth.svg")
    for path in (tmp_path / "one").iterdir():
        drawn = path.read_text(encoding="utf-8")
        assert drawn == (tmp_path / "two" / path.name).read_text(encoding="utf-8"), path.name
        assert len(re.findall(r"<path", drawn)) > 5, path.name
