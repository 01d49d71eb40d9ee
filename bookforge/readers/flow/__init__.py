"""What the readers of word-processor, web and e-book files share.

In: pieces (paragraphs with their looks) of one file after another, as a format's own reader finds
them. Out: a `Document` whose spans point into the extracted text, one paragraph a line.
"""
