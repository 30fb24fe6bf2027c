"""Ten photo-like pictures of twelve megapixels: large shapes, texture at every scale, sensor grain."""

from pathlib import Path

import cv2
import numpy as np

SIZE = (4032, 3024)


def make_photos(folder: Path, count: int = 10) -> list[Path]:
    """Write the photos as JPEGs of quality 90; what is already there is kept."""
    folder.mkdir(parents=True, exist_ok=True)
    return [_photo(folder / f"photo-{number}.jpg", number) for number in range(count)]


def _photo(path: Path, seed: int) -> Path:
    if path.exists():
        return path
    rng = np.random.default_rng(seed)
    picture = np.zeros((SIZE[1], SIZE[0], 3), np.float32)
    for octave in range(2, 10):
        cells = rng.normal(0, 1, (3 * 2**octave // 4, 2**octave, 3)).astype(np.float32)
        picture += cv2.resize(cells, SIZE, interpolation=cv2.INTER_CUBIC) * 0.62**octave
    picture = 128 + picture * (46 / picture.std()) + rng.uniform(-25, 25, 3).astype(np.float32)
    for _ in range(60):
        centre = (int(rng.integers(SIZE[0])), int(rng.integers(SIZE[1])))
        axes = (int(rng.integers(20, 500)), int(rng.integers(20, 300)))
        shade = tuple(float(value) for value in rng.uniform(20, 235, 3))
        ground = picture.copy()
        cv2.ellipse(ground, centre, axes, float(rng.uniform(0, 180)), 0, 360, shade, -1, cv2.LINE_AA)
        picture = cv2.addWeighted(picture, 0.45, ground, 0.55, 0)
    picture += rng.normal(0, 2.5, picture.shape[:2]).astype(np.float32)[:, :, None]
    if not cv2.imwrite(str(path), picture.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, 90]):
        raise OSError(f"cannot write {path.name}")
    return path
