import threading

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewer.checks import run
from reviewer.checks.leftovers import search, vocabulary
from reviewer.checks.untranslated import CHECK
from reviewer.model import Severity, Side, Span
from tests.checks.pairs import context, pair


def find(source, target, languages="en-fr", **more):
    """Return (text, variant) of what is found in a target."""
    around = context(*languages.split("-"), **more)
    one = pair(source, target)
    return [(f.words[0], f.variant) for f in run([one], around, [CHECK])]


@pytest.mark.parametrize(
    ("languages", "source", "target", "found"),
    [
        ("id-fr", "Menteri luar negeri tiba.", "Le menteri luar negeri est arrivé.",
         ("menteri luar negeri", "source")),
        ("id-fr", "Foto: warga sekitar", "Photo : warga sekitar", ("warga sekitar", "source")),
        ("en-id", "The committee rejected the proposal.", "Komite itu menolak the proposal.",
         ("the proposal", "source")),
        ("de-en", "Das Krankenhaus wurde geschlossen.", "The Krankenhaus was closed.",
         ("Krankenhaus", "source")),
        ("fr-en", "Les ouvriers ont repris le travail.", "The ouvriers went back to work.",
         ("ouvriers", "source")),
        ("pl-en", "Most zawalił się wczoraj.", "The bridge zawalił się yesterday.",
         ("zawalił się", "source")),
        ("ru-en", "Завод был закрыт.", "The завод was closed.", ("завод", "source")),
        ("zh-en", "工厂被关闭了。", "The 工厂 was closed.", ("工厂", "source")),
        ("en-zh", "The factory was closed.", "该factory被关闭。", ("factory", "source")),
        ("en-ja", "The factory was closed.", "そのfactoryは閉鎖された。", ("factory", "source")),
        ("en-ru", "The factory was closed.", "Завод was closed.", ("was closed", "source")),
        ("en-kk", "The president arrived.", "Президент кеше arrived.", ("arrived", "source")),
        ("zh-ja", "我们明天去东京。", "我们明天去东京。", ("我们明天去东京", "source")),
        ("en-fr", "Look at the house.", "Regardez la maison auf dem Hügel.",
         ("auf dem Hügel", "third")),
        ("en-fr", "It is a large number.", "C'est une 数字 élevée.", ("数字", "script")),
        ("en-fr", "The bridge collapsed.", "Die Brücke ist eingestürzt.",
         ("Die Brücke ist eingestürzt", "segment")),
        ("en-es", "Share this article now", "Share this article now",
         ("Share this article now", "segment")),
    ],
)  # fmt: skip
def test_what_was_left_is_found(languages, source, target, found):
    assert find(source, target, languages) == [found]


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("id-fr", "Kata Mukhamedzhan Talasov (CSTO).", "A dit Mukhamedzhan Talasov (CSTO)."),
        ("en-fr", "He lives at 221B Baker Street.", "Il habite au 221B Baker Street."),
        ("en-de", "See ISBN 978-3-16 and the Il-76.", "Siehe ISBN 978-3-16 und die Il-76."),
        ("de-en", "Ursula von der Leyen sprach.", "Ursula von der Leyen spoke."),
        ("de-en", "Der Bundestag verabschiedete es.", "The Bundestag passed it."),
        ("en-id", "Click File and choose PDF.", "Klik File lalu pilih PDF."),
        ("en-es", "The band played “Let It Be”.", "La banda tocó «Let It Be»."),
        ("en-ru", "She reads “Il nome della rosa” now.", "Она читает «Il nome della rosa»."),
        ("fr-en", "Les hommes préfèrent le vin.", "Men prefer wine, de facto and ad hoc."),
        ("en-fr", "Panthera tigris sumatrae was seen.", "Panthera tigris sumatrae a été vu."),
        ("en-fr", "Call get_name() --force {count} %s.", "Appelez get_name() --force {count} %s."),
        ("en-ja", "Write to me@example.org.", "me@example.orgまでご連絡ください。"),
        ("en-zh", "Use HTTP/2 with OpenSSL.", "将HTTP/2与OpenSSL一起使用。"),
        ("en-hi", "The WHO and UNICEF agreed.", "WHO और UNICEF सहमत हुए।"),
        ("en-kk", "The president arrived.", "Президент Алматыға келді."),
        ("en-fr", "ANNUAL REPORT", "RAPPORT ANNUEL"),
        ("en-fr", "The α-particle", "La particule α"),
        ("es-pt", "La casa es grande y redonda.", "A casa é grande e redonda."),
        ("zh-en", "张伟住在北京。", "Zhang Wei (张伟) lives in Beijing."),
        ("en-fr", "Menu", "Menu"),
        ("en-fr", "Photo: Reuters", "Photo : Reuters"),
        ("en-de", "", ""),
        ("en-de", "12 %", "12 %"),
    ],
)
def test_what_is_no_leftover_is_left_alone(languages, source, target):
    assert find(source, target, languages) == []


