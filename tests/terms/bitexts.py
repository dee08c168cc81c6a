"""Small documents in several languages, made for these tests."""

from __future__ import annotations

from reviewer.model import Pair, Segment


def pair(number: int, source: str, target: str, confidence: float = 1.0) -> Pair:
    """Return a pair; several segments of a side are separated by line breaks."""
    return Pair(number, _segments(number, source), _segments(number, target), confidence)


def _segments(number: int, text: str) -> tuple[Segment, ...]:
    return tuple(
        Segment(10 * number + ord_, number, 0, len(line), line)
        for ord_, line in enumerate(text.split("\n"))
        if line
    )


def pairs(*texts: tuple[str, str]) -> list[Pair]:
    """Return numbered pairs of (source, target) texts."""
    return [pair(number, source, target) for number, (source, target) in enumerate(texts)]


ENGLISH_FRENCH = pairs(
    ("The greenhouse opens in April.", "La serre ouvre en avril."),
    ("Water the seedlings every morning.", "Arrosez les semis chaque matin."),
    (
        "A watering can stands beside the door.",
        "Un arrosoir se trouve à côté de la porte.",
    ),
    ("Fill the rain barrel before summer.", "Remplissez la citerne avant l’été."),
    ("Our volunteers repaired the roof.", "Nos bénévoles ont réparé le toit."),
    ("The rain barrel leaks at night.", "Le tonneau fuit la nuit."),
    ("Visitors may taste the tomatoes.", "Les visiteurs peuvent goûter les tomates."),
    (
        "Clean the rain barrel with a brush.",
        "Nettoyez la citerne avec une brosse.",
    ),
    ("Bees like the lavender.", "Les abeilles aiment la lavande."),
    (
        "In winter the rain barrel stays empty.",
        "En hiver, le tonneau reste vide.",
    ),
    ("Please close the gate.", "Veuillez fermer le portail."),
    ("The compost is warm.", "Le compost est chaud."),
)
"""Drifts: rain barrel => citerne, tonneau."""

UNIFIED = pairs(
    ("The crew left the harbour at dawn.", "L’équipage a quitté le port à l’aube."),
    ("Our crew repaired two nets.", "Notre équipage a réparé deux filets."),
    ("Rain fell on the village.", "La pluie est tombée sur le village."),
    ("A crew needs warm coats.", "Un équipage a besoin de manteaux chauds."),
    ("The crew slept badly.", "L’effectif a mal dormi."),
    ("The mountain rescue crew has a new sledge.", "Les anges blancs ont un nouveau traîneau."),
    (
        "Yesterday the mountain rescue crew found a hiker.",
        "Hier, les anges blancs ont trouvé un randonneur.",
    ),
    (
        "According to the leaders of the mountain rescue crew, the road is closed.",
        "Selon la direction des anges blancs, la route est fermée.",
    ),
    ("The captain praised the crew again.", "Le capitaine a encore félicité l’équipage."),
    ("Fog hid the lighthouse.", "Le brouillard cachait le phare."),
    ("The crew of the ferry is small.", "L’effectif du bac est petit."),
    (
        "The mountain rescue crew thanks the donors for the training.",
        "Les anges blancs remercient les donateurs pour la formation.",
    ),
    ("Snow closed the pass.", "La neige a fermé le col."),
    ("The baker opens early.", "Le boulanger ouvre tôt."),
)
"""Drifts: crew => équipage, effectif; mountain rescue crew is always anges blancs."""

NESTED = pairs(
    ("The crew left the harbour at dawn.", "L’équipage a quitté le port à l’aube."),
    ("Our crew repaired two nets.", "Notre équipage a réparé deux filets."),
    ("The mountain rescue crew has a new sledge.", "Les anges blancs ont un nouveau traîneau."),
    ("A crew needs warm coats.", "Un équipage a besoin de manteaux chauds."),
    ("The crew slept badly.", "L’effectif a mal dormi."),
    ("Rain fell on the village.", "La pluie est tombée sur le village."),
    (
        "Yesterday the mountain rescue crew found a hiker.",
        "Hier, les sauveteurs alpins ont trouvé un randonneur.",
    ),
    ("The captain praised the crew again.", "Le capitaine a encore félicité l’équipage."),
    ("Fog hid the lighthouse.", "Le brouillard cachait le phare."),
    ("The crew of the ferry is small.", "L’effectif du bac est petit."),
    (
        "The mountain rescue crew thanks the donors.",
        "Les sauveteurs alpins remercient les donateurs.",
    ),
    ("Children drew the mountain rescue crew.", "Des enfants ont dessiné les anges blancs."),
    ("Snow closed the pass.", "La neige a fermé le col."),
    ("The baker opens early.", "Le boulanger ouvre tôt."),
)
"""Drifts: mountain rescue crew => anges blancs, sauveteurs alpins; crew => équipage, effectif."""

