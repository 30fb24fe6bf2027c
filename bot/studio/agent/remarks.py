"""What has to be said beside the changes."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Names a sentence and its parameters."""

    key: str
    params: dict[str, str] = field(default_factory=dict)
