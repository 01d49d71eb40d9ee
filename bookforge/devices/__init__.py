"""E-readers: how they are recognised, what they open, and what their files may be called."""
