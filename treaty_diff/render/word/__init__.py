"""A Word file from inside out: spans, runs, paragraphs and tables, footnotes, comments, styles, package."""
