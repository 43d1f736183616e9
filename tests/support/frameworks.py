"""The framework that comes with the project, read once: it takes a third of a second."""

from pathlib import Path

from bot.rules import framework_file
from bot.rules.framework import Framework

TEXT = (Path(__file__).parents[2] / "framework.yml").read_text(encoding="utf-8")
FRAMEWORK: Framework = framework_file.read(TEXT)
