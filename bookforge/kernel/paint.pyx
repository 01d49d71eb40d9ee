# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of bookforge/render/pdf/paint.py: words and lines as operators of a page stream.

Texts are written into buffers that are as long as the longest so far.
"""

from cpython.bytes cimport PyBytes_AS_STRING, PyBytes_FromStringAndSize, PyBytes_GET_SIZE
from cpython.dict cimport PyDict_GetItemWithError, PyDict_Size
from cpython.mem cimport PyMem_Free
from cpython.object cimport PyObject
from cpython.tuple cimport PyTuple_GET_ITEM
from libc.math cimport rint
from libc.stdlib cimport calloc, free, realloc
from libc.string cimport memcpy, memset, strlen

from bookforge.typeset.frames import Begin, End, Highlight, Picture, Rule, TextLine

cdef extern from "Python.h":
    char* PyOS_double_to_string(double, char, int, int, int*) except NULL

cdef Py_ssize_t MEMORY = 24_000
cdef str SOFT_HYPHEN = "\u00ad"
# TJ numbers by their value, as they stand between two strings.
cdef dict _adjustments = {}


cdef struct Text:
    char* data
    Py_ssize_t size, room


cdef int _make_room(Text* text, Py_ssize_t size) except -1:
    cdef Py_ssize_t room = 2 * (text.size + size)
    cdef void* data
    if text.size + size > text.room:
        data = realloc(text.data, room)
        if data == NULL:
            raise MemoryError
        text.data, text.room = <char*>data, room
    return 0


cdef inline int _put(Text* text, bytes more) except -1:
    cdef Py_ssize_t size = PyBytes_GET_SIZE(more)
    if text.size + size > text.room:
        _make_room(text, size)
    memcpy(text.data + text.size, PyBytes_AS_STRING(more), size)
    text.size += size
    return 0


cdef inline bytes _read(Text* text):
    return PyBytes_FromStringAndSize(text.data, text.size)


# --- numbers


cdef bytes _decimal(double value, int digits, bytes before, bytes after):
    """A number of so many decimals, between two texts."""
    cdef char* text = PyOS_double_to_string(value, b"f", digits, 0, NULL)
    cdef Py_ssize_t size = strlen(text), first = len(before), last = len(after)
    try:
        whole = PyBytes_FromStringAndSize(NULL, first + size + last)
        memcpy(PyBytes_AS_STRING(whole), PyBytes_AS_STRING(before), first)
        memcpy(PyBytes_AS_STRING(whole) + first, text, size)
        memcpy(PyBytes_AS_STRING(whole) + first + size, PyBytes_AS_STRING(after), last)
    finally:
        PyMem_Free(text)
    return whole


cdef bytes _number(double value, bytes after):
    """What `number` makes of a value, before a text."""
    cdef char* text = PyOS_double_to_string(value, b"f", 3, 0, NULL)
    cdef Py_ssize_t size = strlen(text)
    while text[size - 1] == b"0":
        size -= 1
    if text[size - 1] == b".":
        size -= 1
    try:
        if size == 2 and text[0] == b"-" and text[1] == b"0":
            return b"0" + after
        return text[:size] + after
    finally:
        PyMem_Free(text)


cdef Py_ssize_t _write(char* place, long thousandths) noexcept:
    """What `number` makes of so many thousandths; how long that is."""
    cdef char[24] digits
    cdef Py_ssize_t count = 0, size = 0
    cdef unsigned long whole, part
    if thousandths < 0:
        place[size] = b"-"
        size += 1
    whole = -thousandths if thousandths < 0 else thousandths
    part, whole = whole % 1000, whole // 1000
    while True:
        digits[count] = 48 + whole % 10
        count, whole = count + 1, whole // 10
        if not whole:
            break
    while count:
        count -= 1
        place[size] = digits[count]
        size += 1
    if part:
        place[size], place[size + 1] = b".", 48 + part // 100
        place[size + 2], place[size + 3] = 48 + part // 10 % 10, 48 + part % 10
        size += 4
        while place[size - 1] == b"0":
            size -= 1
    return size


# --- words


cdef int NEAR = 1024
# Bytes that have a bit for each code.
cdef int SEEN = 8192
# Pages whose codes were asked for.
cdef long _page = 0


cdef struct Known:
    long glyph
    Py_UCS4 letter
    bint known
    char[2] code


cdef class Fragments(dict):
    """The codes of glyphs that stand for one letter are found again in a small table."""

    cdef readonly object font, size
    cdef readonly bytes select
    cdef object key, codes
    cdef Known* near
    cdef Text text
    # Which codes were seen on a page, a bit for each; what they stand for, None: more than one.
    cdef unsigned char* seen
    cdef long page
    cdef dict meanings
    cdef Py_ssize_t meant
    cdef set used

    def __init__(self, font, size):
        self.font, self.size = font, size
        self.select = b"/%s %s" % (font.name.encode(), _number(size, b" Tf"))
        self.key, self.codes = font.key, font.codes
        if self.near == NULL:
            self.near = <Known*>calloc(NEAR, sizeof(Known))
        if self.near == NULL:
            raise MemoryError

    def __dealloc__(self):
        free(self.near)
        free(self.seen)
        free(self.text.data)

    def __missing__(self, word):
        face = word.face
        if face is not self.key and face != self.key:
            raise KeyError(word)
        cdef tuple glyphs = tuple(word.glyphs)
        cdef bytes fragment
        if len(word.texts) != len(glyphs):
            raise ValueError("a word has as many texts as glyphs")
        if word.offsets:
            fragment = self.lift(word, glyphs)
        else:
            fragment = self.write(word, glyphs)
        if PyDict_Size(self) >= MEMORY:
            self.clear()
        self[word] = fragment
        return fragment

    cdef bytes write(self, word, tuple glyphs):
        cdef Text* text = &self.text
        cdef Py_ssize_t count = len(glyphs), at
        cdef tuple advances = tuple(word.advances), naturals = tuple(word.naturals)
        cdef double missing
        texts = word.texts
        if len(advances) != count or len(naturals) != count:
            raise ValueError("a word has as many advances as glyphs")
        text.size = 0
        _make_room(text, 2 * count)
        for at in range(count):
            self.encode(<object>PyTuple_GET_ITEM(glyphs, at), texts, at)
            natural = <object>PyTuple_GET_ITEM(naturals, at)
            advance = <object>PyTuple_GET_ITEM(advances, at)
            if natural is not advance:
                missing = <double>natural - <double>advance
                if missing != 0.0:
                    _put(text, _adjust(missing))
        return _read(text)

    cdef int encode(self, glyph, texts, Py_ssize_t at) except -1:
        """Write the code of a glyph."""
        cdef Text* text = &self.text
        cdef Py_UCS4 letter
        cdef Known* known
        cdef bytes code
        if type(texts) is str:
            letter = (<str>texts)[at]
        else:
            one = texts[at]
            if len(one) != 1:
                return _put(text, self.codes[glyph, one])
            letter = one
        cdef long name = glyph
        known = self.near + ((name * 31 + <long>letter) & (NEAR - 1))
        if not (known.known and known.glyph == name and known.letter == letter):
            code = self.codes[glyph, texts[at]]
            known.glyph, known.letter, known.known = name, letter, True
            known.code[0], known.code[1] = code[0], code[1]
        if text.size + 2 > text.room:
            _make_room(text, 2)
        text.data[text.size], text.data[text.size + 1] = known.code[0], known.code[1]
        text.size += 2
        return 0

    cdef bytes lift(self, word, tuple glyphs):
        """The same for a word with marks, which are moved to their places."""
        cdef list pieces = [self.codes[pair] for pair in zip(glyphs, word.texts)]
        cdef Py_ssize_t at
        for at, (natural, advance) in enumerate(zip(word.naturals, word.advances)):
            if natural != advance:
                pieces[at] += _adjust(natural - advance)
        for at, (right, up) in enumerate(word.offsets):
            if up:
                rise = _number(up * self.size / 1000, b" Ts[(")
                pieces[at] = b")]TJ %s%s)]TJ 0 Ts[(" % (rise, pieces[at])
            if right:
                there, back = _number(-right, b"("), _number(right, b"(")
                pieces[at] = b")%s%s)%s" % (there, pieces[at], back)
        return b"".join(pieces)

    cdef int begin(self, long page, set used) except -1:
        """From here on what is seen of codes is that of a page; goes to `used`."""
        if self.seen == NULL:
            self.seen = <unsigned char*>calloc(SEEN, 1)
            if self.seen == NULL:
                raise MemoryError
        memset(self.seen, 0, SEEN)
        self.page, self.used = page, used
        if self.meanings is None or self.meant != PyDict_Size(self.codes):
            self.meanings, self.meant = {}, PyDict_Size(self.codes)
            for (glyph, text), code in self.codes.items():
                self.meanings[code] = None if code in self.meanings else (glyph, text, code)
        return 0

    cdef bint see(self, bytes fragment) except -1:
        """Read the codes of a word out of its fragment; whether they say what they stand for."""
        cdef const unsigned char* place = <const unsigned char*>PyBytes_AS_STRING(fragment)
        cdef const unsigned char* stop = place + PyBytes_GET_SIZE(fragment)
        cdef unsigned char* byte
        cdef int bit
        while place < stop:
            if place[0] == b")":
                while place[0] != b"(":
                    place += 1
                place += 1
                continue
            byte, bit = self.seen + (place[0] << 5 | place[1] >> 3), 1 << (place[1] & 7)
            if not byte[0] & bit:
                meaning = self.meanings[place[:2]]
                if meaning is None:
                    return False
                self.used.add(meaning)
                byte[0] |= bit
            place += 2
        return True


cdef bytes _adjust(double value):
    found = _adjustments.get(value)
    if found is None:
        found = _adjustments[value] = b")" + _number(round(value, 2), b"(")
    return found


# --- pages


cdef class _Pen:
    """What a page stream is set to, while a page is painted."""

    cdef object painter, face, fragments, owner
    cdef double size, scale, grey, height, natural_space
    cdef long x, y
    cdef bytes space
    cdef Text text

    def __cinit__(self, painter):
        self.painter, self.height = painter, painter._height
        self.face, self.owner = None, painter._owner
        self.scale = 1.0

    def __dealloc__(self):
        free(self.text.data)

    cdef int look(self) except -1:
        """See which face the painter has selected."""
        painter = self.painter
        font = painter._font
        self.face, self.size, self.fragments = painter._face, painter._size, painter._fragments
        self.space, self.natural_space = font.space, font.space_width
        return 0

    cdef bytes select(self, face, size):
        cdef bytes chosen = self.painter._select(face, size)
        self.look()
        return chosen

    cdef int set_line(self, line, owner, list out) except -1:
        cdef tuple words = line.words
        cdef double scale = line.scale, grey = line.grey, size = line.size
        cdef Text* text = &self.text
        if not words:
            return 0
        face, tail = (<object>PyTuple_GET_ITEM(words, 0)).face, line.tail
        if face is not self.face or size != self.size:
            out.append(self.select(face, line.size))
        if scale != self.scale:
            self.scale = scale
            out.append(_number(scale * 100, b" Tz"))
        if grey != self.grey:
            self.grey = grey
            out.append(_number(grey, b" g"))
        if tail == SOFT_HYPHEN:
            words = (*words[: len(words) - 1], self.painter._hyphen(words[len(words) - 1]))
        text.size = 0
        self.move(line)
        if line.marks:
            out.append(_read(text))
            self.set_phrases(words, line, owner, out)
            return 0
        if owner is not self.owner:
            self.owner = owner
            out.append(owner)
        _put(text, b"[(")
        self.join(words, line)
        if tail == " ":
            _put(text, self.space)
        _put(text, b")]TJ")
        out.append(_read(text))
        return 0

    cdef int move(self, line) except -1:
        """Go to a line, in thousandths of a point."""
        cdef long x = <long>rint(<double>line.x * 1000)
        cdef long y = <long>rint((self.height - <double>line.y + <double>line.rise) * 1000)
        cdef Text* text = &self.text
        _make_room(text, 64)
        text.size = _write(text.data, x - self.x)
        text.data[text.size] = b" "
        text.size += 1
        text.size += _write(text.data + text.size, y - self.y)
        self.x, self.y = x, y
        return _put(text, b" Td")

    cdef int set_phrases(self, tuple words, line, owner, list out) except -1:
        """The painter does it, and may change the face on the way."""
        self.painter._owner = self.owner
        out += self.painter._set_phrases(words, line, owner)
        self.owner = self.painter._owner
        return self.look()

    cdef int join(self, tuple words, line) except -1:
        """The words with the line's spaces between them."""
        cdef Text* text = &self.text
        cdef Py_ssize_t at, before = text.size
        cdef PyObject* known
        cdef bytes gap
        if line.joined:
            return self.join_faces(words, line)
        gap = self.gap(line)
        for at in range(len(words)):
            word = <object>PyTuple_GET_ITEM(words, at)
            if at:
                _put(text, gap)
            known = PyDict_GetItemWithError(self.fragments, word)
            if known != NULL:
                _put(text, <bytes>known)
                continue
            try:
                _put(text, self.fragments[word])
            except KeyError:
                text.size = before
                return self.join_faces(words, line)
        return 0

    cdef int join_faces(self, tuple words, line) except -1:
        """The same for lines of several faces, or with words that touch."""
        cdef Text* text = &self.text
        cdef Py_ssize_t at
        cdef bytes gap = self.gap(line)
        joined = line.joined
        for at in range(len(words)):
            word = <object>PyTuple_GET_ITEM(words, at)
            if at and at not in joined:
                _put(text, gap)
            face = word.face
            if face is not self.face and face != self.face:
                _put(text, b")]TJ %s[(" % self.select(face, line.size))
                gap = self.gap(line)
            _put(text, self.fragments[word])
        return 0

    cdef bytes gap(self, line):
        """A space glyph and what makes it as wide as the line's spaces."""
        cdef double wanted = <double>line.space * 1000 / (self.size * self.scale)
        return _decimal(self.natural_space - wanted, 1, self.space + b")", b"(")


