"""Which language a text is analysed in, and spaCy's models of others, where installed."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from desktop.language.analysis import load_spacy
from desktop.reading.document import Document
from desktop.reading.tongue import language_of

if TYPE_CHECKING:
    from spacy.language import Language

#: The languages that we recognise, and the small model that spaCy offers for each.
_LANGUAGES = {
    "da": ("Danish", "da_core_news_sm"), "de": ("German", "de_core_news_sm"),
    "el": ("Greek", "el_core_news_sm"), "es": ("Spanish", "es_core_news_sm"),
    "fr": ("French", "fr_core_news_sm"), "it": ("Italian", "it_core_news_sm"),
    "ja": ("Japanese", "ja_core_news_sm"), "ko": ("Korean", "ko_core_news_sm"),
    "nl": ("Dutch", "nl_core_news_sm"), "pl": ("Polish", "pl_core_news_sm"),
    "pt": ("Portuguese", "pt_core_news_sm"), "ru": ("Russian", "ru_core_news_sm"),
    "sv": ("Swedish", "sv_core_news_sm"), "zh": ("Chinese", "zh_core_web_sm"),
    "ar": ("Arabic", ""), "he": ("Hebrew", ""), "hi": ("Hindi", ""), "th": ("Thai", ""),
}  # fmt: skip
#: Characters that tell whether a text that is said to be in another language is English.
_SAMPLE = 20_000


def other_language(document: Document) -> str:
    """Return the code of the document's language, or "" where it is analysed as English is.

    What can't be told counts as English; so does a text whose file names another language though
    its words are English.
    """
    code = document.language.casefold().replace("_", "-").split("-")[0]
    if code in {"", "en", "eng", "und"}:
        return ""
    sample = "\n".join(block.text for block in document.body())[:_SAMPLE]
    return "" if language_of(sample) == "en" else code


def remark_on(code: str) -> str:
    """Return what the reader should know of a text in another language: a sentence."""
    name, package = _LANGUAGES.get(code, (f"the language “{code}”", ""))
    if model_for(code) is not None:
        return (
            f"This text is in {name}: its names and terms are listed; what they mean and cards "
            "are for English texts only."
        )
    hint = f"; install {package} to find more of them" if package else ""
    return (
        f"This text is in {name}: without a model of that language, names and terms are told by "
        f"capitals and frequency alone{hint}."
    )


@functools.cache
def model_for(code: str) -> Language | None:
    """Return spaCy's installed model for a language, the smallest one; None where there is none."""
    spacy = load_spacy()
    names = [name for name in spacy.util.get_installed_models() if name.startswith(f"{code}_")]
    for name in sorted(names, key=lambda name: (not name.endswith("_sm"), name)):
        try:
            model: Language = spacy.load(name)
        except (ImportError, OSError, ValueError):
            continue  # for another version of spaCy, or broken
        return model
    return None
