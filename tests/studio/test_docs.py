"""The curl lines of docs/studio.md are run as they stand there."""

import re
import shutil
import subprocess
from pathlib import Path

import anyio
import av
import pytest

from bot.studio.agent.understand import understand
from tests.studio.counterpart import photo, studio

DOCS = Path(__file__).parents[2] / "docs" / "studio.md"
TOOLS = ("bash", "curl", "jq")


@pytest.mark.skipif(not all(shutil.which(tool) for tool in TOOLS), reason=f"needs {', '.join(TOOLS)}")
async def test_the_lines_by_hand_make_a_film(tmp_path):
    script = re.search(r"```bash\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert script
    for index in range(3):
        (tmp_path / f"p{index}.jpg").write_bytes(photo(shade=index)[1])
    async with studio(tmp_path) as client:
        url = str(client.http.base_url).rstrip("/")
        done = await anyio.run_process(
            ["bash", "-euo", "pipefail", "-c", f"STUDIO={url} PHOTOS='p0.jpg p1.jpg p2.jpg'\n{script[1]}"],
            cwd=tmp_path,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 0, done.stderr.decode()
    assert "Your film is ready: 3 photos in 4 s" in done.stdout.decode()
    with av.open(str(tmp_path / "highlight.mp4")) as film:
        assert film.duration == pytest.approx(4_000_000, abs=100_000)


def vocabulary():
    section = DOCS.read_text(encoding="utf-8").split("## The agent")[1].split("The draft is described")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and "what it cannot" not in line]
    return [phrase for row in rows for phrase in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("phrase", vocabulary())
def test_every_phrase_that_the_docs_name_is_understood(phrase):
    assert understand(phrase)
