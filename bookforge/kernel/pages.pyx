# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of bookforge/typeset/paginate.py: a column cut into pages.

The column is copied into arrays once; the search keeps its options and nodes in pools, and refers
to them by their number there.
"""

from libc.math cimport ceil
from libc.stdlib cimport calloc, free, malloc, realloc

cdef double INFINITY = float("inf")
cdef double SHORT = 10.0, LONG = 14.0
cdef double UNEQUAL = 400.0, OPENED = 25.0
cdef double MISSING = 60.0
cdef double FEW = 600.0
cdef double CROWDED = 90.0
cdef int LEAST = 5
cdef Py_ssize_t BEAM = 14, MOST_WAYS = 8


cdef struct Option:
    Py_ssize_t first, stop, after
    long fill, spare
    double cost


cdef struct Ways:
    Py_ssize_t first, stop  # in the pool; -1: not yet looked for


cdef struct Cut:
    Py_ssize_t first, stop
    long depth
    double cost


cdef struct Node:
    Py_ssize_t at, before
    double cost
    int count
    Cut left, right


cdef struct Pool:
    void* data
    Py_ssize_t count, room


cdef int _grow(Pool* pool, size_t size) except -1:
    """Room for one more in a pool."""
    if pool.count < pool.room:
        return 0
    cdef Py_ssize_t room = max(64, 2 * pool.room)
    cdef void* data = realloc(pool.data, room * size)
    if data == NULL:
        raise MemoryError
    pool.data, pool.room = data, room
    return 0


cdef class _Search:
    """The running totals of a column, and the ways to fill one page from a row."""

    cdef Py_ssize_t count, start, best
    cdef long lines
    cdef double leading, gap, balance
    cdef char* blank
    cdef double* costs
    cdef double* feet
    cdef long* depths
    cdef long* spares
    cdef long* tops
    cdef Ways* ways
    # Where the cheapest node that begins at a row is among those reached, if it is there.
    cdef Py_ssize_t* places
    cdef Pool options, kept, reached
    cdef Node done
    cdef bint found

    def __cinit__(self, column, frame):
        cdef Py_ssize_t count = len(column.heights), size = count + 1
        self.count = count
        self.blank = <char*>malloc(size * sizeof(char))
        self.costs = <double*>malloc(size * sizeof(double))
        self.feet = <double*>malloc(size * sizeof(double))
        self.depths = <long*>malloc(size * sizeof(long))
        self.spares = <long*>malloc(size * sizeof(long))
        self.tops = <long*>calloc(size, sizeof(long))
        self.ways = <Ways*>malloc(size * sizeof(Ways))
        self.places = <Py_ssize_t*>malloc(size * sizeof(Py_ssize_t))
        if (
            self.blank == NULL
            or self.costs == NULL
            or self.feet == NULL
            or self.depths == NULL
            or self.spares == NULL
            or self.tops == NULL
            or self.ways == NULL
            or self.places == NULL
        ):
            raise MemoryError
        self.lines, self.leading = frame.lines, frame.leading
        self.gap, self.balance = frame.gap, frame.balance
        self._fill(column)
        self.start = self.skip(0)

    def __dealloc__(self):
        free(self.blank)
        free(self.costs)
        free(self.feet)
        free(self.depths)
        free(self.spares)
        free(self.tops)
        free(self.ways)
        free(self.places)
        free(self.options.data)
        free(self.kept.data)
        free(self.reached.data)

    cdef int _fill(self, column) except -1:
        cdef list heights = column.heights, costs = column.costs, blank = column.blank
        cdef list opens = column.opens, feet = column.feet
        cdef Py_ssize_t row, count = self.count
        if min(len(costs), len(blank), len(opens), len(feet)) < count:
            raise IndexError("the lists of a column differ in length")
        self.depths[0], self.spares[0], self.feet[0] = 0, 0, 0.0
        for row in range(count):
            self.depths[row + 1] = self.depths[row] + <long>heights[row]
            self.spares[row + 1] = self.spares[row] + (1 if opens[row] else 0)
            self.feet[row + 1] = self.feet[row] + <double>feet[row]
            self.costs[row] = costs[row]
            self.blank[row] = 1 if blank[row] else 0
        for row in range(count + 1):
            self.ways[row].first, self.places[row] = -1, -1
        for at, lines in column.tops.items():
            if 0 <= at <= count:
                self.tops[<Py_ssize_t>at] = lines
        return 0

    cdef inline Py_ssize_t skip(self, Py_ssize_t row) noexcept:
        while row < self.count and self.blank[row]:
            row += 1
        return row

    cdef inline long fill(self, Py_ssize_t first, Py_ssize_t stop) noexcept:
        cdef long lines = self.depths[stop] - self.depths[first] + self.tops[first]
        cdef double notes = self.feet[stop] - self.feet[first]
        if notes > 0.01:
            lines += <long>ceil((notes + self.gap) / self.leading - 0.01)
        return lines

    cdef double depth_cost(self, Option* page, long depth) noexcept:
        cdef double opened = OPENED * (depth - page.fill)
        cdef long missing
        if depth == self.lines:
            return opened
        if depth > self.lines:
            return opened + LONG + (CROWDED if page.first <= self.start else 0.0)
        missing = self.lines - depth
        return opened + (SHORT if missing == 1 else MISSING * missing * missing)

    cdef double last_cost(self, Option* page) noexcept:
        if page.fill < LEAST and page.first > 0:
            return FEW * (LEAST - page.fill)
        return LONG if page.fill > self.lines else 0.0

    cdef Ways find(self, Py_ssize_t first) except *:
        """The ways to fill a page that begins with a row."""
        if self.ways[first].first < 0:
            self.look(first)
        return self.ways[first]

    cdef int look(self, Py_ssize_t first) except -1:
        cdef Py_ssize_t begin = self.options.count, top = self.top(first), row
        cdef long left = self.depths[self.count] - self.depths[top]
        cdef bint few = 0 < left < LEAST
        # The greatest fill of a page without fault.
        cdef long fullest = -1
        cdef Option option
        row = self.skip(min(max(top, first + 1), self.count))
        while row > first:
            if self.end(first, row, &option):
                if option.fill < self.lines - 1 and (
                    self.options.count - begin > MOST_WAYS or (fullest > option.fill and not few)
                ):
                    break
                if option.cost < MISSING and option.fill > fullest:
                    fullest = option.fill
                self.add(&option)
            row -= 1
        if self.options.count == begin:
            option = self.anything(first)
            self.add(&option)
        self.ways[first].first, self.ways[first].stop = begin, self.options.count
        return 0

    cdef Py_ssize_t top(self, Py_ssize_t first) noexcept:
        """The last row whose depth is in reach: `bisect.bisect_right` less one."""
        cdef long wanted = self.depths[first] + self.lines + 1
        cdef Py_ssize_t low = first + 1, high = self.count + 1, middle
        while low < high:
            middle = (low + high) // 2
            if wanted < self.depths[middle]:
                high = middle
            else:
                low = middle + 1
        return low - 1

    cdef bint end(self, Py_ssize_t first, Py_ssize_t row, Option* option) noexcept:
        """A page that ends before a row, if a page may."""
        cdef Py_ssize_t stop = row
        cdef double cost = 0.0
        if row < self.count:
            if self.blank[row]:
                return False
            cost = self.costs[row]
        if cost == INFINITY:
            return False
        while stop > first + 1 and self.blank[stop - 1]:
            stop -= 1
        option.fill = self.fill(first, stop)
        if option.fill > self.lines + 1:
            return False
        option.first, option.stop, option.after = first, stop, self.skip(row)
        option.spare = min(2, self.spares[stop] - self.spares[first])
        option.cost = cost
        return True

    cdef Option anything(self, Py_ssize_t first) noexcept:
        cdef Option option
        cdef Py_ssize_t stop = first + 1
        while stop < self.count and self.fill(first, stop + 1) <= self.lines:
            stop += 1
        option.first, option.stop, option.after = first, stop, self.skip(stop)
        option.fill = min(self.fill(first, stop), self.lines)
        option.spare, option.cost = 0, 10_000.0
        return option

    cdef int add(self, Option* option) except -1:
        _grow(&self.options, sizeof(Option))
        (<Option*>self.options.data)[self.options.count] = option[0]
        self.options.count += 1
        return 0

    cdef Option option(self, Py_ssize_t at) noexcept:
        # A copy: the pool moves when it grows.
        return (<Option*>self.options.data)[at]

    cdef int spread(self, Py_ssize_t before, bint alone) except -1:
        """Every way to go on from a node by a spread, or by a single page."""
        cdef Node node = (<Node*>self.kept.data)[before]
        cdef Ways lefts = self.find(node.at), rights
        cdef Option left, right
        cdef Py_ssize_t at, other
        for at in range(lefts.first, lefts.stop):
            left = self.option(at)
            if alone or left.after >= self.count:
                self.single(&node, before, &left)
                continue
            rights = self.find(left.after)
            for other in range(rights.first, rights.stop):
                right = self.option(other)
                self.pair(&node, before, &left, &right)
        return 0

    cdef int single(self, Node* node, Py_ssize_t before, Option* page) except -1:
        cdef bint last = page.after >= self.count
        cdef long depth = page.fill
        cdef Node way
        if not last:
            depth = max(page.fill, min(self.lines, page.fill + page.spare))
        way.left.cost = page.cost + (
            self.last_cost(page) if last else self.depth_cost(page, depth)
        )
        way.left.first, way.left.stop, way.left.depth = page.first, page.stop, depth
        way.right = way.left
        way.at, way.before, way.count = page.after, before, 1
        way.cost = node.cost + way.left.cost
        return self.reach(&way)

    cdef int pair(self, Node* node, Py_ssize_t before, Option* left, Option* right) except -1:
        cdef Node way
        cdef long least, most
        way.left.first, way.left.stop = left.first, left.stop
        way.right.first, way.right.stop = right.first, right.stop
        if right.after >= self.count:
            way.left.depth = max(left.fill, min(self.lines, left.fill + left.spare))
            way.left.cost = left.cost + self.depth_cost(left, way.left.depth)
            way.right.depth = right.fill
            way.right.cost = right.cost + self.last_cost(right)
        else:
            least = max(left.fill, right.fill)
            most = min(left.fill + left.spare, right.fill + right.spare)
            if least <= most:
                way.left.depth = way.right.depth = min(max(self.lines, least), most)
            else:
                way.left.depth = max(left.fill, min(least, left.fill + left.spare))
                way.right.depth = max(right.fill, min(least, right.fill + right.spare))
            way.left.cost = left.cost + self.depth_cost(left, way.left.depth)
            way.right.cost = right.cost + self.depth_cost(right, way.right.depth)
            if least > most:
                way.right.cost += (
                    UNEQUAL * self.balance * abs(way.left.depth - way.right.depth)
                )
        way.at, way.before, way.count = right.after, before, 2
        way.cost = node.cost + (way.left.cost + way.right.cost)
        return self.reach(&way)

    cdef int reach(self, Node* way) except -1:
        """Keep a way if there is none so cheap to the same row."""
        cdef Node* reached = <Node*>self.reached.data
        cdef Py_ssize_t place
        if way.at >= self.count:
            if not self.found or way.cost < self.done.cost:
                self.done, self.found = way[0], True
            return 0
        place = self.places[way.at]
        if place >= 0:
            if way.cost < reached[place].cost:
                reached[place] = way[0]
            return 0
        _grow(&self.reached, sizeof(Node))
        self.places[way.at] = self.reached.count
        (<Node*>self.reached.data)[self.reached.count] = way[0]
        self.reached.count += 1
        return 0

    cdef Py_ssize_t choose(self) except -1:
        """Move the cheapest of those reached to the nodes that are kept, in order; how many."""
        cdef Node* reached = <Node*>self.reached.data
        cdef Py_ssize_t at, lowest, number, count = min(BEAM, self.reached.count)
        for at in range(self.reached.count):
            self.places[reached[at].at] = -1
        for number in range(count):
            lowest = number
            for at in range(number + 1, self.reached.count):
                if _before(&reached[at], &reached[lowest]):
                    lowest = at
            reached[number], reached[lowest] = reached[lowest], reached[number]
            _grow(&self.kept, sizeof(Node))
            (<Node*>self.kept.data)[self.kept.count] = reached[number]
            self.kept.count += 1
        self.reached.count = 0
        return count

    cdef int run(self, bint recto) except -1:
        cdef Py_ssize_t first = 0, stop = 1, at
        cdef bint alone = recto
        _grow(&self.kept, sizeof(Node))
        cdef Node* node = <Node*>self.kept.data
        node.at, node.cost, node.before, node.count = self.start, 0.0, -1, 0
        self.kept.count = 1
        while first < stop and not (
            self.found and (<Node*>self.kept.data)[first].cost >= self.done.cost
        ):
            for at in range(first, stop):
                self.spread(at, alone)
            first = stop
            stop += self.choose()
            alone = False
        return 0

    cdef list unwind(self, make):
        cdef list pages = []
        cdef Node node = self.done
        if not self.found:
            return pages
        while node.count:
            if node.count == 2:
                pages.append(_cut(&node.right, make))
            pages.append(_cut(&node.left, make))
            node = (<Node*>self.kept.data)[node.before]
        pages.reverse()
        return pages


cdef inline bint _before(Node* one, Node* other) noexcept:
    return one.cost < other.cost or (one.cost == other.cost and one.at < other.at)


cdef object _cut(Cut* cut, make):
    return make(cut.first, cut.stop, cut.depth, cut.cost)


def cut_pages(column, frame, bint recto):
    # Not at the head: that module is on its way when it asks for this one.
    from bookforge.typeset.paginate import PageCut

    cdef _Search search = _Search(column, frame)
    if search.start >= search.count:
        raise IndexError("a column without rows that are not blank")
    search.run(recto)
    return search.unwind(PageCut)
