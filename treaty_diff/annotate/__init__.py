"""What a change does: annotations by deterministic rules over a comparison."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .._lazy import exports

if TYPE_CHECKING:
    from .annotation import Annotation, Annotations, Kind
    from .config import AnnotateConfig
    from .engine import annotate

__all__ = ["AnnotateConfig", "Annotation", "Annotations", "Kind", "annotate"]

__getattr__ = exports(
    __name__,
    {
        "AnnotateConfig": "config",
        "Annotation": "annotation",
        "Annotations": "annotation",
        "Kind": "annotation",
        "annotate": "engine",
    },
)
