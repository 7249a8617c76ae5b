"""`omdehoek mask`: JSON Lines in, what the masker makes of them out, in the same order."""

import json

import pytest


def read_rows(ended):
    return [json.loads(line) for line in ended.out.splitlines()]


def test_each_line_is_masked_in_order(omdehoek):
    lines = ['{"text": "mijn bsn is 111222333"}', "", '{"text": "hallo", "style": "kort"}', '{"text": ""}']
    ended = omdehoek("mask", stdin="\n".join(lines).encode())
    assert ended.code == 0
    assert read_rows(ended) == [
        {"masked": "mijn bsn is BSN", "spans": [{"start": 12, "end": 21, "type": "BSN"}]},
        {"masked": "hallo", "spans": []},
        {"masked": "", "spans": []},
    ]


def test_a_file_is_read_as_standard_input_is(omdehoek, tmp_path):
    path = tmp_path / "messages.jsonl"
    path.write_text('{"text": "één brief"}\n', encoding="utf-8-sig")
    assert read_rows(omdehoek("mask", path)) == [{"masked": "één brief", "spans": []}]


def test_nothing_in_is_nothing_out(omdehoek):
    assert omdehoek("mask") == omdehoek("mask", stdin=b"\n\n")
    assert omdehoek("mask").out == ""


def test_half_an_emoji_does_not_stop_it(omdehoek):
    ended = omdehoek("mask", stdin=b'{"text": "hallo \\ud83d"}\n{"text": "dag"}\n')
    assert [row["masked"] for row in read_rows(ended)] == ["hallo \N{REPLACEMENT CHARACTER}", "dag"]


@pytest.mark.parametrize(
    "line",
    [
        b"hallo",
        b'"hallo"',
        b"[]",
        b"null",
        b"5",
        b'{"tekst": "hallo"}',
        b'{"text": null}',
        b'{"text": 5}',
        b'{"text": ["hallo"]}',
        b'{"text": "hallo"',
        b'{"text": "\xff"}',
    ],
)
def test_a_line_that_is_no_message_is_named_and_what_came_before_it_is_done(omdehoek, line):
    ended = omdehoek("mask", stdin=b'{"text": "hallo"}\n' + line + b"\n")
    assert ended.code == 2
    assert [row["masked"] for row in read_rows(ended)] == ["hallo"]
    assert ended.err.startswith("invalid_input: line 2")
    assert ended.err.count("\n") == 1
