"""The texts of the pages, and numbers in the format of each language. All texts are in words/*.toml."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

LANGUAGES = {"en": "English", "es": "Español"}
NOTHING = "–"
# (decimal point, thousands separator): a thin space suits all Spanish-speaking countries.
SEPARATORS = {"en": (".", ","), "es": (",", "\u202f")}


@cache
def words_of(language: str) -> dict[str, str]:
    """All words of a language: dict of section.key -> text."""
    text = (Path(__file__).parent / "words" / f"{language}.toml").read_text(encoding="utf-8")
    return {f"{section}.{key}": words
            for section, keys in tomllib.loads(text).items() for key, words in keys.items()}


def language() -> str:
    """The language of this visit: en or es."""
    return str(st.session_state.get("language", "en"))


def choose_language() -> None:
    """Let the visitor choose; ?lang=es in the address chooses at first."""
    if "language" not in st.session_state:
        asked = st.query_params.get("lang", "en")
        st.session_state.language = asked if asked in LANGUAGES else "en"
    st.session_state.language = st.session_state.language  # or it is forgotten on another page
    st.sidebar.radio("Language / Idioma", list(LANGUAGES), format_func=lambda key: LANGUAGES[key],
                     horizontal=True, key="language")
    # Screen readers need the language of the page, which Streamlit leaves at en.
    st.html(f"<script>document.documentElement.lang = '{language()}'</script>",
            unsafe_allow_javascript=True)


def t(key: str, **values: Any) -> str:
    """The words of a key, with values in their places."""
    words = words_of(language())[key]
    return words.format(**values) if values else words


def value(word: Any) -> str:
    """The text for a value of a mart, such as breached; a name that people chose stays unchanged."""
    if word is None or pd.isna(word):
        return NOTHING
    return words_of(language()).get(f"value.{word}", str(word))


def column(name: str) -> str:
    """The heading of a column of a mart."""
    return words_of(language())[f"column.{name}"]


def number(given: Any, decimals: int = 0, unit: str = "", sign: bool = False) -> str:
    """A number as text: 1,234.5 or 1 234,5; unit follows after a space (English % without)."""
    if given is None or pd.isna(given):
        return NOTHING
    point, thousands = SEPARATORS[language()]
    text = f"{given:{'+' if sign else ''},.{decimals}f}"
    text = text.replace(",", "\0").replace(".", point).replace("\0", thousands).replace("-", "−")
    space = "" if unit == "%" and language() == "en" else "\u00a0"
    return f"{text}{space}{unit}" if unit else text


def change(given: Any, decimals: int = 0) -> str:
    """A change as text; Streamlit draws the arrow of a metric by the hyphen before it."""
    return number(given, decimals, sign=True).replace("−", "-")


def percent(share: Any, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage."""
    return number(None if share is None or pd.isna(share) else 100 * share, decimals, "%")


def day(given: Any) -> str:
    """A day as ISO date, which is unambiguous everywhere."""
    return NOTHING if given is None or pd.isna(given) else f"{pd.Timestamp(given):%Y-%m-%d}"


def moment(given: Any) -> str:
    """A time as ISO date and time, UTC."""
    return NOTHING if given is None or pd.isna(given) else f"{pd.Timestamp(given):%Y-%m-%d %H:%M} UTC"
