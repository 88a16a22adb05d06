"""A bar chart of the table as SVG, without a library."""

from collections.abc import Callable, Mapping
from html import escape

ROW, LEFT, WIDTH, RIGHT = 26, 330, 420, 110
LIMIT_AT = 0.5  # position of the maximum on the axis


def plot(
    title: str, figures: Mapping[str, float], lines: Mapping[str, tuple[str, float, float]],
    rounded: Callable[[float], str],
) -> str:
    """SVG text: a bar for each figure as a share of its maximum.

    figures: line -> number. lines: line -> (unit, maximum, aim). rounded: formats a number.
    """
    shown = [line for line in lines if line in figures]
    height = ROW * (len(shown) + 2) + 10
    limit = LEFT + WIDTH * LIMIT_AT
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{LEFT + WIDTH + RIGHT}" height="{height}"'
        f' viewBox="0 0 {LEFT + WIDTH + RIGHT} {height}" font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
        f'<text x="10" y="20" font-weight="bold">{escape(title)}</text>',
        f'<text x="{limit:.0f}" y="20" text-anchor="middle" fill="#444">at most</text>',
    ]
    for number, line in enumerate(shown):
        unit, most, aim = lines[line]
        top = ROW * (number + 1) + 8
        share = min(figures[line] / most * LIMIT_AT, 1)
        color = "#2f7d5b" if figures[line] <= most else "#c2542d"
        aim_at = LEFT + WIDTH * LIMIT_AT * aim / most
        parts += [
            f'<text x="{LEFT - 8}" y="{top + 13}" text-anchor="end">{escape(line)}</text>',
            f'<rect x="{LEFT}" y="{top}" width="{WIDTH * share:.1f}" height="{ROW - 8}"'
            f' fill="{color}"/>',
            f'<path d="M{aim_at:.1f} {top - 2}v{ROW - 4}" stroke="#222" stroke-dasharray="2 2"/>',
            f'<text x="{LEFT + WIDTH * share + 6:.1f}" y="{top + 13}">'
            f'{escape(rounded(figures[line]))} {escape(unit)}</text>',
        ]
    parts += [
        f'<path d="M{limit:.1f} 26V{height - ROW}" stroke="#222"/>',
        f'<text x="10" y="{height - 10}" fill="#444">Dashed: the aim. A bar that would be longer'
        ' than twice the limit is cut.</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
