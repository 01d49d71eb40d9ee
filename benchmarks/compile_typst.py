"""The Typst compiler through its Python package: IN.typ OUT.pdf FONTS."""

import sys

import typst

source, target, fonts = sys.argv[1:]
typst.compile(source, output=target, font_paths=[fonts], ignore_system_fonts=True)
