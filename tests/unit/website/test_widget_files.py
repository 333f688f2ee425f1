"""The widget as it is served: one file, small, hashed; and what may not be joined."""

import base64
import gzip
import hashlib
import re
from xml.etree import ElementTree

import pytest

from rasa_project.clinics.directory import default_directory
from rasa_project.errors import DataError
from rasa_project.triage.protocol import protocol
from rasa_project.website.bundled import load_privacy, load_warning_card, widget_files
from rasa_project.website.widget_files import (
    ENTRIES,
    EXTRAS,
    WIDGET,
    WidgetFiles,
    joined,
    squeezed,
)

LARGEST_LOADER = 3_000
LARGEST_IN_ALL = 25_000


@pytest.fixture(scope="module")
def files():
    return widget_files(protocol(), default_directory(), 24)


def test_the_loader_is_at_most_3_kb_and_with_the_panel_at_most_25_kb_gzipped(files):
    loader = len(files.loader.zipped)
    panel = len(files.versioned["panel.js"].zipped)
    print(f"loader {loader} bytes, panel {panel} bytes, gzipped")
    assert loader <= LARGEST_LOADER
    assert loader + panel <= LARGEST_IN_ALL


def test_what_is_zipped_is_the_file(files):
    for file in (files.loader, *files.versioned.values()):
        assert gzip.decompress(file.zipped) == file.body


def test_every_module_is_served_by_itself_or_within_the_panel(files):
    panel = files.versioned["panel.js"].body.decode()
    for module in WIDGET.glob("*.js"):
        if module.name in (*ENTRIES, *EXTRAS, "loader.js"):
            continue
        first = re.search(
            r"^export (?:const|class|(?:async )?function) (\w+)", module.read_text(), re.M
        )
        assert first is not None, module.name
        assert first.group(1) in panel, module.name


def test_the_loader_and_the_panel_know_the_hashes_of_what_they_fetch(files):
    texts = {name: files.loader.body.decode() for name in ENTRIES}
    texts |= {name: files.versioned["panel.js"].body.decode() for name in EXTRAS}
    for name, text in texts.items():
        digest = hashlib.sha256(files.versioned[name].body).digest()
        assert f'"{name}":"{base64.b64encode(digest).decode()}"' in text


def test_another_word_in_a_data_file_gives_another_version(files):
    other = widget_files(protocol(), default_directory(), 12)
    assert other.version != files.version
    assert other.version in other.loader.body.decode()


def test_no_comment_and_no_import_of_a_part_is_left(files):
    panel = files.versioned["panel.js"].body.decode()
    assert "@param" not in panel and "@type" not in panel
    assert not re.search(r"^import\b", panel, re.M)
    extra = files.versioned["callback.js"].body.decode()
    assert set(re.findall(r'from ?"([^"]+)"', extra)) == {"./panel.js"}


def write(folder, **modules):
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def test_what_is_imported_comes_first_and_once(tmp_path):
    folder = write(
        tmp_path,
        a='import { b } from "./b.js";\nimport { c } from "./c.js";\nexport const a = b + c;\n',
        b='import { c } from "./c.js";\nexport const b = c + 1;\n',
        c="export const c = 1;\n",
    )
    assert joined(folder, "a.js", {}).split("\n") == [
        "export const c = 1;", "export const b = c + 1;", "export const a = b + c;", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        ({"a": 'import { x } from "./b.js";\nconst y = 1;\n', "b": "export const x = 1, z = 2;\nconst y = 2;\n"}, "b.js declares it too"),
        ({"a": 'import { x } from "./b.js";\n', "b": 'import { y } from "./a.js";\n'}, "run in a circle"),
        ({"a": 'import * as b from "./b.js";\n', "b": "export const x = 1;\n"}, "write import"),
        ({"a": "export default 1;\n"}, "write import"),
        ({"a": 'import { x } from "./gone.js";\n'}, "cannot be read"),
    ],
    ids=["one name twice", "circle", "namespace", "default", "missing"],
)  # fmt: skip
def test_what_cannot_be_joined_is_refused_in_words(tmp_path, modules, words):
    with pytest.raises(DataError, match=words):
        joined(write(tmp_path, **modules), "a.js", {})


def test_a_style_sheet_loses_blanks_only():
    assert (
        squeezed("a, b > c {\n  color: red;\n  margin: 0 1em;\n}\n")
        == "a,b>c{color:red;margin:0 1em}"
    )


def test_the_warning_card_names_every_emergency_and_urgent_rule(tmp_path):
    from rasa_project.website.bundled import WARNING_CARD

    card = load_warning_card(protocol())
    assert [part["heading"] for part in card["parts"]] == [
        "Call 911 or go to an emergency department for:", "Get care today",
    ]  # fmt: skip
    without = tmp_path / "card.yml"
    without.write_text(WARNING_CARD.read_text().replace("rules: [RF30]", "rules: []"))
    with pytest.raises(DataError, match="'RF30'"):
        load_warning_card(protocol(), without)


def test_the_first_screen_says_how_long_the_visitors_own_access_lasts():
    assert "24 hours" in " ".join(load_privacy(24)["points"])
    assert "0.5 hours" in " ".join(load_privacy(0.5)["points"])


def test_the_drawing_is_well_formed_and_shows_every_place_but_the_back():
    drawing = ElementTree.parse(WIDGET / "heel_map.svg")
    drawn = {node.get("data-zone") for node in drawing.iter() if node.get("data-zone")}
    offered = {o.value for o in protocol().question("pain_location").options if o.group == "place"}
    assert drawn == offered - {"Z10"}


def test_a_template_text_within_another_is_refused(tmp_path):
    write(tmp_path, panel="export const a = `x${b ? `y z` : ''}`;\n")
    with pytest.raises(DataError, match="no template text within another"):
        widget_files_of(tmp_path)


def widget_files_of(folder):
    for name in ("panel.css", "heel_map.svg", "icon.svg", "loader.js", *EXTRAS):
        (folder / name).write_text((WIDGET / name).read_text())
    (folder / "frame.js").write_text("export const f = 1;\n")
    return WidgetFiles({}, {}, folder)
