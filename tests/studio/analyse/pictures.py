"""Photo-like pictures, and what goes wrong with photos, as real files."""

from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from bot.studio.film.glyphs import FILES, FONTS

SIZE = (1600, 1200)


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Large shapes in front of texture at every scale, with edges as a lens in focus leaves them."""
    rng = np.random.default_rng(seed)
    width, height = size
    picture = np.zeros((height, width, 3), np.float32)
    for octave in range(2, 9):
        cells = rng.normal(0, 1, (3 * 2**octave // 4, 2**octave, 3)).astype(np.float32)
        picture += cv2.resize(cells, size, interpolation=cv2.INTER_CUBIC) * np.float32(0.6**octave)
    picture = 128 + picture * (40 / picture.std()) + rng.uniform(-30, 30, 3).astype(np.float32)
    image = Image.fromarray(picture.clip(0, 255).astype(np.uint8))
    draw = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        across, down = rng.uniform(0.02, 0.16, 2) * width
        shade = tuple(int(value) for value in rng.uniform(20, 235, 3))
        draw.ellipse((x, y, x + across, y + down), fill=shade)
    return image


def subject(size: tuple[int, int], at: tuple[float, float], share: float = 0.1) -> Image.Image:
    """One bright round thing on a quiet ground; `at` is its middle as shares of the picture."""
    rng = np.random.default_rng(5)
    ground = cv2.resize(rng.uniform(80, 120, (6, 8, 3)).astype(np.float32), size, interpolation=cv2.INTER_CUBIC)
    ground += rng.normal(0, 3, ground.shape).astype(np.float32)
    image = Image.fromarray(ground.clip(0, 255).astype(np.uint8))
    radius = share * min(size)
    x, y = at[0] * size[0], at[1] * size[1]
    draw = ImageDraw.Draw(image)
    draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=(235, 60, 40))
    draw.ellipse((x - radius / 2, y - radius / 2, x + radius / 2, y + radius / 2), fill=(250, 220, 90))
    return image


def nearly(image: Image.Image, step: int = 1) -> Image.Image:
    """The same once more, a step to the side and a little brighter."""
    width, height = image.size
    moved = image.crop((round(width * 0.02 * step), round(height * 0.01), width, height))
    return moved.point(lambda value: min(255, round(value * 1.06)))


def blurred(image: Image.Image, share: float = 1 / 320) -> Image.Image:
    """Out of focus: a standard deviation of so much of the width (six pixels of a Full HD film)."""
    return image.filter(ImageFilter.GaussianBlur(image.width * share))


def shaken(image: Image.Image) -> Image.Image:
    """Moved along while the shutter was open."""
    length = image.width // 40 | 1
    kernel = np.full((1, length), 1 / length, np.float32)
    return Image.fromarray(cv2.filter2D(np.asarray(image), -1, kernel))


def black(size: tuple[int, int] = SIZE) -> Image.Image:
    """From inside a pocket: nothing but a little noise."""
    noise = np.random.default_rng(1).normal(4, 2, (size[1], size[0], 3))
    return Image.fromarray(noise.clip(0, 255).astype(np.uint8))


def night(size: tuple[int, int] = SIZE) -> Image.Image:
    """A dark sky with stars and a lit window: nothing wrong with it."""
    rng = np.random.default_rng(2)
    picture = rng.normal(12, 3, (size[1], size[0], 3))
    for _ in range(900):
        y, x = int(rng.integers(0, size[1] // 2)), int(rng.integers(0, size[0]))
        picture[y : y + 3, x : x + 3] = rng.uniform(120, 255)
    picture[size[1] * 3 // 4 : size[1] * 7 // 8, size[0] // 3 : size[0] * 3 // 7] = (250, 200, 120)
    return Image.fromarray(picture.clip(0, 255).astype(np.uint8))


def chat(size: tuple[int, int] = (1170, 2532), seed: int = 1) -> Image.Image:
    """A screenshot of a conversation."""
    rng = np.random.default_rng(seed)
    width, height = size
    image = Image.new("RGB", size, (250, 250, 252))
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONTS / FILES["text"], min(size) // 24)
    draw.rectangle((0, 0, width, height // 14), fill=(30, 110, 220))
    top = height // 12
    while top < height * 0.93:
        wide, mine = width * rng.uniform(0.4, 0.75), rng.random() < 0.5
        left = width // 30 if mine else width - wide - width // 30
        draw.rounded_rectangle((left, top, left + wide, top + height // 18), 20, fill=(230, 230, 235))
        draw.text((left + 20, top + height // 80), "see you there at nine", fill=(20, 20, 20), font=font)
        top += height // 18 + height // 60
    return image


def saved(path: Path, image: Image.Image, *, taken: str | None = None, camera: bool = False, zone: str = "") -> Path:
    """As the file name's ending says; `taken` as EXIF writes times."""
    exif = Image.Exif()
    if camera:
        exif[0x010F], exif[0x0110] = "Maker", "Model"
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
        if zone:
            exif.get_ifd(0x8769)[0x9011] = zone
    image.save(path, exif=exif, **({"quality": 88} if path.suffix == ".jpg" else {}))
    return path
