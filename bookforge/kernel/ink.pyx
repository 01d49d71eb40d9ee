# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of bookforge/preflight/pdf/skim.py: ordinary lines of text, taken many at a time.

Nothing is taken that the Python beside it would not take in the same way; what is in any doubt
ends a run.
"""

from cpython cimport array
from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_GET_SIZE

import array

ctypedef const unsigned char* Place

# So many digits and powers of ten are exact, and their quotient is the number nearest to them.
cdef int DIGITS = 15
cdef double[16] POWERS = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
]


# To see whether a line follows nobody looks behind more marks: whole heaps of them would be looked
# at again for each.
cdef int MARKS = 8


cdef struct Measures:
    # The advances of the codes, of those beyond them, and how many bytes a code has.
    const double* widths
    Py_ssize_t count
    double other
    int size


cdef struct Line:
    bint scaled, moved
    double scale, right, up
    # What the strings of the array add up to, and the numbers between them.
    double strings, kerns


# --- what is read: each gives the place behind it, or NULL where it is something else


cdef inline bint _is_space(unsigned char byte) noexcept:
    return byte == 32 or 9 <= byte <= 13


cdef inline bint _ends_word(Place at, Place end) noexcept:
    return at == end or _is_space(at[0]) or at[0] in b"()<>[]{}/%"


cdef inline Place _skip_space(Place at) noexcept:
    while _is_space(at[0]):
        at += 1
    return at


cdef inline Place _skip_gap(Place at, Place end) noexcept:
    """What stands between operations."""
    while _is_space(at[0]) or (at[0] == 0 and at < end):
        at += 1
    return at


cdef inline Place _read_number(Place at, double* value) noexcept:
    cdef bint minus = at[0] == c"-"
    cdef long long whole = 0
    cdef int digits = 0, places = 0
    if minus or at[0] == c"+":
        at += 1
    while c"0" <= at[0] <= c"9" and digits <= DIGITS:
        whole = 10 * whole + (at[0] - c"0")
        digits += 1
        at += 1
    if at[0] == c".":
        at += 1
        while c"0" <= at[0] <= c"9" and digits <= DIGITS:
            whole = 10 * whole + (at[0] - c"0")
            digits += 1
            places += 1
            at += 1
    if not 0 < digits <= DIGITS:
        return NULL
    value[0] = <double>whole / POWERS[places]
    if minus:
        value[0] = -value[0]
    return at


cdef inline Place _read_operand(Place at, double* value) noexcept:
    """A number and the space behind it."""
    at = _read_number(at, value)
    if at == NULL or not _is_space(at[0]):
        return NULL
    return _skip_space(at)


cdef inline double _width(const Measures* font, Py_ssize_t code) noexcept:
    return font.widths[code] if code < font.count else font.other


cdef inline bint _is_mark(unsigned char byte) noexcept:
    return byte == c"(" or byte == c")" or byte == c"\\"


cdef inline Place _read_string(Place at, Place end, const Measures* font, double* total) noexcept:
    """A string of whole codes, from behind its opening bracket."""
    cdef double way = 0.0
    while at < end and not _is_mark(at[0]):
        if font.size == 1:
            way += _width(font, at[0])
            at += 1
        else:
            if _is_mark(at[1]):
                return NULL
            way += _width(font, at[0] << 8 | at[1])
            at += 2
    if at >= end or at[0] != c")":
        return NULL
    total[0] += way
    return at + 1


cdef inline Place _read_kern(Place at, double* total) noexcept:
    """Numbers between two strings, or between the last one and the end."""
    cdef double kern = 0.0, number
    cdef Place start = at
    while True:
        at = _skip_space(at)
        if at[0] == c"(":
            total[0] += kern
            return at
        if at[0] == c"]":
            return at if at == start else NULL
        at = _read_number(at, &number)
        if at == NULL or not (_is_space(at[0]) or at[0] == c"("):
            return NULL
        kern += number


cdef Place _read_array(Place at, Place end, const Measures* font, Line* line) noexcept:
    """[...]TJ with a string first and last."""
    line.strings = line.kerns = 0.0
    if at[0] != c"[" or at[1] != c"(":
        return NULL
    at += 1
    while at[0] == c"(":
        at = _read_string(at + 1, end, font, &line.strings)
        if at == NULL:
            return NULL
        at = _read_kern(at, &line.kerns)
        if at == NULL:
            return NULL
    at = _skip_space(at + 1)
    if at[0] != c"T" or at[1] != c"J" or not _ends_word(at + 2, end):
        return NULL
    return at + 2


cdef Place _read_line(Place at, Place end, const Measures* font, Line* line) noexcept:
    """`n Tz x y Td [...]TJ`, or less of it."""
    line.scaled = False
    line.moved = at[0] != c"["
    if line.moved:
        at = _read_operand(at, &line.right)
        if at == NULL:
            return NULL
        if at[0] == c"T" and at[1] == c"z" and _is_space(at[2]):
            line.scaled, line.scale = True, line.right / 100
            at = _read_operand(_skip_space(at + 2), &line.right)
            if at == NULL:
                return NULL
        at = _read_operand(at, &line.up)
        if at == NULL or at[0] != c"T" or at[1] != c"d":
            return NULL
        at = _skip_space(at + 2)
    return _read_array(at, end, font, line)


cdef inline bint _is_harmless(unsigned char byte) noexcept:
    """Letters, digits and what else properties of marked content are commonly made of."""
    return (
        c"a" <= byte <= c"z" or c"A" <= byte <= c"Z" or c"-" <= byte <= c"9"
        or byte == c"_" or _is_space(byte)
    )


cdef Place _read_name(Place at) noexcept:
    """A name without escapes, from its slash on."""
    if at[0] != c"/":
        return NULL
    at += 1
    while _is_harmless(at[0]) and at[0] != c"/" and not _is_space(at[0]):
        at += 1
    return at


cdef Place _read_mark(Place at, Place end) noexcept:
    """EMC, or BDC with a dictionary of names and numbers: both leave no ink."""
    if at[0] == c"E":
        return at + 3 if at[1] == c"M" and at[2] == c"C" and _ends_word(at + 3, end) else NULL
    at = _read_name(at)
    if at == NULL:
        return NULL
    at = _skip_space(at)
    if at[0] != c"<" or at[1] != c"<":
        return NULL
    at += 2
    while _is_harmless(at[0]):
        at += 1
    if at[0] != c">" or at[1] != c">":
        return NULL
    at = _skip_space(at + 2)
    if at[0] != c"B" or at[1] != c"D" or at[2] != c"C" or not _ends_word(at + 3, end):
        return NULL
    return at + 3


cdef Place _skip_marks(Place at, Place end, Py_ssize_t most, Py_ssize_t* operations) noexcept:
    """The end of the last of the marks that follow, or of so many."""
    cdef Place behind
    while most > 0:
        behind = _read_mark(_skip_gap(at, end), end)
        if behind == NULL:
            break
        at = behind
        operations[0] += 1
        most -= 1
    return at


# --- what Python calls


def shows_line(bytes content, Py_ssize_t place):
    cdef Place start = <Place>PyBytes_AS_STRING(content)
    cdef Place end = start + PyBytes_GET_SIZE(content)
    cdef Py_ssize_t operations = 0
    cdef Measures font
    cdef Line line
    font.widths, font.count, font.other, font.size = NULL, 0, 0.0, 1
    cdef Place at = _skip_marks(start + place, end, MARKS, &operations)
    return _read_line(_skip_gap(at, end), end, &font, &line) != NULL


def read_font(bytes content, Py_ssize_t place):
    cdef Place start = <Place>PyBytes_AS_STRING(content)
    cdef Place end = start + PyBytes_GET_SIZE(content)
    cdef Place name = _skip_gap(start + place, end)
    cdef Place behind = _read_name(name)
    cdef double size
    if behind == NULL or not _is_space(behind[0]):
        return None
    cdef Place at = _read_operand(_skip_space(behind), &size)
    if at == NULL or at[0] != c"T" or at[1] != c"f" or not _ends_word(at + 2, end):
        return None
    return name[1 : behind - name], size, at + 2 - start


def take_lines(bytes content, Py_ssize_t place, measures, tuple look, tuple pen, tuple box, safe):
    cdef array.array widths = measures.widths
    cdef Measures font
    font.widths, font.count = widths.data.as_doubles, len(widths)
    font.other, font.size = measures.other, measures.size
    cdef double a, d, stretch, above, below, x0, y0, x, y, unit, scale, right, low, high
    cdef double left_ink, bottom_ink, right_ink, top_ink, left_safe, bottom_safe, right_safe
    cdef double top_safe, begin, base
    a, d, stretch, above, below = look
    x0, y0, x, y, scale, unit = pen
    left_ink, bottom_ink, right_ink, top_ink = box
    left_safe, bottom_safe, right_safe, top_safe = safe
    cdef Place start = <Place>PyBytes_AS_STRING(content)
    cdef Place end = start + PyBytes_GET_SIZE(content)
    cdef Place at = start + place, behind
    cdef Py_ssize_t operations = 0
    cdef Line line
    while True:
        at = _skip_marks(at, end, end - at, &operations)
        behind = _read_line(_skip_gap(at, end), end, &font, &line)
        if behind == NULL:
            break
        begin, base = x, y
        if line.moved:
            begin, base = x0 + line.right * a, y0 + line.up * d
        right = begin + (line.strings - line.kerns) * (stretch * line.scale if line.scaled else unit)
        low, high = base + below, base + above
        if begin < left_safe or right > right_safe or low < bottom_safe or high > top_safe:
            break
        if line.scaled:
            scale, unit = line.scale, stretch * line.scale
        if line.moved:
            x0, y0, y = begin, base, base
        x = right
        left_ink = begin if begin < left_ink else left_ink
        right_ink = right if right > right_ink else right_ink
        bottom_ink = low if low < bottom_ink else bottom_ink
        top_ink = high if high > top_ink else top_ink
        at = behind
        operations += 1
    pen = (x0, y0, x, y, scale, unit)
    return at - start, operations, pen, (left_ink, bottom_ink, right_ink, top_ink)
