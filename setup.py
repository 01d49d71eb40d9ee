"""The compiled kernel, the one part of the build that pyproject.toml cannot say."""

import os
import sys
from pathlib import Path

from setuptools import Extension, setup

# The same sums as Python's: no multiplication is melted into an addition.
_FLAGS = [] if sys.platform == "win32" else ["-O2", "-g0", "-ffp-contract=off"]

setup(
    ext_modules=[
        # Without a compiler the package works all the same: see bookforge/kernel/__init__.py.
        Extension(
            f"bookforge.kernel.{source.stem}",
            [source.as_posix()],
            extra_compile_args=_FLAGS,
            optional=True,
        )
        for source in sorted(Path("bookforge/kernel").glob("*.pyx"))
    ],
    options={"build_ext": {"parallel": os.cpu_count()}},
)
