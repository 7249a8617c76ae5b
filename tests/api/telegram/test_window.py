"""An update is confirmed when it is answered, and not before."""

from api.telegram.window import Window


def test_the_offset_waits_for_the_oldest_that_is_unfinished():
    window = Window()
    assert [window.take(number) for number in (5, 6, 7)] == [True] * 3
    window.finish(6)
    assert window.offset == 5
    window.finish(5)
    assert window.offset == 7
    window.finish(7)
    assert window.offset == 8
    assert window.is_empty


def test_what_is_fetched_again_is_not_taken_again():
    window = Window()
    window.take(5)
    window.take(6)
    window.finish(6)
    assert not window.take(5)
    assert not window.take(6)
