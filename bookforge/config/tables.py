"""Lists that settings are checked against: languages, roles, page sizes."""

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

# Pages by name, as `trim` writes them: ISO 216, then the trade's names, which KDP, Ingram and Lulu
# use for these sizes in inches.
PAPER_SIZES = {
    "a4": "210x297mm",
    "a5": "148x210mm",
    "a6": "105x148mm",
    "b5": "176x250mm",
    "b6": "125x176mm",
    "pocket": "4.25x6.875",
    "mass-market": "4.25x6.87",
    "a-format": "4.37x7.01",
    "crown": "123x186mm",
    "novella": "5x8",
    "b-format": "5.06x7.81",
    "demy": "5.43x8.5",
    "digest": "5.5x8.5",
    "trade": "6x9",
    "us-trade": "6x9",
    "royal": "6.14x9.21",
    "executive": "7x10",
    "crown-quarto": "7.44x9.69",
    "letter": "8.5x11",
    "us-letter": "8.5x11",
}
# What each printer's novels usually measure. 6 by 9 inches, US Trade, is in the lists of all of
# them; universal stands for the size that every list but Bookvault's metric one names as well.
PRINTER_TRIMS = {
    "universal": "5.5x8.5",
    "kdp": "6x9",
    "kdp-hardcover": "6x9",
    "ingram": "6x9",
    "lulu": "6x9",
    "bn": "6x9",
    "bookvault": "6x9",
}
