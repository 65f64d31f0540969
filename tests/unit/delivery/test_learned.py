"""What is learned from examples: wording that stands in none of them, and what holds whatever is asked."""

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest

from konveyer.domain.delivery.rules.features import features, stem
from konveyer.domain.delivery.rules.learned import LABELS, examples, meaning, silence, weights, windows
from tests.hostile import HOSTILE
from tests.unit.delivery.letters import judged

UNSEEN = {
    "opt_out": [
        "Пожалуйста, сотрите мой электронный адрес из всех своих списков.",
        "Нам ваши послания ни к чему, перестаньте их слать.",
        "Kindly strike our office off your mailing records.",
        "I'd prefer not to get any further messages of this sort.",
        "Bitte streichen Sie unsere Firma aus Ihrem Verteiler.",
        "Dobryj den, pozhaluysta bolshe ne pishite mne",
    ],
    "refusal": ["Спасибо, но этим уже занимается наш постоянный подрядчик.", "We have no use for this, our own team does it.", "Kein Bedarf, danke."],
    "later": ["Вернитесь с этим ближе к ноябрю, сейчас всё заморожено.", "Try me again once the second quarter is over."],
    "interested": ["Расскажите подробнее и посчитайте на двадцать рабочих мест.", "Could you show us a demo on Thursday and tell the price?"],
    "human": ["А вы вообще кто и где взяли мой адрес?", "Thanks for the letter."],
}  # fmt: skip


@pytest.mark.shows("S12")
@pytest.mark.parametrize(("verdict", "text"), [(verdict, text) for verdict, texts in UNSEEN.items() for text in texts])  # fmt: skip
def test_wording_never_seen(verdict: str, text: str) -> None:
    assert text not in {one for _, one in examples()}
    assert judged(text).verdict == verdict


@pytest.mark.shows("S12")
def test_an_opt_out_inside_of_a_long_answer() -> None:
    chat = "Спасибо за подробное письмо, читать было приятно. У нас в посёлке зима, снег чистим третий день."
    assert (
        silence(f"{chat}\nНо адрес мой из своих списков сотрите, будьте добры.\n{chat}")
        > 0.45
        > silence(chat)
    )
    assert judged(chat).verdict == "human"


@pytest.mark.shows("S14")
def test_a_notice_of_absence_without_any_mark() -> None:
    text = (
        "Нахожусь в ежегодном оплачиваемом отпуске. Доступа к почте не имею, все вопросы к моему заместителю."
    )
    assert judged(text, subject="Ваше обращение", In_Reply_To="").verdict == "absence"


@pytest.mark.parametrize(
    "text", [HOSTILE, "", " ", "?", "@", "\0", "👍", "a" * 100_000, "\n" * 5000, "нет. " * 5000]
)
def test_anything_can_be_asked(text: str) -> None:
    shares = meaning(text)
    assert tuple(shares) == LABELS
    assert sum(shares.values()) == pytest.approx(1)
    assert 0 <= silence(text) <= 1
    assert len(windows(text)) <= 13


def test_what_carries_over_to_other_wording() -> None:
    assert stem("рассылки") == stem("рассылку") == stem("рассылка")
    assert stem("removed") == stem("removing")
    assert features("Удалите НАС, ещё") == features("удалите нас - еще")
    assert "M-send" in features("Не пишите")
    assert "M-send" not in features("Пишите")
    assert {"Mremove", "Mus"} <= features("delete us") & features("удалите нас") & features("löschen Sie uns")


def learner() -> ModuleType:
    """tools/learn.py as a module."""
    spec = importlib.util.spec_from_file_location("learn", Path(__file__).parents[3] / "tools" / "learn.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_weights_are_those_of_the_examples() -> None:
    """When this fails: `python tools/learn.py`."""
    learn = learner()
    assert learn.TARGET.read_text("utf-8").splitlines()[0] == f"#\t{learn.digest()}"


@pytest.mark.slow
def test_learning_again_gives_the_weights_that_are_kept() -> None:
    assert learner().learn(examples()) == weights()


def test_the_order_of_examples_does_not_matter_nor_one_that_stands_twice() -> None:
    learn = learner()
    some = examples()[::25]
    other = [*some, some[0]]
    random.Random(3).shuffle(other)
    assert learn.learn(some) == learn.learn(other)


def test_every_example_has_a_label_and_a_text() -> None:
    assert {label for label, _ in examples()} == set(LABELS)
    assert all(text.strip() for _, text in examples())
    assert len(examples()) > 2000
