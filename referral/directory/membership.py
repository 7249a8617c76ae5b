"""Whether a column is one of a list, with the list as one parameter, however long.

A list of which each item is a parameter gives another text for each length, which has to be written, read and planned
anew; one parameter gives one text, of which drivers and databases keep the plan.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import ARRAY, Select, Text, TypeDecorator, bindparam
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine


class TextList(TypeDecorator[Collection[str]]):
    """A list of texts: an array, or JSON where there are none (SQLite)."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text() if dialect.name == "sqlite" else ARRAY(Text))

    def process_bind_param(self, value: Collection[str] | None, dialect: Dialect) -> Any:
        texts = list(value or ())
        return json.dumps(texts) if dialect.name == "sqlite" else texts


class _IsMember(FunctionElement[bool]):
    """Has no type of its own: of a Boolean SQLAlchemy would write `= 1` behind it, for which SQLite uses no index."""

    inherit_cache = True


@compiles(_IsMember)
def _write_any(element: _IsMember, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(clause, **options) for clause in element.clauses)
    # PostgreSQL does not look into a subquery when it plans: it always expects a few, and goes by the index. If it saw
    # a hundred it would rather read whole tables, which takes thirty times as long.
    return f"{column} = ANY (ARRAY(SELECT unnest({texts})))"


@compiles(_IsMember, "sqlite")
def _write_json(element: _IsMember, compiler: SQLCompiler, **options: Any) -> str:
    column, texts = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({texts}))"  # noqa: S608  (names and placeholders)


def is_one_of(column: InstrumentedAttribute[Any], name: str) -> FunctionElement[bool]:
    """Return the condition that a column of texts is in the collection that is given under this name."""
    return _IsMember(column, bindparam(name, type_=TextList()))


class _IsSelected(FunctionElement[bool]):
    inherit_cache = True


@compiles(_IsSelected)
def _write_any_selected(element: _IsSelected, compiler: SQLCompiler, **options: Any) -> str:
    column, selected = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} = ANY (ARRAY{selected})"


@compiles(_IsSelected, "sqlite")
def _write_in_selected(element: _IsSelected, compiler: SQLCompiler, **options: Any) -> str:
    column, selected = (compiler.process(clause, **options) for clause in element.clauses)
    return f"{column} IN {selected}"


def is_selected(column: InstrumentedAttribute[Any], statement: Select[Any]) -> FunctionElement[bool]:
    """Return the condition that a column is in what a query of one column finds, which is planned as `is_one_of` is."""
    return _IsSelected(column, statement.scalar_subquery())
