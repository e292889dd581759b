"""Compile the built-in library into the wheel, so that no command need parse it."""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledLibrary(BuildHookInterface[Any]):  # Any: the configuration of any builder
    """Reads the syllabi once, when the wheel is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the compiled library to a wheel; an editable install has none."""
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        syllabi = importlib.import_module("curriculum.services.syllabi")
        with tempfile.NamedTemporaryFile(suffix=".json", delete=False) as file:
            file.write(syllabi.compiled_built_in())
        self._file = Path(file.name)
        build_data["force_include"][file.name] = "curriculum/library/compiled.json"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the file that was made for the wheel."""
        if version != "editable":
            self._file.unlink()
