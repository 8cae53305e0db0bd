"""Which language a text is in, told by its commonest small words and its script."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

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