@pytest.mark.parametrize(
    ("languages", "source", "target", "sure"),
    [
        ("en-ru", "The gateway is closed.", "Теперь gateway закрыт.", True),
        ("en-ru", "The gateway is closed.", "Теперь шлюз (gateway) закрыт.", False),
        ("en-ru", "The gateway (a gate) is closed.", "Шлюз (a gate) закрыт.", True),
        ("en-ru", "The mount points are closed.", "Теперь mount points закрыты.", True),
        ("en-ru", "See the mount-points package.", "Смотрите пакет mount-points тут.", False),
        ("en-ru", "Run copy -r to save.", "Запустите copy -r для этого.", False),
        ("en-ru", "Names begin with budget_ there.", "Имена начинаются с budget_ там.", False),
        ("ar-de", "هذه جمعية قديمة.", "Der Titel „The Talking Bridge“ blieb so.", False),
        ("ar-de", "هذه جمعية قديمة.", "Der Titel „the talking bridge“ blieb so.", True),
        ("en-fa", "You would type man 2 read there.", "شما آنجا می‌نویسید man 2 read و بعد", False),
        ("en-ja", "Starting it: Wine", "その起動、Wine", False),
        ("en-ru", "It is there (budget).", "Он там есть (budget).", False),
        ("en-th", "Press enter to go on.", "โปรดกด Enter เพื่อดำเนินการต่อ", False),
        ("ar-de", "هذه جمعية قديمة.", "Der Titel „The Bridge of Winter“ blieb.", False),
        ("en-hu", "The dust settled.", "A por ülepedett meg az arca redőibe.", False),
    ],
)
def test_what_is_kept_on_purpose_is_less_sure(languages, source, target, sure):
    around = context(*languages.split("-"))
    found = run([pair(source, target)], around, [CHECK])
    assert found
    assert all((finding.confidence > 0.6) is sure for finding in found), found


@pytest.mark.parametrize(
    ("languages", "source", "target"),
    [
        ("en-ru", "Start lvm2-activation now.", "Запустите lvm2-activation сейчас."),
        ("en-ru", "See the lost+found folder.", "Смотрите папку lost+found тут."),
        ("en-ru", "In dists/main/current/images there.", "В dists/main/current/images там."),
        ("en-el", "Save it as example.txt.", "Αποθηκεύστε το ως παράδειγμα.txt."),
        ("en-ko", "Rename it to .example.txt now.", "이름을 .example.txt 로 바꾸세요."),
        ("en-th", "Suffixes (1st -> 1^st)", "ส่วนต่อท้าย (1st -> 1^st)"),
        ("en-fr", "It is a .tar.gz archive.", "C'est une archive .tar.gz ici."),
    ],
)
def test_code_is_no_leftover(languages, source, target):
    assert find(source, target, languages) == []


def test_a_segment_with_words_of_its_own_script_is_not_foreign_as_a_whole():
    source = "Commands budget, table and window"
    assert find(source, "Команды budget, table и window", "en-ru") == [
        ("budget, table и window", "source")
    ]


def test_the_finding_says_where_it_stands_on_both_sides():
    one = pair("Pasukan Rusia tiba.", ("Une phrase.", "Les pasukan rusia sont là."))
    (finding,) = run([one], context("id", "fr"), [CHECK])
    start = one.target_text.index("pasukan")
    assert finding.spans == (Span(Side.TARGET, start, start + 13), Span(Side.SOURCE, 0, 13))
    assert one.in_segment(finding.spans[0]) == (1, 4, 17)
    assert finding.words == ("pasukan rusia", "Indonesian")
    assert finding.severity is Severity.MAJOR
    assert 0.5 < finding.confidence <= 1


def test_what_the_document_calls_it_elsewhere_is_suggested():
    # What stands there is no rendering, whatever other pairs have.
    renderings = {"pasukan rusia": ("Pasukan rusia", "forces russes")}
    around = context("id", "fr", renderings=renderings)
    (finding,) = run([pair("pasukan rusia", "pasukan rusia")], around, [CHECK])
    assert finding.suggestions == ("forces russes",)


@pytest.mark.parametrize(
    ("languages", "target", "expected", "language"),
    [
        ("en-ja", "昨日我们去了東京へ行きました。", "昨日我们去了東京", "Chinese"),
        ("en-ja", "工場は昨日們閉鎖されました。", "工場", None),
        ("en-zh-CN", "工厂昨天關閉了，工人们回家了。", "關閉", "Traditional Chinese"),
        ("en-zh", "工厂昨天關閉了，工人们都回家过节。", "關閉", "Traditional Chinese"),
        ("en-zh-TW", "工廠昨天关闭了，工人們都回家。", "关闭", "Simplified Chinese"),
        ("en-zh-Hant", "工廠昨天關閉了。", "", None),
        ("en-zh", "工廠昨天關閉了，工人們都回家過節。", "", None),
        ("en-zh-CN", "工厂昨天気分关闭了。", "気", "Japanese"),
        ("ja-zh-CN", "工厂はきのう关闭了。", "はきのう", "Japanese"),
        ("zh-TW-zh-CN", "工厂昨天關閉了。", "關閉", "Traditional Chinese"),
        ("zh-Hans-zh-Hant", "工廠昨天关闭了，見 OpenSSL。", "关闭", "Simplified Chinese"),
    ],
)
def test_ideographs_of_another_language_are_found(languages, target, expected, language):
    cut = languages.index("-zh") if languages.startswith("zh") else languages.index("-")
    around = context(languages[:cut], languages[cut + 1 :])
    found = run([pair("The factory was closed yesterday.", target)], around, [CHECK])
    if language is None:
        assert all(finding.words[0] != expected or not expected for finding in found)
        assert not found or expected
    else:
        assert [finding.words for finding in found] == [(expected, language)]


