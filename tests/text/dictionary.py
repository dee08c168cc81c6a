"""Small dictionaries that tests write themselves."""


def write_dictionary(folder, name, words, rules="", encoding="UTF-8"):
    """Write a Hunspell dictionary; `words` is a text with one entry, flags and all, per blank."""
    entries = words.split()
    folder.mkdir(parents=True, exist_ok=True)
    affixes = f"SET {encoding}\n{rules}"
    (folder / f"{name}.aff").write_bytes(affixes.encode(encoding))
    lines = "\n".join([str(len(entries)), *entries, ""])
    (folder / f"{name}.dic").write_bytes(lines.encode(encoding))
    return folder


FRENCH = "le la les un une de des et est à sont allés enfants bibliothèque maison/S eau ville"
FRENCH_RULES = "SFX S Y 1\nSFX S 0 s .\n"
