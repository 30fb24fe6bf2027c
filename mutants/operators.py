"""The faults: what a slip of the pen would make of an expression or a statement."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLED = {"any": "all", "all": "any", "min": "max", "max": "min"}
_CALLED |= {
    "startswith": "endswith",
    "endswith": "startswith",
    "find": "rfind",
    "search": "match",
    "partition": "rpartition",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One fault: the `number`-th of a file."""

    file: Path
    number: int
    line: int
    first: int
    """Where its statement begins: what runs that may run the line."""
    change: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.change}"


def mutants_of(file: Path) -> list[Mutant]:
    """Every fault of a file, in the order of its text."""
    walk = _Walk(wanted=-1)
    walk.visit(ast.parse(file.read_text(encoding="utf-8")))
    return [
        Mutant(file=file, number=number, line=line, first=first, change=change)
        for number, (line, first, change) in enumerate(walk.seen)
    ]


def mutated(mutant: Mutant) -> ast.Module:
    """The file with that one fault in it."""
    tree = ast.parse(mutant.file.read_text(encoding="utf-8"))
    _Walk(wanted=mutant.number).visit(tree)
    return ast.fix_missing_locations(tree)


class _Walk(ast.NodeTransformer):
    """Counts the faults that are possible, and puts in the wanted one."""

    def __init__(self, *, wanted: int) -> None:
        self._wanted = wanted
        self._raising = False
        self._line = self._first = 0
        self.seen: list[tuple[int, int, str]] = []

    def visit(self, node: ast.AST) -> ast.AST:
        """Faults of the node itself come before those inside it."""
        self._line = getattr(node, "lineno", self._line)
        self._first = self._line if isinstance(node, ast.stmt) else self._first
        chosen: ast.AST | None = None
        for change, other in _faults(node, raising=self._raising):
            if len(self.seen) == self._wanted:
                chosen = ast.copy_location(other, node)
            self.seen.append((self._line, self._first, change))
        if chosen is not None:
            return chosen
        before, self._raising = self._raising, self._raising or isinstance(node, ast.Raise)
        for name in _code(node):
            self._enter(node, name)
        self._raising = before
        return node

    def _enter(self, node: ast.AST, name: str) -> None:
        value = getattr(node, name)
        if isinstance(value, list):
            setattr(node, name, [self.visit(each) if isinstance(each, ast.AST) else each for each in value])
        elif isinstance(value, ast.AST):
            setattr(node, name, self.visit(value))


def _code(node: ast.AST) -> Iterator[str]:
    """The parts that decide anything: no decorators, types, imports, exported names or docstrings."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return
    if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "__all__":
        return
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "NewType":
        return
    if not isinstance(node, ast.Import | ast.ImportFrom):
        yield from (name for name in node._fields if name not in {"decorator_list", "annotation", "returns", "bases"})


def _faults(node: ast.AST, *, raising: bool) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(left=left, ops=ops, comparators=rest):
            for place, op in enumerate(ops):
                other = _COMPARED[type(op)]()
                yield (
                    _named(op, other),
                    ast.Compare(left=left, ops=[*ops[:place], other, *ops[place + 1 :]], comparators=rest),
                )
        case ast.BoolOp(op=op, values=values):
            swapped: ast.boolop = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield _named(op, swapped), ast.BoolOp(op=swapped, values=values)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _COUNTED:
            counted = _COUNTED[type(op)]()
            yield _named(op, counted), ast.BinOp(left=left, op=counted, right=right)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not dropped", operand
        case ast.Constant(value=value):
            yield from _constants(value, raising=raising)
        case ast.Call(func=func):
            yield from _calls(node, func)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper), ctx=ctx):
            if lower is not None:
                yield "slice from the start", ast.Subscript(value=value, slice=ast.Slice(upper=upper), ctx=ctx)
            if upper is not None:
                yield "slice to the end", ast.Subscript(value=value, slice=ast.Slice(lower=lower), ctx=ctx)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            yield "branches swapped", ast.IfExp(test=test, body=orelse, orelse=body)
        case _:
            yield from _statements(node)


def _constants(value: object, *, raising: bool) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(value, bool):
        yield f"{value} → {not value}", ast.Constant(not value)
    elif isinstance(value, int | float):
        yield f"{value} → {value + 1}", ast.Constant(value + 1)
    elif isinstance(value, str) and not raising:
        other = "" if value else "x"
        yield f"{value[:20]!r} → {other!r}", ast.Constant(other)


def _calls(call: ast.Call, func: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    if isinstance(func, ast.Name) and func.id in _CALLED:
        renamed: ast.expr = ast.Name(id=_CALLED[func.id], ctx=ast.Load())
        yield f"{func.id} → {_CALLED[func.id]}", ast.Call(func=renamed, args=call.args, keywords=call.keywords)
    elif isinstance(func, ast.Attribute) and func.attr in _CALLED:
        renamed = ast.Attribute(value=func.value, attr=_CALLED[func.attr], ctx=ast.Load())
        yield f"{func.attr} → {_CALLED[func.attr]}", ast.Call(func=renamed, args=call.args, keywords=call.keywords)


def _statements(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return
        case ast.If(test=test, body=body, orelse=orelse):
            yield "condition negated", ast.If(test=ast.UnaryOp(op=ast.Not(), operand=test), body=body, orelse=orelse)
        case ast.comprehension(target=target, iter=each, ifs=[_, *_] as tests, is_async=is_async):
            yield "filter dropped", ast.comprehension(target=target, iter=each, ifs=tests[1:], is_async=is_async)
        case ast.Return(value=ast.expr() as value) if not isinstance(value, ast.Constant):
            yield "return None", ast.Return(value=ast.Constant(None))
        case ast.Raise() | ast.AugAssign() | ast.Expr(value=ast.Call()):
            yield "statement dropped", ast.Pass()
        case ast.Break():
            yield "break → continue", ast.Continue()
        case ast.Continue():
            yield "continue → break", ast.Break()


def _named(old: ast.AST, new: ast.AST) -> str:
    return f"{type(old).__name__} → {type(new).__name__}"