@pytest.mark.parametrize("accepted", [{"nasi", "goreng"}, {"nasi goreng"}])
def test_accepted_words_and_phrases_are_no_leftovers(accepted):
    source, target = "Saya makan nasi goreng.", "Je mange du nasi goreng."
    assert find(source, target, "id-fr") == [("nasi goreng", "source")]
    assert find(source, target, "id-fr", accepted=frozenset(accepted)) == []


def test_what_is_left_in_the_sources_way_of_writing_is_the_sources():
    around = context("zh-TW", "zh-CN")
    (finding,) = run([pair("工廠昨天關閉了。", "工厂昨天關閉了。")], around, [CHECK])
    assert finding.variant == "source"
    assert run([pair("工廠 OpenSSL", "工厂 OpenSSL")], around, [CHECK]) == []
    assert (
        run([pair("工廠昨天關閉了。", "工厂昨天關閉了。")], context("zh", "zh-CN"), [CHECK]) == []
    )


def test_what_was_foreign_in_the_source_already_is_told_in_its_own_language():
    source = "The other windows are explained in Kapitel 5."
    one = pair(source, source.replace("Kapitel", "chapitre"))
    assert [f.words[1] for f in run([one], context("de", "fr"), [CHECK])] == ["English"]


def test_a_language_is_not_left_in_itself():
    colours = pair("The colour is grey.", "The color is gray.")
    assert run([colours], context("en-GB", "en-US"), [CHECK]) == []


def test_a_target_without_a_source_is_looked_at_too():
    assert find("", "Le ministre est arrivé and then he went home.") == [
        ("and then he went home", "source")
    ]


def test_many_pairs_are_found_as_one_by_one():
    texts = [
        ("Pasukan tiba.", "Les pasukan tiba."),
        ("Ya.", "Oui."),
        ("Ia datang hari ini.", "Il est venu hari ini."),
    ] * 120
    pairs = [pair(source, target, number) for number, (source, target) in enumerate(texts)]
    around = context("id", "fr")
    together = run(pairs, around, [CHECK])
    assert together == [f for one in pairs for f in run([one], around, [CHECK])]
    assert {finding.pair % 3 for finding in together} == {0, 2}


MIXED = """
la maison du comité a été vendue hier par Jean Dupont à l'étranger BBC porte-parole
the committee sold house yesterday Winston Smith Big budget proposal of the Reuters
auf dem Hügel das Krankenhaus Bürger il governo zprávy část город 1984 (neue) warga"""
SIDES = st.lists(st.sampled_from(MIXED.split()), max_size=14).map(" ".join)


@given(st.lists(st.tuples(SIDES, SIDES), min_size=1, max_size=40), st.sampled_from(["fr", "ru"]))
@settings(max_examples=40, deadline=None)
def test_what_a_look_at_the_words_passes_over_holds_nothing(texts, target):
    pairs = [pair(source or "-", text, number) for number, (source, text) in enumerate(texts)]
    around = context("en", target)
    found = run(pairs, around, [CHECK])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "suspects", lambda _tokens, count, *_: np.ones(count, np.bool_))
        assert run(pairs, around, [CHECK]) == found


TEXTS = st.text(
    st.sampled_from("aàbÉ xyzЖжあ漢字ü.,'’-\"«»()12\n\u0301@/_{}<>`\U000f0000").map(str),
    max_size=40,
)


@given(TEXTS, TEXTS)
@settings(max_examples=60, deadline=None)
def test_any_text_gives_spans_inside_it(source, target):
    one = pair(source, target.strip())
    for finding in run([one], context("en", "fr"), [CHECK]):
        assert finding.check == CHECK.id
        span = finding.spans[0]
        assert one.target_text[span.start : span.end] == finding.words[0] != ""


def test_another_thread_that_reads_its_first_words_changes_nothing(monkeypatch):
    """The window has a thread open the word lists while the first edit is checked."""
    began, done, here = threading.Event(), threading.Event(), threading.current_thread()
    count = vocabulary.frequencies

    def slow(words, around):
        found = count(words, around)
        if threading.current_thread() is not here:
            began.set()
            assert done.wait(20)
        return found

    monkeypatch.setattr(vocabulary, "frequencies", slow)
    languages = "en-nl"  # no other test has read words of these
    other = threading.Thread(target=find, args=("A red hall.", "Een rode hal.", languages))
    other.start()
    assert began.wait(20)
    find("The old factory.", "De oude fabriek.", languages)
    done.set()
    other.join()
    target = "Een commissie heeft the proposal verworpen."
    source = "A committee rejected the proposal."
    assert find(source, target, languages) == [("the proposal", "source")]
