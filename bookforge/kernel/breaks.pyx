# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of bookforge/typeset/linebreak.py and items.py: breaks listed, and the best of them found.

Lists of breaks are arrays here, which Python code may read as the lists that it makes itself.
"""

from cpython cimport array
from cpython.bytes cimport PyBytes_AS_STRING
from cpython.list cimport PyList_GET_ITEM
from libc.math cimport fabs
from libc.stdlib cimport free, malloc, qsort, realloc

import array

cdef double INFINITY = float("inf")
cdef double LINE = 10.0, HYPHEN = 100.0
cdef double DOUBLE = 9_000.0, LADDER = 400_000.0, CLASH = 6_000.0
cdef double LAST_HYPHEN = 20_000.0, RUNT = 60_000_000.0
cdef double BRIM = 20_000_000.0, LONE_BRIM = 80_000_000.0
cdef double LOOSE = 0.5, TIGHT = 0.25, SLACK = 6.0
cdef double LONGEST_LINE = 1.07, SHORTEST_LINE = 0.87
cdef int STEP = 64, SET = 1, OWN = 2
# bookforge.typeset.cut.Join.
cdef int SPACE = 1, LOOSELY = 2, BOUND = 3, LAST_RESORT = 4, WIDE = 5

cdef tuple _HYPHENS = ("-", "\u2010")
cdef array.array _DOUBLES = array.array("d")
cdef array.array _INTS = array.array("i")


cdef inline array.array _doubles(object values):
    return values if isinstance(values, array.array) else array.array("d", values)


cdef inline array.array _ints(object values):
    return values if isinstance(values, array.array) else array.array("i", values)


cdef inline Py_ssize_t _bisect(double* values, double wanted, Py_ssize_t low, Py_ssize_t high) noexcept:
    """`bisect.bisect_left`, the same even where ends of lines run out of order."""
    cdef Py_ssize_t middle
    while low < high:
        middle = (low + high) // 2
        if values[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return low


# --- the best breaks


def break_evenly(breaks, double measure, double tolerance, manner, begun=()):
    cdef array.array ends_, starts_, stops_, begins_, hyphens_
    ends_, starts_ = _doubles(breaks.ends), _doubles(breaks.starts)
    stops_, begins_ = _ints(breaks.stops), _ints(breaks.begins)
    hyphens_ = _ints(breaks.hyphens)
    cdef Py_ssize_t count = len(ends_), last = count - 1
    cdef array.array cost_ = array.clone(_DOUBLES, count, False)
    cdef array.array notes_ = array.clone(_INTS, 3 * count, True)
    cdef double* ends = ends_.data.as_doubles
    cdef double* starts = starts_.data.as_doubles
    cdef int* stops = stops_.data.as_ints
    cdef int* begins = begins_.data.as_ints
    cdef int* hyphens = hyphens_.data.as_ints
    cdef double* cost = cost_.data.as_doubles
    cdef int* back = notes_.data.as_ints
    cdef int* looks = back + count
    cdef int* runs = looks + count
    cdef double space = manner.space, flex = manner.flex, tight = manner.tight
    cdef double brim = manner.brim, runt = manner.runt
    cdef double window, full, reach, base, start, natural, gaps, rest, give, growth, ratio, bad
    cdef double demerits, load
    cdef double final = ends[last]
    cdef Py_ssize_t j, k
    cdef int skipped, look, run, now, hyphen, at
    for j in range(count):
        cost[j] = INFINITY
    if begun:
        for node in begun:
            at = node.at
            cost[at], back[at], looks[at], runs[at] = node.cost, -1, node.look, node.run
    else:
        cost[0] = 0.0
    window = measure * (1.0 - min(0.9, flex + 0.3 * tolerance)) - SLACK
    full = measure * (1.0 + flex)
    reach = full + 0.4 * tight * measure
    for j in range(count):
        base = cost[j]
        if base == INFINITY:
            continue
        start, skipped = starts[j], begins[j]
        look, run = looks[j], runs[j]
        k = _bisect(ends, start + window, j + 1, last)
        while k < last:
            natural = ends[k] - start
            gaps = (stops[k] - skipped) * space
            rest = measure - natural
            give = flex * (natural - gaps)
            if rest > give:
                growth = (rest - give) / gaps if gaps != 0.0 else INFINITY
                if growth > tolerance:
                    k += 1
                    continue
                ratio = growth / LOOSE
                bad = 100.0 * ratio * ratio * ratio
                now = 1 if growth > 0.25 else 0
            elif rest < -give:
                growth = (-give - rest) / gaps if gaps != 0.0 else INFINITY
                if growth > tight:
                    if rest < -give - tight * gaps - SLACK:
                        break
                    k += 1
                    continue
                ratio = growth / TIGHT
                bad = 100.0 * ratio * ratio * ratio
                now = -1 if growth > 0.1 else 0
            else:
                bad = 0.0
                now = 0
            hyphen = hyphens[k]
            if hyphen:
                load = LINE + HYPHEN + bad
                demerits = base + load * load
                if run:
                    demerits += DOUBLE if run == 1 else LADDER
            else:
                load = LINE + bad
                demerits = base + load * load
            if now * look < 0:
                demerits += CLASH
            if demerits < cost[k]:
                cost[k] = demerits
                back[k] = <int>j
                looks[k] = now
                runs[k] = run + 1 if hyphen else 0
            k += 1
        natural = final - start
        if natural <= reach and natural <= full + tight * (stops[last] - skipped) * space:
            demerits = base + LINE * LINE
            if natural > full:
                ratio = (natural - full) / ((stops[last] - skipped) * space * TIGHT)
                load = LINE + 100.0 * ratio * ratio * ratio
                demerits = base + load * load
            if natural > brim:
                demerits += BRIM if j else LONE_BRIM
            elif natural < runt and j:
                demerits += RUNT
            if hyphens[j]:
                demerits += LAST_HYPHEN if stops[last] > skipped else RUNT
            if demerits < cost[last]:
                cost[last] = demerits
                back[last] = <int>j
    if cost[last] == INFINITY:
        return None
    path = [last]
    j = last
    while j and back[j] >= 0:
        j = back[j]
        path.append(j)
    path.reverse()
    if not begun:
        return path
    node = next(node for node in begun if node.at == path[0])
    before = []
    while node is not None:
        before.append(node.at)
        node = node.before
    before.reverse()
    return before + path[1:]


# --- breaks listed


cdef tuple _make(Py_ssize_t count):
    return (
        array.clone(_DOUBLES, count, False),
        array.clone(_DOUBLES, count, False),
        array.clone(_INTS, count, False),
        array.clone(_INTS, count, False),
        array.clone(_INTS, count, True),
    )


def row_words(list boxes, double space, double first):
    cdef Py_ssize_t count = len(boxes), at
    cdef tuple rows = _make(count + 1)
    cdef double* ends = (<array.array>rows[0]).data.as_doubles
    cdef double* starts = (<array.array>rows[1]).data.as_doubles
    cdef int* stops = (<array.array>rows[2]).data.as_ints
    cdef int* begins = (<array.array>rows[3]).data.as_ints
    cdef double reach = 0.0
    ends[0], starts[0], stops[0], begins[0] = 0.0, first, -1, 0
    for at in range(count):
        box = <object>PyList_GET_ITEM(boxes, at)
        if at:
            starts[at] = reach + <double>box.left
        reach += <double>box.width + space
        ends[at + 1] = reach - (<double>box.right + space)
        stops[at + 1] = <int>at
        begins[at + 1] = <int>at + 1
    if count:
        starts[count] = 0.0
    return rows


def row_joined(list boxes, bytes afters, double space, double first):
    cdef Py_ssize_t count = len(boxes), at, row = 1, chosen = 1
    cdef const unsigned char* after = <const unsigned char*>PyBytes_AS_STRING(afters)
    for at in range(count):
        chosen += _breaks(after[at])
    cdef tuple rows = _make(chosen)
    cdef array.array places_ = array.clone(_INTS, chosen, False)
    cdef double* ends = (<array.array>rows[0]).data.as_doubles
    cdef double* starts = (<array.array>rows[1]).data.as_doubles
    cdef int* stops = (<array.array>rows[2]).data.as_ints
    cdef int* begins = (<array.array>rows[3]).data.as_ints
    cdef int* hyphens = (<array.array>rows[4]).data.as_ints
    cdef int* places = places_.data.as_ints
    cdef double reach = 0.0, width, end
    cdef int gone = 0, spaced
    ends[0], starts[0], stops[0], begins[0], places[0] = 0.0, first, 0, 0, 0
    for at in range(count):
        box = <object>PyList_GET_ITEM(boxes, at)
        width = box.width
        spaced = after[at] == SPACE or after[at] == BOUND
        end = reach + width - <double>box.right
        reach += width + (space if spaced else 0.0)
        gone += spaced
        if not _breaks(after[at]):
            continue
        following = <object>PyList_GET_ITEM(boxes, at + 1 if at + 1 < count else at)
        ends[row] = end
        starts[row] = reach + <double>following.left
        stops[row], begins[row] = gone - spaced, gone
        if after[at] == LOOSELY and (<str>box.text).endswith(_HYPHENS):
            hyphens[row] = OWN
        places[row] = STEP * (<int>at + 1)
        row += 1
    return rows, places_


cdef inline bint _breaks(int join) noexcept:
    return join == SPACE or join == LOOSELY or join == LAST_RESORT or join == WIDE


def row_hyphens(
    list boxes, bytes afters, double space, double lead, double measure, known, places, find
):
    cdef Py_ssize_t count = len(boxes), at
    cdef const unsigned char* after = <const unsigned char*>PyBytes_AS_STRING(afters)
    cdef double longest = LONGEST_LINE * measure + 0.01, shortest = SHORTEST_LINE * measure
    cdef double reach = 0.0, width, begin
    cdef int gone = 0, spaced
    cdef list found = []
    for at in range(count):
        box = <object>PyList_GET_ITEM(boxes, at)
        width = box.width
        points = box.points
        if points is None or <tuple>points:
            begin = reach + lead
            if not (<long>(begin / longest + 1.0)) * shortest > begin + width:
                if points is None:
                    points = box.points = find(box)
                if <tuple>points:
                    found.append((at, reach, gone, points, box.hyphen))
        spaced = after[at] == SPACE or after[at] == BOUND
        reach += width + (space if spaced else 0.0)
        gone += spaced
    return _merge(found, known, places) if found else None


cdef struct Row:
    double* ends
    double* starts
    int* stops
    int* begins
    int* hyphens
    int* places


cdef Row _open(tuple rows, array.array places):
    cdef Row row
    row.ends = (<array.array>rows[0]).data.as_doubles
    row.starts = (<array.array>rows[1]).data.as_doubles
    row.stops = (<array.array>rows[2]).data.as_ints
    row.begins = (<array.array>rows[3]).data.as_ints
    row.hyphens = (<array.array>rows[4]).data.as_ints
    row.places = places.data.as_ints
    return row


cdef inline void _copy(Row* to, Py_ssize_t row, Row* known, Py_ssize_t at) noexcept:
    to.ends[row], to.starts[row] = known.ends[at], known.starts[at]
    to.stops[row], to.begins[row] = known.stops[at], known.begins[at]
    to.hyphens[row], to.places[row] = known.hyphens[at], known.places[at]


cdef tuple _merge(list found, known, places):
    """The rows that are known and those inside words: both are in the order of their places."""
    cdef tuple before = (
        _doubles(known[0]), _doubles(known[1]), _ints(known[2]), _ints(known[3]), _ints(known[4])
    )
    cdef array.array where = _ints(places)
    cdef Py_ssize_t old = len(where), more = old, at = 0, row = 0, number
    for entry in found:
        more += len(<tuple>(<tuple>entry)[3])
    cdef tuple rows = _make(more)
    cdef array.array order = array.clone(_INTS, more, False)
    cdef Row known_ = _open(before, where), out = _open(rows, order)
    cdef double reach, hyphen, start
    cdef int place, gone
    for entry in found:
        number, reach, gone, points, hyphen = <tuple>entry
        for letters, width in <tuple>points:
            place = <int>number * STEP + <int>letters
            while at < old and known_.places[at] < place:
                _copy(&out, row, &known_, at)
                at += 1
                row += 1
            start = reach + <double>width
            out.ends[row], out.starts[row] = start + hyphen, start
            out.stops[row], out.begins[row] = gone, gone
            out.hyphens[row], out.places[row] = SET, place
            row += 1
    while at < old:
        _copy(&out, row, &known_, at)
        at += 1
        row += 1
    return rows, order


# --- the best breaks where lines differ in width, or their number is prescribed


cdef size_t CROWD = 60


cdef struct Node:
    double cost
    Py_ssize_t at, before  # `before`: its number; -1 at the beginning
    int look, run


cdef class Reached:
    """A node as `break_evenly` takes it."""

    cdef readonly double cost
    cdef readonly int look, run
    cdef readonly object before
    cdef readonly Py_ssize_t at


cdef int _by_cost(const void* one, const void* other) noexcept nogil:
    cdef const Node* a = <const Node*>one
    cdef const Node* b = <const Node*>other
    if a.cost != b.cost:
        return -1 if a.cost < b.cost else 1
    return _by_place(one, other)


cdef int _by_place(const void* one, const void* other) noexcept nogil:
    cdef Py_ssize_t a = (<const Node*>one).at, b = (<const Node*>other).at
    return (a > b) - (a < b)


cdef class _Layers:
    """The nodes of all lines, one line's after another's; the last line's are `first` to `count`.

    As in a dict, a node that is reached again at less cost keeps its place in the order.
    """

    cdef array.array ends_, starts_, stops_, begins_, hyphens_
    cdef double* ends
    cdef double* starts
    cdef int* stops
    cdef int* begins
    cdef int* hyphens
    cdef Py_ssize_t last, first, count, room
    cdef Node* nodes
    # The number of the node at each break, in the line that is being reached.
    cdef Py_ssize_t* places
    cdef double tolerance, space, flex, runt, tight, brim

    def __cinit__(self, breaks, double tolerance, manner):
        self.ends_, self.starts_ = _doubles(breaks.ends), _doubles(breaks.starts)
        self.stops_, self.begins_ = _ints(breaks.stops), _ints(breaks.begins)
        self.hyphens_ = _ints(breaks.hyphens)
        self.ends, self.starts = self.ends_.data.as_doubles, self.starts_.data.as_doubles
        self.stops, self.begins = self.stops_.data.as_ints, self.begins_.data.as_ints
        self.hyphens = self.hyphens_.data.as_ints
        self.tolerance, self.space, self.flex = tolerance, manner.space, manner.flex
        self.runt, self.tight, self.brim = manner.runt, manner.tight, manner.brim
        cdef Py_ssize_t at, count = len(self.ends_)
        self.last = count - 1
        self.places = <Py_ssize_t*>malloc(count * sizeof(Py_ssize_t))
        # A line has no more nodes than there are breaks: there is always room for another line.
        self.room = 8 * count
        self.nodes = <Node*>malloc(self.room * sizeof(Node))
        if self.places == NULL or self.nodes == NULL:
            raise MemoryError
        for at in range(count):
            self.places[at] = -1
        self.nodes[0] = Node(0.0, 0, -1, 0, 0)
        self.first, self.count = 0, 1

    def __dealloc__(self):
        free(self.places)
        free(self.nodes)

    cdef int follow(self, double measure) except -1:
        """From the nodes of a line to those of the next."""
        cdef Py_ssize_t number, at, first = self.first, stop = self.count
        cdef size_t size
        self.make_room()
        self.first = stop
        for number in range(first, stop):
            self.go_on(number, measure)
        for at in range(self.first, self.count):
            self.places[self.nodes[at].at] = -1
        size = self.count - self.first
        if size > CROWD:
            qsort(self.nodes + self.first, size, sizeof(Node), _by_cost)
            qsort(self.nodes + self.first, CROWD, sizeof(Node), _by_place)
            self.count = self.first + <Py_ssize_t>CROWD
        return 0

    cdef int make_room(self) except -1:
        if self.count + self.last + 1 <= self.room:
            return 0
        cdef Py_ssize_t room = 2 * (self.room + self.last + 1)
        cdef void* nodes = realloc(self.nodes, room * sizeof(Node))
        if nodes == NULL:
            raise MemoryError
        self.nodes, self.room = <Node*>nodes, room
        return 0

    cdef void go_on(self, Py_ssize_t number, double measure) noexcept:
        cdef Py_ssize_t j = self.nodes[number].at, last = self.last, k
        cdef double start = self.starts[j], demerits, growth
        cdef double window = measure * (1.0 - min(0.9, self.flex + 0.3 * self.tolerance)) - SLACK
        k = _bisect(self.ends, start + window, j + 1, last)
        while k < last and self.ends[k] - start < measure * 1.12 + SLACK:
            if self.judge(j, k, measure, &growth):
                self.reach(number, k, growth)
            k += 1
        demerits = self.judge_last(j, measure)
        if demerits < INFINITY:
            self.keep(Node(self.nodes[number].cost + demerits, last, number, 0, 0))

    cdef double judge_last(self, Py_ssize_t j, double measure) noexcept:
        cdef double natural = self.ends[self.last] - self.starts[j], over, ratio, load, demerits
        cdef int gaps = self.stops[self.last] - self.begins[j]
        over = natural - measure * (1.0 + self.flex)
        if over > self.tight * gaps * self.space:
            return INFINITY
        ratio = over / (gaps * self.space * TIGHT) if over > 0.0 else 0.0
        load = LINE + 100.0 * ratio * ratio * ratio
        demerits = load * load
        if natural > self.brim:
            demerits += BRIM if j else LONE_BRIM
        elif natural < self.runt and j:
            demerits += RUNT
        if self.hyphens[j]:
            demerits += LAST_HYPHEN if gaps else RUNT
        return demerits

    cdef bint judge(self, Py_ssize_t j, Py_ssize_t k, double measure, double* growth) noexcept:
        """How much the spaces of a line must grow, and whether they may."""
        cdef double natural = self.ends[k] - self.starts[j]
        cdef double gaps = (self.stops[k] - self.begins[j]) * self.space
        cdef double rest = measure - natural
        cdef double give = self.flex * (natural - gaps)
        growth[0] = 0.0
        if fabs(rest) <= give:
            return True
        if gaps == 0.0:
            return False
        growth[0] = (rest - give) / gaps if rest > 0 else (rest + give) / gaps
        return -self.tight <= growth[0] <= self.tolerance

    cdef void reach(self, Py_ssize_t number, Py_ssize_t k, double growth) noexcept:
        cdef Node* node = self.nodes + number
        cdef double ratio = growth / LOOSE if growth > 0 else growth / TIGHT
        cdef double bad = 100.0 * fabs(ratio * ratio * ratio), load, cost
        cdef int look = 1 if growth > 0.25 else -1 if growth < -0.1 else 0
        cdef int hyphen = self.hyphens[k]
        load = LINE + bad + (HYPHEN if hyphen else 0.0)
        cost = node.cost + load * load
        if hyphen and node.run:
            cost += DOUBLE if node.run == 1 else LADDER
        if look * node.look < 0:
            cost += CLASH
        self.keep(Node(cost, k, number, look, node.run + 1 if hyphen else 0))

    cdef void keep(self, Node node) noexcept:
        cdef Py_ssize_t place = self.places[node.at]
        if place < 0:
            self.places[node.at] = self.count
            self.nodes[self.count] = node
            self.count += 1
        elif node.cost < self.nodes[place].cost:
            self.nodes[place] = node

    cdef bint pop_last(self, Node* done) noexcept:
        """Take the node at the paragraph's end out of the line, if there is one."""
        cdef Py_ssize_t number, other
        for number in range(self.first, self.count):
            if self.nodes[number].at == self.last:
                done[0] = self.nodes[number]
                for other in range(number + 1, self.count):
                    self.nodes[other - 1] = self.nodes[other]
                self.count -= 1
                return True
        return False

    cdef list retrace(self, Node node):
        cdef list path = [node.at]
        while node.before >= 0:
            node = self.nodes[node.before]
            path.append(node.at)
        path.reverse()
        return path

    cdef Reached say(self, Py_ssize_t number):
        """A node with all before it."""
        cdef Node node = self.nodes[number]
        cdef Reached reached = Reached()
        reached.cost, reached.look, reached.run = node.cost, node.look, node.run
        reached.at = node.at
        reached.before = None if node.before < 0 else self.say(node.before)
        return reached


def break_shaped(breaks, measures, double tolerance, manner, lines=None):
    cdef _Layers layers = _Layers(breaks, tolerance, manner)
    cdef bint counts = lines is not None, found = False
    cdef Py_ssize_t widths = len(measures), number
    cdef Py_ssize_t counted = lines if counts else widths - 1
    cdef Node done, best
    for number in range(counted):
        layers.follow(measures[min(number, widths - 1)])
        if not layers.pop_last(&done) or (counts and number < counted - 1):
            continue
        if not found or done.cost < best.cost:
            best, found = done, True
    if not counts and layers.count > layers.first and (not found or best.cost >= RUNT):
        begun = tuple([layers.say(number) for number in range(layers.first, layers.count)])
        path = break_evenly(breaks, measures[widths - 1], tolerance, manner, begun)
        if path is not None:
            return path
    return layers.retrace(best) if found else None
