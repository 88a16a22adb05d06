"""The commented-out profile blocks of profiles.example.yml, made usable."""

import re

SECRETS = re.compile(r"env_var\('([A-Z_]+)'\)")


def uncommented(text, targets):
    """A profile with the blocks of some targets no longer commented out.

    text: what profiles.example.yml holds. targets: names such as snowflake. Returns the text;
    raises ValueError for a target without a block.
    """
    lines, inside, found = [], False, set()
    for line in text.splitlines():
        heading = re.fullmatch(r"    # ([a-z]+):", line)
        if heading:
            inside = heading[1] in targets
            found |= {heading[1]} & set(targets)
        elif not line.startswith("    #   "):
            inside = False
        lines.append(line.replace("# ", "", 1) if inside else line)
    missing = set(targets) - found
    if missing:
        raise ValueError(f"profiles.example.yml has no block for {', '.join(sorted(missing))}")
    return "\n".join(lines) + "\n"


def variables_asked_for(text):
    """The environment variables without a default that a profile asks for, as a sorted list."""
    return sorted(set(SECRETS.findall(text)))
