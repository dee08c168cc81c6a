"""Where sentences end, language by language; "|" stands where the next one begins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer.segment import sentences
from reviewer.segment.engine import LONGEST
from tests.growth import assert_linear

EXAMPLES = {
    "en": [
        "Dr. Smith met Mr. J. R. Hale at 5 p.m. |They talked for an hour.",
        "He moved to the U.S. in 1990. |She stayed.",
        "He moved to the U.S. |The move was hard.",
        "It is cheap (approx. 5 dollars. Really!) and good. |Buy it.",
        "“Who are you?” he asked. |“A friend.” |She laughed.",
        "See Fig. 3 and pp. 4–6. |The answer is no. |Next.",
        "1. Open the lid. |2. Close it.",
        "Apples, pears, etc. |The list is long.",
        "It works :) |Thanks!",
        "Version 2.1.3 is out. |Get it at example.com. |Done.",
        "He wrote to Acme Inc. about it. |Acme Inc. Chairman Bell replied.",
        "Wait . . . what? |Yes.",
        "This was shown before.[12] |It was shown again.",
        "I have an iPhone. |iPads are larger.",
        "The Bldg. Office is shut. |It rained on Captain Sky. |Nobody cared.",
        "So she said: «Fine.» |Then she left.",
    ],
    "fr": [
        "M. Dupont et Mme Le Goff sont là. |Ils attendent.",
        "« Vraiment ? » demanda-t-il. |« Oui ! » |Elle rit.",
        "Il est né vers 52 av. J.-C. à Rome. |Il est mort jeune.",
        "Voir p. 12, art. 3. |C'est l'art. |Il aime ça.",
        "Du pain, du vin, etc. |Le reste suivra.",
        "Il est venu. |puis il est reparti.",
        "Cf. chap. 3, éd. revue. |La suite manque.",
    ],
    "de": [
        "Am 19. Januar kam Hr. Prof. Dr. Meier z. B. mit der Bahn. |Er blieb.",
        "Er lebte um 500 v. Chr. in Athen. |Das ist lange her.",
        "„Kommst du?“ fragte er. |„Nein.“ |Sie ging.",
        "Im 20. Jahrhundert, d. h. ab 1901, war das so. |Ludwig XIV. Straßen sind alt.",
        "Äpfel, Birnen usw. |Die Liste ist lang.",
        "Das kostet ca. 5 Mio. Euro. |Wer zahlt das?",
    ],
    "es": [
        "El Sr. Gómez y la Dra. Ruiz viven en EE. UU. desde 1990. |Son felices.",
        "—¿Qué hora es? —preguntó. |—Las tres.",
        "¡Hola! |¿Qué tal? |Bien.",
        "Murió en el 44 a. C. en Roma. |Su hijo heredó.",
        "Véase la pág. 3, núm. 5. |La respuesta es no.",
    ],
    "pt": [
        "O Sr. Silva mora na Av. Paulista, n. 5. |Ele trabalha no séc. XX.",
        "Comprou pão, leite, etc. |Depois voltou.",
        "A Dra. Costa chegou às 5 p.m. |Ninguém esperava.",
    ],
    "it": [
        "Il dott. Rossi e la sig.ra Bianchi abitano in Italia. |Sono felici.",
        "Nacque nel 100 a.C. a Roma. |Morì giovane.",
        "Pane, vino, ecc. |Il resto a pag. 3.",
        "La società Rossi S.p.A. di Milano è nota. |È grande.",
    ],
    "ru": [
        "Он родился в 1799 г. в Москве. |Жил на ул. Арбат, д. 5.",
        "А. С. Пушкин и Л. Н. Толстой — писатели. |Их знают все.",
        "«Кто там?» — спросил он. |«Я», — ответила она.",
        "Яблоки, груши и т. д. |Список длинный.",
        "В XX в. н. э. это было так. |Это известно.",
    ],
    "id": [
        "Dr. Ir. H. Soekarno lahir di Jl. Pandean No. 4. |Ia presiden pertama.",
        "“Siapa kamu?” tanyanya. |“Teman.”",
        "Apel, jeruk, dll. |Daftarnya panjang.",
        "Ny. Sari, S.Pd. mengajar di Kab. Bogor. |Beliau ramah.",
    ],
    "zh": [
        "他来了。|我走了！|真的吗？|是的。",
        "他说：“我走了。|你留下。”|然后他离开了。",
        "“你是谁？”他问。|“朋友。”",
        "他读了《去哪儿？》这本书。|很好。",
        "“真的？”|小王说：“真的。”",
    ],
    "ja": [
        "彼は来た。|私は行く!|本当?|はい。",
        "「行く。待って。」と彼は言った。|彼女は笑った。",
        "とても楽しいです♪|また来ます。",
        "彼(学生。二十歳。)は若い。|次は私だ。",
    ],
    "ar": [
        "وصل د. أحمد إلى القاهرة. |هل رأيته؟ |نعم!",
        "قال: «لا أعرف». |ثم خرج.",
    ],
    "hi": ["डॉ. शर्मा आए। |वे कहाँ हैं? |यहाँ।"],
    "ko": [
        "2001. 9. 11. 사건이 있었다. |모두 놀랐다.",
        "그는 왔다. |나는 갔다! |정말? |네. |좋아요.",
    ],
    "el": ["Ποιος είσαι; |Είμαι φίλος. |Ο κ. Παππάς ήρθε."],
    "pl": ["Prof. Nowak mieszka przy ul. Długiej, tzn. w XIX w. domu. |On śpi."],
    "cs": ["Dne 5. ledna přišel prof. Novák, tj. náš soused. |On spal."],
    "tr": ["Dr. Ahmet 19. yüzyılda, II. Dünya Savaşı öncesi yaşadı. |Bu doğru mu? |Evet."],
    "hu": ["A XX. század elején, kb. 1901. január 5-én jött. |Ő elment."],
    "sv": ["Han kom kl. 5 t.ex. igår. |Hon gick."],
    "da": ["Den 5. januar kom hr. Jensen, dvs. naboen. |Han gik."],
    "fi": ["Hän tuli 5. tammikuuta, esim. aamulla. |Se oli hyvä."],
    "nl": ["Dhr. De Vries kwam o.a. met de trein. |Hij bleef."],
    "vi": ["Ông sống ở TP. Hồ Chí Minh. |Bà ở Hà Nội."],
    "he": ["הוא בא. |מי זה? |אני."],
    "fa": ["او آمد. |چرا؟ |نمی‌دانم."],
    "uk": ["Він народився 1814 р. в Моринцях. |Жив на вул. Хрещатик."],
    "xx": ["Mr. Foo. |Bar baz! |Qux."],
}


@pytest.mark.parametrize(
    ("language", "marked"),
    [(language, marked) for language, texts in EXAMPLES.items() for marked in texts],
)
def test_sentences_end_where_a_reader_ends_them(language, marked):
    assert sentences(marked.replace("|", ""), language) == marked.split("|")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("He asked Dr.\nSmith. ", "en"),
        ("Mr. \U000f0000Smith\U000f0001 came. ", "en"),
        ("\U000f0000Dr\U000f0001. Smith came. ", "en"),
    ],
)
def test_codes_and_line_breaks_are_no_ends(text, language):
    assert sentences(text + "Next.", language) == [text, "Next."]


def test_a_code_behind_the_full_stop_belongs_to_the_sentence():
    text = "\U000f0000He came.\U000f0001 \U000f0002She left.\U000f0003"
    assert sentences(text, "en") == ["\U000f0000He came.\U000f0001 ", text[11:]]


def test_a_blank_line_ends_a_sentence():
    assert sentences("a heading\n\nit goes on", "en") == ["a heading\n\n", "it goes on"]


def test_text_without_sentences_is_cut_between_words():
    pieces = sentences("word " * 5_000, "en")
    assert "".join(pieces) == "word " * 5_000
    assert all(len(piece) <= LONGEST and piece.startswith("word") for piece in pieces)


def test_an_endless_token_is_cut_but_marks_stay_with_their_letter():
    text = "e" * (LONGEST - 1) + "e" + "\u0301" * 30 + "x" * 20
    pieces = sentences(text, "en")
    assert "".join(pieces) == text
    assert not pieces[1].startswith("\u0301")


MARKS = ". ! ? … 。 ！ ؟ ; : , ( ) [ ] \" ' “ ” « » 「 」 - – — * _ • :) [1]"
WORDS = "Dr z.B The the He A b 5 XIV é e\u0301 彼は と 说 Ἑλ السلام 한국 \U000f0000 \ud800"
SPACES = ("\n", "\r\n", "\n\n", "\t", "\u00a0", "\u2028", "")
PIECES = st.sampled_from((*MARKS.split(" "), *WORDS.split(" "), *SPACES))
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.lists(PIECES, max_size=40).map("".join)
LANGUAGES = st.sampled_from(["en", "fr", "de", "ja", "zh", "ar", "el", "ko", "pt-BR", "xx", ""])


@given(TEXTS | st.text(), LANGUAGES)
def test_nothing_is_lost(text, language):
    pieces = sentences(text, language)
    assert "".join(pieces) == text
    assert all(pieces)


@given(st.lists(st.sampled_from(EXAMPLES["en"] + EXAMPLES["de"]), max_size=5), LANGUAGES)
def test_a_sentence_alone_is_one_sentence(texts, language):
    for sentence in sentences(" ".join(texts).replace("|", ""), language):
        assert sentences(sentence, language) == [sentence]


@pytest.mark.parametrize(
    "piece", ["\"'", ". ", "a. ", ".”", "(A. ", "「。A", "word ", "\n", "e\u0301"]
)
def test_time_is_linear(piece):
    assert_linear(
        lambda text: sentences(text, "ja"), lambda length: piece * (length // len(piece)), 80_000
    )
