"""EPUB 3.3: sections become XHTML of our own, ebooklib writes the package, pack.py the archive."""
