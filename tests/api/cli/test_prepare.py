"""`omdehoek prepare` makes everything ready once, and doing it again changes nothing."""


def test_it_makes_the_first_account_once(omdehoek):
    first, again = omdehoek("prepare"), omdehoek("prepare")
    assert (first.code, again.code) == (0, 0)
    assert "one-time password" in first.out
    assert again.out == ""


def test_a_database_that_is_away_is_one_sentence(omdehoek):
    ended = omdehoek("prepare", OMDEHOEK_DATABASE_URL="postgresql+psycopg://omdehoek@127.0.0.1:1/omdehoek")
    assert ended.code == 1
    assert ended.err.count("\n") == 1
