from typing import Any

DESCRIPTION: dict[str, Any] = {"openapi": "3.1.0"}
