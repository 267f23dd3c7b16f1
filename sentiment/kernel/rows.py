# ruff: noqa: ANN401, ARG001 - numba hands its own objects to the makers of instructions
"""Adding up rows of a weight table, plain or weighted; what the sums mean is elsewhere."""

from __future__ import annotations

from typing import Any

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LINE = 32
"""Cells added at once; the rows of a table are a multiple of it long."""

WIDE = 64
"""Cells of a row that is weighed; more than a line, because a sum waits for the one before."""


@intrinsic
def add_line(_typing_context: Any, table: Any, rows: Any, count: Any, first: Any, sums: Any) -> Any:
    """Add to ``sums[first : first + LINE]`` the rows ``rows[:count]`` of a table.

    Parameters
    ----------
    table : ndarray of int8 or int16, shape (n, multiple of LINE), contiguous
    rows : ndarray of uint32
        Numbers of rows of ``table``.
    count, first : int
        ``first`` is a multiple of LINE.
    sums : ndarray of int16 or int32

    Notes
    -----
    The sums of a line stay in registers for all its rows, which no loop over arrays is
    compiled to: four instructions a row instead of forty.
    """
    cells = ir.VectorType(ir.IntType(table.dtype.bitwidth), LINE)
    stored = ir.VectorType(ir.IntType(sums.dtype.bitwidth), LINE)

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def array(k: int) -> Any:
            return context.make_array(signature.args[k])(context, builder, arguments[k])

        given, numbers, out = array(0), array(1), array(4)
        width = builder.extract_value(given.shape, 1)
        target = builder.gep(out.data, [arguments[3]])
        target = builder.bitcast(target, stored.as_pointer())
        begin = builder.load(target)
        begin.align = stored.element.width // 8
        total = cgutils.alloca_once_value(builder, begin)  # type: ignore[no-untyped-call]
        with cgutils.for_range(builder, arguments[2]) as loop:
            row = builder.load(builder.gep(numbers.data, [loop.index]))
            start = builder.add(builder.mul(builder.zext(row, width.type), width), arguments[3])
            line = builder.bitcast(builder.gep(given.data, [start]), cells.as_pointer())
            weights = builder.load(line)
            weights.align = cells.element.width // 8
            widened = builder.sext(weights, stored)
            builder.store(builder.add(builder.load(total), widened), total)
        written = builder.store(builder.load(total), target)
        written.align = begin.align
        return context.get_dummy_value()

    return types.void(table, rows, types.intp, types.intp, sums), codegen


@intrinsic
def weigh_rows(
    _typing_context: Any, table: Any, rows: Any, factors: Any, count: Any, sums: Any
) -> Any:
    """Set ``sums`` to the sum of some rows of a table, each times its factor.

    Parameters
    ----------
    table : ndarray of float32, shape (n, WIDE), contiguous
    rows : ndarray of uint32
        Numbers of rows of ``table``.
    factors : ndarray of float32
        One number a row.
    count : int
        Rows to take.
    sums : ndarray of float32, shape (WIDE,)
    """
    line_type = ir.VectorType(ir.FloatType(), WIDE)

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def array(k: int) -> Any:
            return context.make_array(signature.args[k])(context, builder, arguments[k]).data

        given, numbers, weights, out = array(0), array(1), array(2), array(4)
        zero = ir.Constant(line_type, [0.0] * WIDE)
        total = cgutils.alloca_once_value(builder, zero)  # type: ignore[no-untyped-call]
        with cgutils.for_range(builder, arguments[3]) as loop:
            row = builder.load(builder.gep(numbers, [loop.index]))
            start = builder.mul(builder.zext(row, loop.index.type), loop.index.type(WIDE))
            place = builder.bitcast(builder.gep(given, [start]), line_type.as_pointer())
            line = builder.load(place)
            line.align = 4
            factor = _everywhere(builder, builder.load(builder.gep(weights, [loop.index])))
            product = builder.fmul(line, factor)
            builder.store(builder.fadd(builder.load(total), product), total)
        written = builder.store(builder.load(total), builder.bitcast(out, line_type.as_pointer()))
        written.align = 4
        return context.get_dummy_value()

    return types.void(table, rows, factors, types.intp, sums), codegen


def _everywhere(builder: Any, number: Any) -> Any:
    """Return a line that holds one number everywhere."""
    line_type = ir.VectorType(ir.FloatType(), WIDE)
    undefined = ir.Constant(line_type, ir.Undefined)
    first = builder.insert_element(undefined, number, ir.Constant(ir.IntType(32), 0))
    places = ir.Constant(ir.VectorType(ir.IntType(32), WIDE), [0] * WIDE)
    return builder.shuffle_vector(first, undefined, places)
