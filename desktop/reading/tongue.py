"""Which language a text is in, told by its commonest small words and its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from desktop.reading.draft import Draft, Reading

_SAMPLE = 20_000  # words

_SMALL_WORDS = {
    "en": "the of and to in is that it for was on with as by be are this at from which or not "
    "have has had were their but they his its an he she we you all been one would there when",
    "de": "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch "
    "es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so",
    "fr": "de la le les et des en un une du dans est que qui pour au sur par plus pas ne se ce "
    "il sont avec aux elle cette ou mais son comme été ses leur nous vous on ont",
    "es": "de la que el en y a los del se las por un para con no una su al lo como más pero sus "
    "le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay",
    "it": "di e il la che in un a per è una sono con non del si da le dei della nel alla più "
    "anche i come ma al delle lo gli ha dal nella questo su ed essere",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij "
    "door over uit naar nog wordt werd ze hij heeft hebben dit deze tot",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi "
    "ao ele das tem à seu sua ou ser quando muito há nos já está também",
    "sv": "och i att det som en på är av för med till den har de inte om ett men var jag sig från "
    "vi så kan när år under också efter eller nu sin där vid",
    "da": "og i at det er en til af på som den for med de der ikke et har var men sig fra vi han "
    "om kan jeg så blev havde også efter eller hun ved",
    "pl": "i w na z się nie do to że jest o jak a za od po co przez ale był dla oraz tym ma jego "
    "tylko może są już być jej czy ich",
}
_LANGUAGES = {name: frozenset(words.split()) for name, words in _SMALL_WORDS.items()}

#: Scripts that one language of our time is by far the most likely to be written in.
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "HEBREW": "he", "ARABIC": "ar", "HIRAGANA": "ja",
    "KATAKANA": "ja", "CJK": "zh", "HANGUL": "ko", "THAI": "th", "DEVANAGARI": "hi",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


#: The three letters of a language → its two.
_SHORT = dict(
    zip(
        "eng deu ger fra fre spa ita por nld dut swe dan pol rus jpn zho chi ell gre ces cze tur "
        "fin nor hun ukr ara heb lat kor hin ron rum cat hrv srp bul".split(),
        "en de de fr fr es it pt nl nl sv da pl ru ja zh zh el el cs cs tr "
        "fi no hu uk ar he la ko hi ro ro ca hr sr bg".split(),
        strict=True,
    )
)
_SHOWN = 200  # blocks


def told_language(told: str | None, drafts: Sequence[Draft]) -> str | None:
    """Return the language that a file states, where its words don't clearly show another.

    Programs state English unasked; any other language was chosen by somebody.
    """
    code = re.split(r"[-_]", (told or "").strip().lower())[0]
    code = _SHORT.get(code, code)
    if not 2 <= len(code) <= 3 or not code.isalpha() or code == "und":
        return None
    if code == "en":
        shown = language_of(" ".join(draft.text for draft in drafts[:_SHOWN]))
        return code if shown == "und" else shown
    return code


def small_words(language: str) -> frozenset[str]:
    """Return the commonest small words of a language; none where we don't know them."""
    return _LANGUAGES.get(language, frozenset())


def language_of(text: str) -> str:
    """Return the ISO 639-1 code of the language of ``text``, or "und" when it can't be told."""
    words = [match[0].lower() for match, _ in zip(_WORD.finditer(text), range(_SAMPLE),
                                                   strict=False)]  # fmt: skip
    if not words:
        return "und"
    script = _script_language("".join(words[:2000]))
    if script is not None:
        return script
    counts = Counter(words)
    shares = {
        name: sum(counts[word] for word in small) / len(words) for name, small in _LANGUAGES.items()
    }
    best, second = sorted(shares, key=lambda name: (-shares[name], name))[:2]
    hits = sum(counts[word] > 0 for word in _LANGUAGES[best])
    sure = shares[best] >= 0.15 and shares[best] >= 1.15 * shares[second] and hits >= 3
    return best if sure else "und"


def _script_language(letters: str) -> str | None:
    """Return the language that goes with a script other than the Latin one."""
    scripts = Counter(unicodedata.name(c, "?").split()[0] for c in letters[:4000])
    if scripts["HIRAGANA"] + scripts["KATAKANA"] > 0.1 * len(letters[:4000]):
        return "ja"
    script, count = scripts.most_common(1)[0]
    return _SCRIPTS.get(script) if count > 0.5 * len(letters[:4000]) else None


def settle_languages(reading: Reading, told: str | None) -> None:
    """Keep the language of a block only where it is not that of the whole text."""
    said = Counter(draft.language for draft in reading.drafts if draft.language)
    main = (told or (said.most_common(1)[0][0] if said else "")).lower()[:2]
    for draft in reading.drafts:
        language = (draft.language or "").lower()[:2]
        draft.language = language if language.isalpha() and language != main else None
    if main and not told:
        reading.language = main
