"""The filter: line ends, blank lines and Markdown's markup stay as they are."""

from __future__ import annotations

from bookforge.passes.typography.filter import Options, typogrify_text
from bookforge.passes.typography.markdown import typogrify_markdown


def test_line_ends_and_blank_lines_stay() -> None:
    text = '\r\n\r\nIt\'s\r\n  so.  \r\n\r\n\r\n"Yes\r\nand no," he said.\r\n'
    done = typogrify_text(text).text
    assert done == text.replace("'", "’").replace('"Y', "“Y").replace(',"', ",”")


def test_a_quotation_over_wrapped_lines() -> None:
    assert (
        typogrify_text('He said, "never\nagain" to\nme.').text == "He said, “never\nagain” to\nme."
    )


def test_a_dash_at_the_end_of_a_line() -> None:
    assert typogrify_text("He came --\nlate.").text == "He came—\nlate."


def test_auto_keeps_the_outer_level() -> None:
    assert typogrify_text("'I said \"no\",' he said.").text == "‘I said “no”,’ he said."


def test_style_on_request() -> None:
    done = typogrify_text("'I said \"no\",' he said.", Options(quotes="double"))
    assert done.text == "“I said ‘no’,” he said."


def test_counts_edits_and_doubts() -> None:
    text = "\"I met 'Arry at the 'old place by 'is house' and 'ome,' he said."
    done = typogrify_text(text)
    assert done.counts["quote"] + done.counts["apostrophe"] == 7
    assert [text[edit.start : edit.end] for edit in done.edits] == list("\"''''''")
    assert done.doubts and done.doubts[0].doubt == max(one.doubt for one in done.doubts)
    assert all(text[one.offset] == one.mark for one in done.doubts)


MARKDOWN = """---
title: "It's"
---

# The "Big" `it's` House

*"don't"* and **'twas** "over" [it's "x"](http://a.b/c--d "ti'tle") -- `a "b" -- c`.
- "one" item's
- <span class="x">"two"</span> \\"esc\\"

> "quoted
> text," he said...

```
"code" -- it's
```

    "indented" code

<div class="a">
"raw"
</div>

See https://x.org/a--b'c and a@b.com "ok" {.cls a="b"}[^1]

[^1]: "Note" isn't.
[ref]: http://x "it's"
"""


def test_markdown() -> None:
    done = typogrify_markdown(MARKDOWN).text.split("\n")
    assert done[1] == 'title: "It\'s"'
    assert done[4] == "# The “Big” `it's` House"
    assert done[6] == (
        '*“don’t”* and **’twas** “over” [it’s “x”](http://a.b/c--d "ti\'tle")—`a "b" -- c`.'
    )
    assert done[7:9] == ["- “one” item’s", '- <span class="x">“two”</span> \\"esc\\"']
    assert done[10:12] == ["> “quoted", "> text,” he said…"]
    assert done[14] == '"code" -- it\'s'
    assert done[17] == '    "indented" code'
    assert done[20] == '"raw"'
    assert done[23] == 'See https://x.org/a--b\'c and a@b.com “ok” {.cls a="b"}[^1]'
    assert done[25:27] == ["[^1]: “Note” isn’t.", '[ref]: http://x "it\'s"']


def test_hard_breaks_stay() -> None:
    assert typogrify_markdown('"one  \ntwo"\n').text == "“one  \ntwo”\n"
