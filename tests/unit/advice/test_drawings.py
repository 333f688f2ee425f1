"""Drawings are safe to put into a page, and a mistake in one is an error that names the file."""

import re

import pytest
import textstat

from rasa_project.advice.drawings import default_drawings, load_drawings
from rasa_project.advice.rows import default_advice
from rasa_project.errors import DataError

GOOD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 120" role="img" aria-label="A foot">'
    '<path d="M0 0h9"/></svg>'
)
MISTAKES = [
    ("<path", "<script/><path", "script"),
    ("<path", "<a><path", ""),
    ("<path", '<image href="x.png"/><path', "image"),
    ("<path", '<path onclick="x()"', "path onclick"),
    ("<path", '<path style="fill:red"', "path style"),
    ("<path", '<path fill="red"', "path fill"),
    ("<path", '<path stroke="#000"', "path stroke"),
    ("<path", "<!-- note --><path", ""),
    (' role="img"', "", "svg"),
    (' aria-label="A foot"', "", "svg"),
    ("0 0 200 120", "wide", "svg"),
    ("M0 0h9", "M0 0" + "h9" * 2500, ""),
]  # fmt: skip


def test_a_good_drawing_is_read(tmp_path):
    (tmp_path / "foot.svg").write_text(GOOD, encoding="utf-8")
    drawing = load_drawings(tmp_path)["foot"]
    assert (drawing.label, drawing.width, drawing.height) == ("A foot", 200, 120)


@pytest.mark.parametrize(("right", "wrong", "key"), MISTAKES, ids=[m[1][:24] for m in MISTAKES])
def test_a_mistake_is_named(tmp_path, right, wrong, key):
    assert right in GOOD
    file = tmp_path / "foot.svg"
    file.write_text(GOOD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_drawings(tmp_path)
    assert (error.value.file, error.value.key) == (str(file), key)


def test_the_drawings_share_one_style():
    for drawing in default_drawings().values():
        root = re.match(r"<svg[^>]*>", drawing.svg).group()
        for part in (
            'fill="none"', 'stroke="currentColor"', 'stroke-width="2.5"', 'stroke-linecap="round"',
        ):  # fmt: skip
            assert part in root, drawing.id


def test_every_exercise_row_has_a_drawing_of_its_own():
    drawn = [row.drawing for row in default_advice().rows if row.given == "exercise"]
    assert all(drawn)
    assert len(set(drawn)) == len(drawn)


def test_what_a_screen_reader_says_of_a_drawing_reads_at_grade_seven_or_lower():
    for drawing in default_drawings().values():
        assert textstat.flesch_kincaid_grade(drawing.label) <= 7, drawing.id


def test_the_picture_of_the_pain_guide_says_its_three_steps_and_the_next_morning_in_words():
    picture = default_drawings()["pain_scale"]
    words = re.findall(r">([^<>]+)</text>", picture.svg)
    assert words == [
        "0 to 2", "fine", "3 to 5", "acceptable", "over 5", "too much",
        "Next morning:", "settled, go on", "worse, do less",
    ]  # fmt: skip
    for part in words:
        assert part.strip(":").lower() in picture.label.lower()
