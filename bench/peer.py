"""MoviePy, and the ffmpeg it brings, in an environment of their own, built once from pinned packages."""

import subprocess
import sys
from pathlib import Path

PACKAGES = ("moviepy==2.2.1", "imageio-ffmpeg==0.6.0", "imageio==2.37.0", "numpy==2.2.6", "pillow==11.3.0")


def environment(cache: Path) -> Path:
    """The Python of the peer's environment; about a minute when it is built."""
    home = cache / "moviepy"
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PACKAGES], check=True)
        (home / "ready").touch()
    return python


def ffmpeg(cache: Path) -> str:
    """The ffmpeg that came with the peer's environment."""
    return str(next((cache / "moviepy" / "lib").glob("python*/site-packages/imageio_ffmpeg/binaries/ffmpeg-*")))
