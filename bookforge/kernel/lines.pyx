# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of bookforge/typeset/lines.py and units.py: the words of a line, measured and listed."""

from cpython.list cimport PyList_GET_ITEM, PyList_New, PyList_SET_ITEM
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM
from libc.math cimport fabs, rint


def tidy(double value):
    cdef double scaled = value * 1000.0, whole = rint(scaled)
    # Only near a tie the decimals decide, which Python looks at; else the nearest thousandth it is.
    if fabs(fabs(scaled - whole) - 0.5) < 1e-6 or fabs(whole) > 1e12 or value != value:
        return round(value, 3) + 0.0
    return whole / 1000.0 + 0.0


def add_widths(list boxes):
    cdef Py_ssize_t count = len(boxes), at
    cdef list widths = PyList_New(count)
    for at in range(count):
        width = (<object>PyList_GET_ITEM(boxes, at)).width
        Py_INCREF(width)
        PyList_SET_ITEM(widths, at, width)
    return sum(widths)


def list_shaped(list boxes):
    cdef Py_ssize_t count = len(boxes), at
    cdef tuple words = PyTuple_New(count)
    for at in range(count):
        shaped = (<object>PyList_GET_ITEM(boxes, at)).shaped
        Py_INCREF(shaped)
        PyTuple_SET_ITEM(words, at, shaped)
    return words
