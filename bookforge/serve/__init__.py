"""Handing finished books to readers on the network: OPDS 1.2 and 2.0, and a page for browsers.

In: sources of books (finished files, or a manuscript with a callable that builds it). Out: an ASGI
application that only reads, and a server that runs it until Ctrl-C. Nothing is written but into a
scratch folder that goes away at the end.
"""
