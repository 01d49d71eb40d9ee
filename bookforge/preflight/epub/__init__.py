"""Finished EPUBs against the validators, the shops' rules and the rules of accessibility."""

from bookforge.preflight.epub.access import Access
from bookforge.preflight.epub.check import Checked, check_epub
from bookforge.preflight.epub.places import Locate, Place

__all__ = ["Access", "Checked", "Locate", "Place", "check_epub"]
