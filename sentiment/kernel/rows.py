"""Fetching and adding up rows of a weight table; what the sums mean is elsewhere."""

from __future__ import annotations

from typing import Any

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

LINE = 32
"""Cells added at once; the rows of a table are a multiple of it long."""

_BYTES = ir.VectorType(ir.IntType(8), LINE)
_SUMS = ir.VectorType(ir.IntType(32), LINE)


@intrinsic
def add_line(
    _typing_context: Any, cells: Any, rows: Any, begin: Any, end: Any, first: Any, sums: Any
) -> Any:
    """Write into ``sums[first : first + LINE]`` the sum of the rows ``rows[begin:end]``.

    Parameters
    ----------
    cells : ndarray of int8, shape (rows, multiple of LINE), contiguous
    rows : ndarray of uint32
        Numbers of rows of ``cells``.
    begin, end, first : int
        ``first`` is a multiple of LINE.
    sums : ndarray of int32

    Notes
    -----
    The sums of a line stay in registers for all its rows, which no loop over arrays is
    compiled to: four instructions a row instead of forty.
    """

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        def array(k: int) -> Any:
            return context.make_array(signature.args[k])(context, builder, arguments[k])

        table, numbers, out = array(0), array(1), array(5)
        begin, end, column = arguments[2:5]
        width = builder.extract_value(table.shape, 1)
        total = cgutils.alloca_once_value(builder, ir.Constant(_SUMS, [0] * LINE))
        with cgutils.for_range(builder, end, start=begin) as loop:
            row = builder.load(builder.gep(numbers.data, [loop.index]))
            start = builder.mul(builder.zext(row, width.type), width)
            line = builder.gep(table.data, [builder.add(start, column)])
            weights = builder.load(builder.bitcast(line, _BYTES.as_pointer()))
            weights.align = 1
            widened = builder.sext(weights, _SUMS)
            builder.store(builder.add(builder.load(total), widened), total)
        target = builder.bitcast(builder.gep(out.data, [column]), _SUMS.as_pointer())
        written = builder.store(builder.load(total), target)
        written.align = 4
        return context.get_dummy_value()

    return types.void(cells, rows, types.intp, types.intp, types.intp, sums), codegen


@intrinsic
def prefetch(_typing_context: Any, table: Any, i: Any) -> Any:
    """Ask for the cache line of ``table[i]``, the i-th item counted over all dimensions.

    Nothing is read, so an ``i`` outside the table does no harm. A table larger than the cache is
    asked some hundred instructions before it is read.
    """

    def codegen(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        place = builder.bitcast(builder.gep(array.data, [arguments[1]]), cgutils.voidptr_t)
        flag = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [cgutils.voidptr_t, flag, flag, flag])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        # To read, into every cache level, data.
        builder.call(function, [place, flag(0), flag(3), flag(1)])
        return context.get_dummy_value()

    return types.void(table, types.intp), codegen