def paint(self, page):
    # Not at the head: that module is on its way when it asks for this one.
    from bookforge.render.pdf.paint import _END, _OUTSIDE

    self._start_page()
    cdef _Pen pen = _Pen(self)
    cdef list drawn = [], lines = [], around = [_OUTSIDE]
    for item in page.items:
        if isinstance(item, TextLine):
            pen.set_line(item, around[len(around) - 1], lines)
        elif isinstance(item, Begin):
            around.append(item)
        elif isinstance(item, End):
            around.pop()
        elif isinstance(item, (Rule, Picture, Highlight)):
            drawn += around[len(around) - 1], self._draw(item)
    if drawn and lines:
        drawn.append(_END)
    if lines:
        drawn += [b"BT", b"0 g", *lines, _END, b"ET"]
    return drawn


# --- what pages use of fonts


def list_codes(self, page):
    global _page
    _page += 1
    cdef dict found = {}
    cdef Fragments fragments = None
    cdef double size = 0.0
    face = None
    for item in page.items:
        if not isinstance(item, TextLine) or not item.words:
            continue
        words = item.words
        if words[0].face is not face or <double>item.size != size:
            face, size = words[0].face, item.size
            fragments = self._sizes[face, item.size]
            if fragments.page != _page:
                fragments.begin(_page, found.setdefault(fragments.font, set()))
        _see_words(self, fragments, words, found)
        if item.tail == SOFT_HYPHEN:
            _see_words(self, fragments, (self._hyphen(words[len(words) - 1]),), found)
    return list(found.items())


cdef int _see_words(self, Fragments fragments, tuple words, dict found) except -1:
    cdef Py_ssize_t at
    cdef PyObject* known
    for at in range(len(words)):
        word = <object>PyTuple_GET_ITEM(words, at)
        known = PyDict_GetItemWithError(fragments, word)
        if known != NULL and fragments.see(<bytes>known):
            continue
        # A word of another face, or whose codes do not tell.
        font = self._fonts[word.face]
        used = found.setdefault(font, set())
        for pair in zip(word.glyphs, word.texts):
            code = font.codes.get(pair)
            if code is not None:
                used.add((*pair, code))
    return 0
