"""What is answered to a question: an article, with what is known of the clinics."""

from rasa_project.advice.articles import Article, default_articles, load_articles
from rasa_project.clinics.business import default_business, fact_value, is_fact
from rasa_project.clinics.directory import Clinic, default_directory
from rasa_project.dialogue.commands import NAMING, Say, text_event
from rasa_project.dialogue.wording import texts
from rasa_project.errors import DataError
from rasa_project.settings import DATA

ASK = "ask_"
"""How the intents of questions begin; the id of the article follows."""


def article_of(intent: str) -> Article | None:
    """The article that answers an intent; None when the intent is no question."""
    if intent in NAMING or not intent.startswith(ASK):
        return None
    return default_articles().get(intent.removeprefix(ASK))


def answer(article: Article, page_clinic: str | None) -> Say:
    """The answer as a plain line.

    Args:
        article: What was asked.
        page_clinic: Slug of the clinic whose page the chat is on.
    """
    directory = default_directory()
    if article.fact:
        own = directory.by_slug(page_clinic)
        value = fact_value(article.fact, default_business(), directory, own)
        if value:
            return text_event(article.known.format(value=value))
    soon = [clinic for clinic in directory if not clinic.is_open]
    filled = article.answer.format(
        open_clinics=_listed(directory.open_clinics()),
        coming_soon=texts()["coming_soon"].format(clinics=_listed(soon)) if soon else "",
    )
    return text_event(filled.strip())


def check_articles() -> None:
    """Checks the articles, and that each fact they name can be known.

    Raises:
        DataError: An entry breaks the rules of its file, or names a fact that there is not.
    """
    for article in load_articles().values():
        if article.fact and not is_fact(article.fact, default_directory()):
            file = DATA / "clinical" / "articles.yml"
            raise DataError(file, f"{article.id}.fact", "is no fact of the business or of a clinic")


def _listed(clinics: list[Clinic] | tuple[Clinic, ...]) -> str:
    *first, last = [clinic.name for clinic in clinics]
    return f"{', '.join(first)} {texts()['and']} {last}" if first else last
