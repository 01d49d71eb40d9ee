"""Lists that settings are checked against: languages, roles, paper sizes."""

from __future__ import annotations

# ISO 639-1: every two-letter code a language tag may begin with.
_CODES = """
    aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv
    cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr
    ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw
    ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv
    ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr
    ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi
    yo za zh zu
"""
LANGUAGES = frozenset(_CODES.split())

# Names a writer may put where a tag belongs.
LANGUAGE_NAMES = {
    "american": "en-US",
    "british": "en-GB",
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "português": "pt",
    "brazilian": "pt-BR",
    "dutch": "nl",
    "nederlands": "nl",
    "swedish": "sv",
    "danish": "da",
    "norwegian": "nb",
    "finnish": "fi",
    "polish": "pl",
    "czech": "cs",
    "hungarian": "hu",
    "romanian": "ro",
    "russian": "ru",
    "ukrainian": "uk",
    "greek": "el",
    "turkish": "tr",
    "arabic": "ar",
    "hebrew": "he",
    "chinese": "zh",
    "japanese": "ja",
    "korean": "ko",
    "catalan": "ca",
    "irish": "ga",
    "welsh": "cy",
    "latin": "la",
}

# MARC relators that books carry (loc.gov/marc/relators).
ROLES = {
    "aut": "author",
    "edt": "editor",
    "trl": "translator",
    "ill": "illustrator",
    "aui": "author of introduction",
    "aft": "author of afterword",
    "ann": "annotator",
    "art": "artist",
    "bkd": "book designer",
    "clr": "colourist",
    "cmm": "commentator",
    "com": "compiler",
    "cov": "cover designer",
    "cre": "creator",
    "ctb": "contributor",
    "cwt": "commentator for written text",
    "dsr": "designer",
    "nrt": "narrator",
    "pbl": "publisher",
    "pfr": "proofreader",
    "pht": "photographer",
    "red": "redaktor",
    "rev": "reviewer",
    "tyd": "type designer",
    "tyg": "typographer",
}

# ISO 216 and the trade's own names: width and height in millimetres.
PAPER_SIZES = {
    "a4": (210.0, 297.0),
    "a5": (148.0, 210.0),
    "a6": (105.0, 148.0),
    "b5": (176.0, 250.0),
    "b6": (125.0, 176.0),
    "letter": (215.9, 279.4),
    "digest": (139.7, 215.9),
    "royal": (156.0, 234.0),
    "demy": (138.0, 216.0),
    "crown": (123.0, 186.0),
    "pocket": (108.0, 175.0),
    "a-format": (110.0, 178.0),
    "b-format": (129.0, 198.0),
}
