"""Print PDFs of whatever origin, looked at as a printer's intake does.

file (opened by pikepdf) ► pages interpreted ► `Facts` ► rules ► diagnostics. The rules never look
at the file, the interpreter knows no printer.
"""
