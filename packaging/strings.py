"""Collects every text people may read, by its context, and brings the catalogues up to date.

Started by `python3 packaging/dev.py strings`, inside the project's environment.
"""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from environment import ROOT
from strings_declared import DECLARED, STANDS_FOR

PACKAGE = ROOT / "desktop_app"
CATALOGUES = ROOT / "resources" / "translations"
QT_FUNCTIONS = {"QCoreApplication.translate", "QT_TRANSLATE_NOOP"}
"""Qt's own, which take a context and a text."""

_WORTH_TRANSLATING = re.compile(r"[A-Za-z]|\{")
"""Not a bare number or year."""

_TR = re.compile(r"\b_?tr\(|\.tr\b|translat")
"""What the source of a module that translates has somewhere."""

Text = tuple[str, str]
"""A context and an English text."""


class UnknownTextError(Exception):
    """A call hands over something whose texts cannot be told from the source."""

    def __init__(self, where: str, code: str) -> None:
        super().__init__(
            f"{where}: which texts `{code}` stands for is not known; add it to strings_declared.py"
        )


@dataclass
class Module:
    """What a module binds at its top: values, and functions that translate, by their context."""

    name: str
    tree: ast.Module
    has_tr: bool = False
    values: dict[str, ast.expr] = field(default_factory=dict)
    translators: dict[str, str] = field(default_factory=dict)
    imports: dict[str, tuple[str, str]] = field(default_factory=dict)


def texts_of(package: Path = PACKAGE) -> set[Text]:
    """Return every text of the program with its context; raises `UnknownTextError`."""
    read = (_module(path, package.parent) for path in sorted(package.rglob("*.py")))
    modules = {module.name: module for module in read}
    spoken = [module for module in modules.values() if _speaks(module, modules)]
    found = {text for module in spoken for text in _Reader(module, modules).texts()}
    return {(context, text) for context, text in found if _WORTH_TRANSLATING.search(text)}


def _speaks(module: Module, modules: Mapping[str, Module]) -> bool:
    """Tell whether a module has something that translates, or takes it from another one."""
    taken = (modules[origin].translators for origin, _ in module.imports.values() if origin in modules)
    return bool(module.has_tr or module.translators or any(taken))


def _module(path: Path, root: Path) -> Module:
    parts = list(path.relative_to(root).with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    name = ".".join(parts[:-1] if is_package else parts)
    source = path.read_text(encoding="utf-8")
    module = Module(name, ast.parse(source), _TR.search(source) is not None)
    for node in module.tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=bound)], value=value)
                | ast.AnnAssign(target=ast.Name(id=bound), value=ast.expr() as value)
            ):
                module.values[bound] = value
                if isinstance(value, ast.Call) and ast.unparse(value.func).split(".")[-1] == "translator":
                    module.translators[bound] = _constant(value.args[0])
            case ast.FunctionDef():
                context = _context_of_helper(node)
                if context is not None:
                    module.translators[node.name] = context
            case ast.ImportFrom():
                origin = _absolute(node, parts if is_package else parts[:-1])
                module.imports |= {each.asname or each.name: (origin, each.name) for each in node.names}
    return module


def _absolute(node: ast.ImportFrom, package: list[str]) -> str:
    if not node.level:
        return node.module or ""
    return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])


def _context_of_helper(function: ast.FunctionDef) -> str | None:
    """Return the context of a function that does nothing but translate its one parameter."""
    if len(function.args.args) != 1:
        return None
    for node in ast.walk(function):
        match node:
            case ast.Call(args=[ast.Constant(value=str(context)), ast.Name(id=name)]) if (
                ast.unparse(node.func) in QT_FUNCTIONS and name == function.args.args[0].arg
            ):
                return context
    return None


