"""Which characters and scripts a face has."""

from __future__ import annotations

from functools import lru_cache

from bookforge.fonts.data import open_face
from bookforge.fonts.face import FaceKey

# A script counts as covered when the face has all these letters: the alphabet, and what its
# usual languages add (after CLDR's exemplar characters).
_EXEMPLARS = (
    ("Latin", "abcdefghijklmnopqrstuvwxyzàâäåæçéèêëíîïñóôöøœúùûüÿß"),
    ("Latin extended", "āăąćčďđēėęěğģīįıķļłńňņōőŕřśşšťūůűųźżž"),
    ("Vietnamese", "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
    ("Greek", "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ"),
    ("Greek polytonic", "ἀἁἂἃἄἅἐἑἔἕἠἡἰἱὀὁὐὑὠὡᾳῃῳᾶῆῖῦῶῥ"),
    ("Cyrillic", "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґўђћјљњџ"),
    ("Armenian", "աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփքօֆ"),
    ("Georgian", "აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ"),
    ("Hebrew", "אבגדהוזחטיכלמנסעפצקרשתךםןףץ"),
    ("Arabic", "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئةى"),
    ("Devanagari", "अआइईउऊएऐओऔकखगघचछजझटठडढणतथदधनपफबभमयरलवशषसह"),
    ("Thai", "กขคงจฉชซญดตถทธนบปผพภมยรลวศษสหอฮ"),
    (
        "Japanese",
        "あいうえおかきくけこさアイウエオカキクケコサシスセソ日一国人年大本",
    ),
    ("Chinese, simplified", "的一是不了人我在有他这为之大来以个中上们"),
    ("Chinese, traditional", "的一是不了人我在有他這為之大來以個中上們"),
    ("Hangul", "가나다라마바사아자차카타파하"),
)


@lru_cache(maxsize=64)
def characters(key: FaceKey) -> frozenset[int]:
    """The code points that a face has glyphs for."""
    return frozenset(open_face(key).unicodes)


def missing(key: FaceKey, text: str) -> str:
    """The characters of a text that a face lacks, each once, in order of first appearance."""
    has = characters(key)
    return "".join(letter for letter in dict.fromkeys(text) if ord(letter) not in has)


def scripts(key: FaceKey) -> tuple[str, ...]:
    """The scripts that a face covers, by name."""
    return tuple(name for name, letters in _EXEMPLARS if not missing(key, letters))