INDONESIAN_FRENCH = pairs(
    ("Nelayan kecil berangkat pagi ini.", "Les petits pêcheurs sont partis ce matin."),
    ("Kapal itu membawa garam.", "Le bateau transporte du sel."),
    (
        "Menurut kepala pelabuhan, gudang sudah penuh.",
        "Selon le directeur du port, l’entrepôt est plein.",
    ),
    ("Hujan turun sepanjang malam.", "La pluie est tombée toute la nuit."),
    ("Kepala pelabuhan menutup dermaga.", "Le capitaine du port a fermé le quai."),
    ("Harga ikan naik lagi.", "Le prix du poisson monte encore."),
    (
        "Wartawan bertanya kepada kepala pelabuhan.",
        "Des journalistes ont interrogé le directeur du port.",
    ),
    ("Listrik padam dua kali.", "Le courant a été coupé deux fois."),
    (
        "Surat itu ditandatangani kepala pelabuhan.",
        "La lettre est signée par le capitaine du port.",
    ),
    ("Anak-anak pulang dari sekolah.", "Les enfants rentrent de l’école."),
)
"""Drifts: kepala pelabuhan => directeur du port, capitaine du port."""

ENGLISH_GERMAN = pairs(
    ("Press the release lever.", "Drücken Sie den Entriegelungshebel."),
    ("The lamp turns green.", "Die Lampe wird grün."),
    ("Empty the dust cup daily.", "Leeren Sie den Staubbehälter täglich."),
    ("Do not wash the filter.", "Waschen Sie den Filter nicht."),
    ("The dust cup clicks into place.", "Der Schmutzbecher rastet ein."),
    ("Charge the battery overnight.", "Laden Sie den Akku über Nacht."),
    ("Remove hair from the brush.", "Entfernen Sie Haare von der Bürste."),
    (
        "When the dust cup is full, the lamp blinks.",
        "Ist der Staubbehälter voll, blinkt die Lampe.",
    ),
    ("Keep the charger dry.", "Halten Sie das Ladegerät trocken."),
    ("Rinse the dust cup with water.", "Spülen Sie den Schmutzbecher mit Wasser aus."),
    ("Children may not use the device.", "Kinder dürfen das Gerät nicht benutzen."),
)
"""Drifts: dust cup => Staubbehälter, Schmutzbecher."""

ENGLISH_CHINESE = pairs(
    ("The wind farm stands off the coast.", "风电场位于海岸之外。"),
    ("Fishermen protested on Monday.", "渔民周一举行了抗议。"),
    ("Each turbine weighs ninety tonnes.", "每台涡轮机重九十吨。"),
    ("The wind farm will cost two billion.", "风力园区将耗资二十亿。"),
    ("Gulls nest on the cliffs.", "海鸥在悬崖上筑巢。"),
    ("Engineers visited the wind farm.", "工程师参观了风电场。"),
    ("The cable reaches the harbour.", "电缆通到港口。"),
    ("Critics want the wind farm smaller.", "批评者希望缩小风力园区。"),
    ("The mayor remains silent.", "市长保持沉默。"),
)
"""Drifts: wind farm => 风电场, 风力园区."""

ENGLISH_JAPANESE = pairs(
    ("Open the reservation page.", "予約ページを開きます。"),
    ("The coupon expires in May.", "クーポンは五月に失効します。"),
    ("Choose a seat near the window.", "窓側の座席を選びます。"),
    ("One coupon is valid per order.", "割引券は注文ごとに有効です。"),
    ("Enter your postal code.", "郵便番号を入力してください。"),
    ("Show the coupon at the counter.", "カウンターでクーポンを見せます。"),
    ("Breakfast starts at seven.", "朝食は七時に始まります。"),
    ("A lost coupon is not replaced.", "紛失した割引券は再発行しません。"),
)
"""Drifts: coupon => クーポン, 割引券."""

ENGLISH_ARABIC = pairs(
    ("The clinic opens on Sunday.", "تفتح العيادة يوم الأحد."),
    ("Wear a face mask indoors.", "ارتد كمامة في الداخل."),
    ("The nurse measures the temperature.", "تقيس الممرضة درجة الحرارة."),
    ("A clean face mask protects others.", "قناع نظيف يحمي الآخرين."),
    ("Wash your hands with soap.", "اغسل يديك بالصابون."),
    ("Change the face mask after lunch.", "استبدل كمامة بعد الغداء."),
    ("Windows stay open.", "تبقى النوافذ مفتوحة."),
    ("Children need a small face mask.", "يحتاج الأطفال قناع صغير."),
)
"""Drifts: face mask => كمامة, قناع."""

FRENCH_ENGLISH = pairs(
    ("Le stage dure six semaines.", "The course lasts six weeks."),
    ("Chaque moniteur porte un gilet.", "Each instructor wears a vest."),
    ("La piscine est chauffée.", "The pool is heated."),
    ("Le bassin d’initiation ferme à midi.", "The beginners’ pool closes at noon."),
    ("Apportez une serviette.", "Bring a towel."),
    ("Les parents attendent dehors.", "Parents wait outside."),
    (
        "Le bassin d’initiation est peu profond.",
        "The training basin is shallow.",
    ),
    ("Il est interdit de courir.", "Running is forbidden."),
    (
        "Nettoyez le bassin d’initiation le lundi.",
        "Clean the training basin on Mondays.",
    ),
    (
        "Un gardien surveille le bassin d’initiation.",
        "A lifeguard watches the beginners’ pool.",
    ),
)
"""Drifts: bassin d'initiation => beginners' pool, training basin."""
