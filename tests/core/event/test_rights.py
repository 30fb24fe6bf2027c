import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.event.rights import Deed, Rules, Who, changed, may


@pytest.mark.parametrize(
    ("words", "rules"),
    [
        ("allow spend admins", Rules(spend=Who.ADMINS)),
        ("start requester", Rules(start=Who.REQUESTER)),
        ("制作 管理员", Rules(spend=Who.ADMINS)),
        ("stop everyone", Rules(stop=Who.EVERYONE)),
        ("cap 3", Rules(cap=3)),
        ("每天上限 5 次", Rules(cap=5)),
        ("no cap", Rules()),
        ("dance admins", None),
        ("spend", None),
        ("", None),
    ],
)
def test_choices_in_words(words, rules):
    assert changed(Rules(), words) == rules


@given(st.sampled_from(Who), st.sampled_from(["a", "b"]), st.sampled_from(["", "a"]), st.booleans())
def test_who_may(who, person, requester, admin):
    allowed = may(who, person=person, requester=requester, admin=admin)
    assert allowed == (who is Who.EVERYONE or admin or (who is Who.REQUESTER and person == requester == "a"))


def test_each_deed_has_its_rule():
    rules = Rules(start=Who.ADMINS, spend=Who.REQUESTER)
    assert [rules.of(deed) for deed in Deed] == [Who.ADMINS, Who.REQUESTER, Who.EVERYONE]
