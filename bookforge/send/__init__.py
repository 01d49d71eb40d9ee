"""A book to a reader: made in the format it likes, copied safely, mailed, or uploaded."""
