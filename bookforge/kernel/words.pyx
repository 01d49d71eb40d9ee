# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of bookforge/typeset/patterns.py and shape.py: where words may be divided, and words cut
out of a shaped text."""

from cpython.bytearray cimport PyByteArray_AS_STRING
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from cpython.object cimport PyObject
from cpython.ref cimport Py_INCREF
from cpython.tuple cimport PyTuple_New, PyTuple_SET_ITEM
from cpython.unicode cimport (
    PyUnicode_DATA,
    PyUnicode_KIND,
    PyUnicode_READ,
    PyUnicode_READ_CHAR,
    Py_UNICODE_TODECIMAL,
)
from libc.string cimport memset

from bisect import bisect_left
from operator import attrgetter

_CLUSTER = attrgetter("cluster")


cdef struct Branch:
    Py_UCS4 letter
    int child    # the first of those below, 0: none
    int beside   # the next below the same branch, 0: none
    int figures  # the first of its figures …
    int count    # … and how many


cdef struct Node:
    Py_UCS4 letter
    int child           # the first of those below, which stand side by side …
    unsigned short below  # … and how many
    unsigned short count  # of figures …
    int figures         # … and the first of them


cdef struct Figure:
    int back
    int level


cdef class Patterns:
    """A tree of the patterns' letters (Liang, 1983): all are tried from each letter of a word on.

    It grows by branches; then it is copied level by level, so that a step is a look at neighbours.
    """

    cdef Branch* _branches
    cdef Node* _nodes
    cdef Figure* _figures
    cdef int _used, _room, _written, _space
    cdef int[256] _roots
    cdef dict _known

    def __cinit__(self, list patterns):
        self._branches = NULL
        self._nodes = NULL
        self._figures = NULL
        self._used = self._room = self._written = self._space = 0
        memset(self._roots, 0, sizeof(self._roots))
        self._known = {}
        self._add_branch(0)
        for pattern in patterns:
            self._add(pattern)
        self._settle()

    def __dealloc__(self):
        PyMem_Free(self._branches)
        PyMem_Free(self._nodes)
        PyMem_Free(self._figures)

    cdef int _add_branch(self, Py_UCS4 letter) except -1:
        cdef void* wider
        if self._used == self._room:
            self._room = 2 * self._room + 1024
            wider = PyMem_Realloc(self._branches, self._room * sizeof(Branch))
            if wider == NULL:
                raise MemoryError
            self._branches = <Branch*>wider
        self._branches[self._used] = Branch(letter, 0, 0, 0, 0)
        self._used += 1
        return self._used - 1

    cdef int _add_figure(self, int back, int level) except -1:
        cdef void* wider
        if self._written == self._space:
            self._space = 2 * self._space + 1024
            wider = PyMem_Realloc(self._figures, self._space * sizeof(Figure))
            if wider == NULL:
                raise MemoryError
            self._figures = <Figure*>wider
        self._figures[self._written] = Figure(back, level)
        self._written += 1
        return 0

    cdef int _step(self, int at, Py_UCS4 letter) except -1:
        """The branch that a letter leads to from another, made if need be."""
        cdef int found
        if at == 0 and letter < 256:
            found = self._roots[letter]
        else:
            found = self._branches[at].child
            while found and self._branches[found].letter != letter:
                found = self._branches[found].beside
        if not found:
            found = self._add_branch(letter)
            self._branches[found].beside = self._branches[at].child
            self._branches[at].child = found
            if at == 0 and letter < 256:
                self._roots[letter] = found
        return found

    cdef int _add(self, str pattern) except -1:
        cdef Py_UCS4 letter
        cdef int at = 0, back = 0, level, first = self._written, last = -1
        letters, _, change = pattern.partition("/")
        cdef bint changed = change != ""
        for letter in <str>letters:
            if not 48 <= letter <= 57:
                at = self._step(at, letter)
                back += 1
        for letter in <str>letters:
            if not letter.isdecimal():
                back -= 1
            elif letter != 48 and back != last:
                level = Py_UNICODE_TODECIMAL(letter)
                self._add_figure(back, level + 1 if changed and level & 1 else level)
                last = back
        self._branches[at].figures = first
        self._branches[at].count = self._written - first
        return 0

    cdef int _settle(self) except -1:
        cdef int at, child, done = 1
        cdef Branch* branch
        cdef int* origin = <int*>PyMem_Calloc(self._used, sizeof(int))
        self._nodes = <Node*>PyMem_Calloc(self._used, sizeof(Node))
        if origin == NULL or self._nodes == NULL:
            PyMem_Free(origin)
            raise MemoryError
        memset(self._roots, 0, sizeof(self._roots))
        for at in range(self._used):
            branch = &self._branches[origin[at]]
            self._nodes[at] = Node(branch.letter, done, 0, branch.count, branch.figures)
            child = branch.child
            while child:
                if at == 0 and self._branches[child].letter < 256:
                    self._roots[self._branches[child].letter] = done
                origin[done] = child
                done += 1
                self._nodes[at].below += 1
                child = self._branches[child].beside
        PyMem_Free(origin)
        PyMem_Free(self._branches)
        self._branches = NULL
        return 0

    cdef inline int _below(self, int at, Py_UCS4 letter) noexcept:
        """The node that a letter leads to, 0: none."""
        cdef int child, end
        if at == 0 and letter < 256:
            return self._roots[letter]
        child = self._nodes[at].child
        end = child + self._nodes[at].below
        while child < end:
            if self._nodes[child].letter == letter:
                return child
            child += 1
        return 0

    def find(self, str word):
        known = self._known.get(word)
        if known is not None:
            return known
        cdef Py_ssize_t length = len(word), start, end, at, number, place
        cdef bytearray levels_ = bytearray(length + 3)
        cdef unsigned char* levels = <unsigned char*>PyByteArray_AS_STRING(levels_)
        cdef int node
        cdef Figure* figure
        cdef list places = []
        for start in range(length + 2):
            node, end = 0, start
            while end < length + 2:
                node = self._below(node, _letter(word, end, length))
                if not node:
                    break
                end += 1
                figure = self._figures + self._nodes[node].figures
                for number in range(self._nodes[node].count):
                    place = end - figure.back
                    if figure.level > levels[place]:
                        levels[place] = <unsigned char>figure.level
                    figure += 1
        for at in range(2, length + 1):
            if levels[at] & 1:
                places.append(at - 1)
        self._known[word] = places
        return places

    def forget(self):
        self._known.clear()


cdef inline Py_UCS4 _letter(str word, Py_ssize_t at, Py_ssize_t length) noexcept:
    """A letter of the word between full stops."""
    return PyUnicode_READ_CHAR(word, at - 1) if 0 < at <= length else c"."


# The longest run of letters that is a word.
cdef int LONGEST = 63


def divide(str letters, rules, patterns):
    cdef str lower = letters.lower()
    cdef Py_ssize_t length = len(letters), left = rules.left, most = length - <Py_ssize_t>rules.right
    cdef Py_ssize_t at = 0
    cdef list places
    exception = rules.exceptions.get(lower)
    if exception is not None:
        places = []
        parts = exception.split("-")
        parts.pop()
        for part in parts:
            at += len(part)
            places.append(at)
    elif patterns is None or length > LONGEST or len(lower) != length:
        return []
    else:
        places = patterns.find(lower)
    return [at for at in places if left <= at <= most]


# --- words by their letters


cdef struct Slot:
    unsigned int sum     # of the letters, see `_add_up`
    int length           # in letters
    int kind             # of the string whose letters …
    void* letters        # … these are
    PyObject* box        # NULL: free


cdef class Words(dict):
    """A dictionary with a table of its own, in which words are found in a text without being cut
    out of it. The table knows what was asked for before; nothing may be taken out."""

    cdef Slot* _slots
    cdef Py_ssize_t _room, _used
    cdef list _kept

    def __cinit__(self, *_args, **_named):
        self._slots = NULL
        self._room = self._used = 0
        self._kept = []

    def __dealloc__(self):
        PyMem_Free(self._slots)

    def find(self, str text):
        cdef list found = [], unknown = []
        cdef Py_ssize_t start = 0, stop, end = len(text)
        cdef int kind = PyUnicode_KIND(text)
        cdef void* letters = PyUnicode_DATA(text)
        while True:
            stop = _find_space(kind, letters, start, end)
            box = self._look_up(text, kind, letters, start, stop)
            if box is None:
                unknown.append((len(found), text[start:stop]))
            found.append(box)
            if stop == end:
                return found, unknown
            start = stop + 1

    def missing(self, str text):
        cdef list found = []
        cdef Py_ssize_t start = 0, stop, end = len(text)
        cdef int kind = PyUnicode_KIND(text)
        cdef void* letters = PyUnicode_DATA(text)
        while True:
            stop = _find_space(kind, letters, start, end)
            if self._look_up(text, kind, letters, start, stop) is None:
                found.append(text[start:stop])
            if stop == end:
                return found
            start = stop + 1

    cdef object _look_up(
        self, str text, int kind, void* letters, Py_ssize_t start, Py_ssize_t stop
    ):
        cdef unsigned int sum = _add_up(kind, letters, start, stop)
        cdef Py_ssize_t at
        cdef Slot* slot
        if self._room:
            at = sum & (self._room - 1)
            while self._slots[at].box != NULL:
                slot = &self._slots[at]
                if slot.sum == sum and slot.length == stop - start and _is_same(
                    slot, kind, letters, start
                ):
                    return <object>slot.box
                at = (at + 1) & (self._room - 1)
        word = text[start:stop]
        box = self.get(word)
        if box is not None and box.text == word:
            self._remember(sum, box)
        return box

    cdef int _remember(self, unsigned int sum, object box) except -1:
        cdef str text = box.text
        cdef Slot slot
        if 3 * (self._used + 1) > 2 * self._room:
            self._grow()
        slot = Slot(sum, <int>len(text), PyUnicode_KIND(text), PyUnicode_DATA(text), <PyObject*>box)
        self._put(slot)
        self._kept.append(box)
        self._used += 1
        return 0

    cdef void _put(self, Slot slot) noexcept:
        cdef Py_ssize_t at = slot.sum & (self._room - 1)
        while self._slots[at].box != NULL:
            at = (at + 1) & (self._room - 1)
        self._slots[at] = slot

    cdef int _grow(self) except -1:
        cdef Slot* before = self._slots
        cdef Py_ssize_t room = self._room, at
        cdef Slot* wider = <Slot*>PyMem_Calloc(max(512, 2 * room), sizeof(Slot))
        if wider == NULL:
            raise MemoryError
        self._slots, self._room = wider, max(512, 2 * room)
        for at in range(room):
            if before[at].box != NULL:
                self._put(before[at])
        PyMem_Free(before)
        return 0


cdef inline Py_ssize_t _find_space(
    int kind, void* letters, Py_ssize_t at, Py_ssize_t end
) noexcept:
    while at < end and PyUnicode_READ(kind, letters, at) != 32:
        at += 1
    return at


cdef inline unsigned int _add_up(
    int kind, void* letters, Py_ssize_t at, Py_ssize_t stop
) noexcept:
    """A number for a word, well spread (Fowler, Noll and Vo's FNV-1a)."""
    cdef unsigned int sum = 2166136261
    while at < stop:
        sum = (sum ^ <unsigned int>PyUnicode_READ(kind, letters, at)) * 16777619
        at += 1
    return sum ^ (sum >> 15)


cdef inline bint _is_same(Slot* slot, int kind, void* letters, Py_ssize_t start) noexcept:
    cdef Py_ssize_t at
    for at in range(slot.length):
        if PyUnicode_READ(slot.kind, slot.letters, at) != PyUnicode_READ(kind, letters, start + at):
            return False
    return True


# --- words out of a shaped text


def read_glyphs(list infos, list positions, same):
    cdef Py_ssize_t count = len(infos), at
    cdef tuple glyphs = PyTuple_New(count), advances = PyTuple_New(count)
    cdef bint moved = False
    for at in range(count):
        info, position = infos[at], positions[at]
        _put(glyphs, at, same[info.codepoint])
        _put(advances, at, same[position.x_advance])
        if not moved:
            moved = position.x_offset or position.y_offset
    return glyphs, advances, moved


cdef inline void _put(tuple row, Py_ssize_t at, object value) noexcept:
    """Fill a place of a new tuple."""
    Py_INCREF(value)
    PyTuple_SET_ITEM(row, at, value)


def cut_glyphs(words, list infos, tuple glyphs, tuple advances, tuple naturals, spell):
    cdef list rows = []
    cdef Py_ssize_t at = 0, begin = 0, end = -1, feed = -1, stop, length
    cdef Py_ssize_t count = len(infos)
    for word in words:
        length = len(<str>word)
        end += length + 1
        feed += length + 1
        if feed >= count or <Py_ssize_t>infos[feed].cluster != end:
            feed = bisect_left(infos, end, key=_CLUSTER)
        stop = feed
        texts = word
        if stop - at != length:
            texts = spell(word, [info.cluster - begin for info in infos[at:stop]])
        widths, own = advances[at:stop], naturals[at:stop]
        if own == widths:
            widths = own
        rows.append((glyphs[at:stop], widths, own, texts, float(sum(widths))))
        at, begin = stop + 1, begin + length + 1
    return rows