def _aliases(function: ast.FunctionDef) -> dict[str, ast.expr]:
    """Return the local names a function gives to what translates."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name() as target], value=value):
                pairs = [(target, value)]
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs = list(zip(targets, values, strict=False))
            case _:
                continue
        for target, value in pairs:
            is_translating = isinstance(value, ast.Attribute) and value.attr in {"tr", "translate"}
            if is_translating and isinstance(target, ast.Name):
                found[target.id] = value
    return found


def _constant(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    raise TypeError(ast.unparse(node))


class _Reader(ast.NodeVisitor):
    """Walks one module and finds what it translates."""

    def __init__(self, module: Module, modules: Mapping[str, Module]) -> None:
        self._module = module
        self._modules = modules
        self._classes: list[str] = []
        self._functions: list[ast.FunctionDef] = []
        self._aliases: dict[str, ast.expr] = {}
        self._found: set[Text] = set()

    def texts(self) -> set[Text]:
        self.visit(self._module.tree)
        return self._found

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._classes.append(node.name)
        self.generic_visit(node)
        self._classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if not self._classes and node.name in self._module.translators:
            return
        outside, self._aliases = self._aliases, {**self._aliases, **_aliases(node)}
        self._functions.append(node)
        self.generic_visit(node)
        self._functions.pop()
        self._aliases = outside

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        context = self._context(node)
        if context is not None:
            self._found |= {(context, text) for text in self._texts_in(node.args[-1])}

    def _context(self, call: ast.Call) -> str | None:
        called = call.func
        if isinstance(called, ast.Name):
            called = self._aliases.get(called.id, called)
        function = ast.unparse(called)
        if function in QT_FUNCTIONS:
            first = call.args[0]
            return first.value if isinstance(first, ast.Constant) else None
        if isinstance(called, ast.Attribute) and called.attr == "tr":
            return self._class_of(ast.unparse(called.value))
        return self._translators().get(function)

    def _translators(self) -> dict[str, str]:
        known = dict(self._module.translators)
        for bound, (origin, name) in self._module.imports.items():
            if origin in self._modules and name in self._modules[origin].translators:
                known[bound] = self._modules[origin].translators[name]
        return known

    def _class_of(self, owner: str) -> str:
        """Return the class that is asked to translate: the one around, or what a parameter is said to be."""
        if owner == "self":
            return self._classes[-1]
        for function in reversed(self._functions):
            for parameter in function.args.args:
                if parameter.arg == owner and parameter.annotation is not None:
                    said = ast.unparse(parameter.annotation)
                    return STANDS_FOR.get(said, said)
        raise UnknownTextError(self._module.name, f"{owner}.tr")

    def _texts_in(self, node: ast.expr) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(text)):
                yield text
            case ast.IfExp(body=body, orelse=other):
                yield from self._texts_in(body)
                yield from self._texts_in(other)
            case ast.BoolOp(values=values):
                for each in values:
                    yield from self._texts_in(each)
            case (
                ast.Name(id=name)
                | ast.Subscript(value=ast.Name(id=name))
                | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="get"))
            ) if (value := self._value(name)) is not None:
                yield from _strings(value)
            case _:
                code = ast.unparse(node)
                declared = DECLARED.get((self._module.name, code))
                if declared is None:
                    raise UnknownTextError(self._module.name, code)
                yield from declared()

    def _value(self, name: str) -> ast.expr | None:
        if name in self._module.values:
            return self._module.values[name]
        origin, original = self._module.imports.get(name, ("", ""))
        return self._modules[origin].values.get(original) if origin in self._modules else None


def _strings(value: ast.expr) -> Iterator[str]:
    """Yield the texts a constant holds: itself, its items, or the values of a dictionary."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Dict(values=items) | ast.Tuple(elts=items) | ast.List(elts=items):
            for item in items:
                yield from _strings(item)
        case ast.Call(args=[inside]):
            yield from _strings(inside)


Catalogue = dict[str, dict[str, str]]
"""The translation of each English text, by context; empty while there is none."""


def brought_up_to_date(catalogue: Mapping[str, Mapping[str, str]], texts: set[Text]) -> Catalogue:
    """Return a catalogue of just these texts, in order, with the translations there are.

    A text that is new in its context takes over what it is called elsewhere, if that is one thing.
    """
    known: dict[str, set[str]] = {}
    for of_context in catalogue.values():
        for text, translation in of_context.items():
            known.setdefault(text, set()).add(translation)
    fresh: Catalogue = {}
    for context, text in sorted(texts):
        elsewhere = known.get(text, set()) - {""}
        usual = elsewhere.pop() if len(elsewhere) == 1 else ""
        fresh.setdefault(context, {})[text] = catalogue.get(context, {}).get(text) or usual
    return fresh


def main() -> int:
    """Rewrite every catalogue and print what it lacks and what went; returns 1 while something is missing."""
    try:
        texts = texts_of()
    except UnknownTextError as error:
        print(error)
        return 1
    missing = 0
    for path in sorted(CATALOGUES.glob("*.json")):
        before: Catalogue = json.loads(path.read_text(encoding="utf-8"))
        after = brought_up_to_date(before, texts)
        path.write_text(json.dumps(after, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        gone = {(context, text) for context in before for text in before[context]} - texts
        lacking = [(context, text) for context, text in sorted(texts) if not after[context][text]]
        for sign, found in (("- gone", sorted(gone)), ("+ to translate", lacking)):
            for context, text in found:
                print(f"{sign}: {context}: {text}")
        print(f"{path.name}: {len(texts)} texts, {len(lacking)} to translate, {len(gone)} gone")
        missing += len(lacking)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
