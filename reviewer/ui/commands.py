"""Every command of the window: its words, its keys, its icon, and the menu it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from reviewer.marking import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Command:
    """Something a person can do from a menu, with a key, or from the command box.

    Attributes:
        name: as the code calls it.
        text: with the menu's mnemonic, marked in the context "commands".
        keys: the first is shown; a text in Qt's portable form.
        icon: file name in `resources/icons`, or empty.
        needs_review: whether it is only there while a project is open.
        checkable: whether it is a switch.
        short: text for the toolbar, where it differs.
    """

    name: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs_review: bool = True
    checkable: bool = False
    short: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu or submenu; None in `entries` is a separator, a text the name of a command."""

    name: str
    title: str
    entries: tuple[str | Menu | None, ...]


def _command(name: str, text: str, *keys: str, icon: str = "", short: str = "") -> Command:
    return Command(name, text, keys, icon, short=short)


def _anytime(name: str, text: str, *keys: str, icon: str = "", short: str = "") -> Command:
    return Command(name, text, keys, icon, needs_review=False, short=short)


COMMANDS: tuple[Command, ...] = (
    _anytime(
        "open",
        QT_TRANSLATE_NOOP("commands", "&Open…"),
        "Ctrl+O",
        icon="open",
        short=QT_TRANSLATE_NOOP("commands", "Open"),
    ),
    _anytime("open_folder", QT_TRANSLATE_NOOP("commands", "Open a folder of pa&irs…")),
    _anytime("paste", QT_TRANSLATE_NOOP("commands", "&Paste two texts…")),
    _anytime("sample", QT_TRANSLATE_NOOP("commands", "&Try a sample")),
    _command("add", QT_TRANSLATE_NOOP("commands", "&Add documents…")),
    _command("new_target", QT_TRANSLATE_NOOP("commands", "New version of the &translation…")),
    _command("new_source", QT_TRANSLATE_NOOP("commands", "New version of the &source…")),
    _command("proposals", QT_TRANSLATE_NOOP("commands", "&Decisions on earlier versions…")),
    _command("load", QT_TRANSLATE_NOOP("commands", "Load re&view from file…")),
    _command("load_table", QT_TRANSLATE_NOOP("commands", "Ta&ke over an edited table…")),
    _command("save", QT_TRANSLATE_NOOP("commands", "&Save"), "Ctrl+S"),
    _command("save_copy", QT_TRANSLATE_NOOP("commands", "Save a &copy…"), "Ctrl+Shift+S"),
    _command("share", QT_TRANSLATE_NOOP("commands", "Share through a &folder…")),
    _command("send_review", QT_TRANSLATE_NOOP("commands", "Sen&d my review only…")),
    _command(
        "export",
        QT_TRANSLATE_NOOP("commands", "&Export the translation…"),
        "Ctrl+Shift+E",
        icon="export",
        short=QT_TRANSLATE_NOOP("commands", "Export"),
    ),
    _command("export_table", QT_TRANSLATE_NOOP("commands", "Export the review as a ta&ble…")),
    _command("languages", QT_TRANSLATE_NOOP("commands", "&Languages…")),
    _anytime("memories", QT_TRANSLATE_NOOP("commands", "Translation &memories…")),
    _command("verify", QT_TRANSLATE_NOOP("commands", "Verif&y the project file")),
    _command("close", QT_TRANSLATE_NOOP("commands", "Close pro&ject"), "Ctrl+W"),
    _anytime("quit", QT_TRANSLATE_NOOP("commands", "&Quit"), "Ctrl+Q"),
    _command("undo", QT_TRANSLATE_NOOP("commands", "&Undo"), "Ctrl+Z", icon="undo"),
    _command(
        "redo", QT_TRANSLATE_NOOP("commands", "&Redo"), "Ctrl+Shift+Z", "Ctrl+Y", icon="redo"
    ),
    _command("edit", QT_TRANSLATE_NOOP("commands", "&Edit the translation"), "F2"),
    _command("find", QT_TRANSLATE_NOOP("commands", "&Find…"), "Ctrl+F"),
    _command("replace", QT_TRANSLATE_NOOP("commands", "Rep&lace…"), "Ctrl+H"),
    _command("find_next", QT_TRANSLATE_NOOP("commands", "Find &next"), "F3"),
    _command("find_previous", QT_TRANSLATE_NOOP("commands", "Find &previous"), "Shift+F3"),
    _command("go_to", QT_TRANSLATE_NOOP("commands", "&Go to pair…"), "Ctrl+G"),
    _anytime("command_box", QT_TRANSLATE_NOOP("commands", "&Command box"), "Ctrl+K"),
    _anytime("preferences", QT_TRANSLATE_NOOP("commands", "Preference&s…"), "Ctrl+,"),
    _command(
        "previous_finding",
        QT_TRANSLATE_NOOP("commands", "&Previous finding"),
        "Shift+F8",
        icon="previous",
    ),
    _command("next_finding", QT_TRANSLATE_NOOP("commands", "&Next finding"), "F8", icon="next"),
    _command("waive", QT_TRANSLATE_NOOP("commands", "&Waive the finding…"), "Ctrl+I"),
    _command("accept_word", QT_TRANSLATE_NOOP("commands", "Accept t&he word"), "Ctrl+Shift+I"),
    _command("unify", QT_TRANSLATE_NOOP("commands", "&Unify the term…"), "Ctrl+U"),
    _command(
        "make_group", QT_TRANSLATE_NOOP("commands", "Group the selecte&d terms"), "Ctrl+Shift+G"
    ),
    _command("add_term", QT_TRANSLATE_NOOP("commands", "Add to the &termbase…"), "Ctrl+E"),
    _command("termbase", QT_TRANSLATE_NOOP("commands", "Term&base…")),
    _command("concordance", QT_TRANSLATE_NOOP("commands", "Concorda&nce…"), "Ctrl+Shift+K"),
    _command(
        "confirm",
        QT_TRANSLATE_NOOP("commands", "&Confirm and go on"),
        "Ctrl+Enter",
        "Ctrl+Return",
        icon="confirm",
        short=QT_TRANSLATE_NOOP("commands", "Confirm"),
    ),
    _command(
        "reject", QT_TRANSLATE_NOOP("commands", "&Reject"), "Ctrl+Shift+Enter", "Ctrl+Shift+Return"
    ),
    _command("reopen", QT_TRANSLATE_NOOP("commands", "Re&open")),
    _command("comment", QT_TRANSLATE_NOOP("commands", "Co&mment…"), "Ctrl+M"),
    _command("next_pair", QT_TRANSLATE_NOOP("commands", "Next p&air"), "Ctrl+Down"),
    _command("previous_pair", QT_TRANSLATE_NOOP("commands", "Pre&vious pair"), "Ctrl+Up"),
    _command(
        "next_open", QT_TRANSLATE_NOOP("commands", "Next unconfirme&d pair"), "Ctrl+Shift+Down"
    ),
    _command(
        "previous_open",
        QT_TRANSLATE_NOOP("commands", "Previous unconfirmed pa&ir"),
        "Ctrl+Shift+Up",
    ),
    _command("next_document", QT_TRANSLATE_NOOP("commands", "Next d&ocument"), "Ctrl+PgDown"),
    _command(
        "previous_document", QT_TRANSLATE_NOOP("commands", "Previous docu&ment"), "Ctrl+PgUp"
    ),
    _command("disagreements", QT_TRANSLATE_NOOP("commands", "Disagr&eements"), "Ctrl+D"),
    Command(
        "independent",
        QT_TRANSLATE_NOOP("commands", "I&ndependent reviewers"),
        checkable=True,
    ),
    _command("agreement", QT_TRANSLATE_NOOP("commands", "&Agreement…")),
    _command("check", QT_TRANSLATE_NOOP("commands", "Check a&gain"), "F5", icon="check-again"),
    _command("checks", QT_TRANSLATE_NOOP("commands", "Chec&ks…")),
    _command("waivers", QT_TRANSLATE_NOOP("commands", "Waiver&s…")),
    _command("words", QT_TRANSLATE_NOOP("commands", "Word lis&ts…")),
    _command("checklists", QT_TRANSLATE_NOOP("commands", "Check&lists…")),
    _command("next_doubtful", QT_TRANSLATE_NOOP("commands", "Next doub&tful pair"), "F7"),
    _command(
        "previous_doubtful", QT_TRANSLATE_NOOP("commands", "Previous doubt&ful pair"), "Shift+F7"
    ),
    _command("next_odd", QT_TRANSLATE_NOOP("commands", "Next pair that is not &1-1"), "Ctrl+F7"),
    _command(
        "previous_odd",
        QT_TRANSLATE_NOOP("commands", "Previous pair that is not 1-1"),
        "Ctrl+Shift+F7",
    ),
    _command("merge", QT_TRANSLATE_NOOP("commands", "Mer&ge with the next pair"), "Ctrl+J"),
    _command(
        "merge_previous",
        QT_TRANSLATE_NOOP("commands", "Merge with the pair &before"),
        "Ctrl+Shift+J",
    ),
    _command("split", QT_TRANSLATE_NOOP("commands", "&Split the pair"), "Ctrl+T"),
    _command("read_source", QT_TRANSLATE_NOOP("commands", "&Caret in the source"), "Shift+F2"),
    _command("unlink", QT_TRANSLATE_NOOP("commands", "Unlin&k the pair"), "Ctrl+Shift+L"),
    _command("link", QT_TRANSLATE_NOOP("commands", "&Link with another pair"), "Ctrl+L"),
    _command("realign", QT_TRANSLATE_NOOP("commands", "&Align anew…"), "Ctrl+R"),
    _command("anchors", QT_TRANSLATE_NOOP("commands", "Paste anc&hors…")),
    _command(
        "move_down", QT_TRANSLATE_NOOP("commands", "Move the last sentence &down"), "Alt+Down"
    ),
    _command("move_up", QT_TRANSLATE_NOOP("commands", "Move the &first sentence up"), "Alt+Up"),
    _command(
        "move_source_down",
        QT_TRANSLATE_NOOP("commands", "Move the last source sentence do&wn"),
        "Alt+Shift+Down",
    ),
    _command(
        "move_source_up",
        QT_TRANSLATE_NOOP("commands", "Move the first source sentence &up"),
        "Alt+Shift+Up",
    ),
    Command(
        "panel",
        QT_TRANSLATE_NOOP("commands", "Side &panel"),
        ("Ctrl+B",),
        "panel",
        checkable=True,
    ),
    _command("findings", QT_TRANSLATE_NOOP("commands", "&Findings")),
    _command("consistency", QT_TRANSLATE_NOOP("commands", "&Consistency")),
    _command("history", QT_TRANSLATE_NOOP("commands", "&History")),
    _anytime("next_pane", QT_TRANSLATE_NOOP("commands", "Next pa&ne"), "F6"),
    _anytime("zoom_in", QT_TRANSLATE_NOOP("commands", "&Larger text"), "Ctrl++", "Ctrl+="),
    _anytime("zoom_out", QT_TRANSLATE_NOOP("commands", "&Smaller text"), "Ctrl+-"),
    _anytime("zoom_reset", QT_TRANSLATE_NOOP("commands", "N&ormal size"), "Ctrl+0"),
    _anytime("keys", QT_TRANSLATE_NOOP("commands", "&Keys"), "F1"),
    _anytime("about", QT_TRANSLATE_NOOP("commands", "&About Bitext Reviewer")),
)

MENUS: tuple[Menu, ...] = (
    Menu(
        "file",
        QT_TRANSLATE_NOOP("commands", "&File"),
        (
            "open",
            "open_folder",
            Menu("recent", QT_TRANSLATE_NOOP("commands", "Open &recent"), ()),
            "paste",
            "sample",
            None,
            "add",
            Menu(
                "version",
                QT_TRANSLATE_NOOP("commands", "Take a &new version"),
                ("new_target", "new_source", None, "proposals"),
            ),
            "languages",
            None,
            "save",
            "save_copy",
            "export",
            "export_table",
            "verify",
            None,
            "send_review",
            "load",
            "load_table",
            "share",
            None,
            "close",
            "quit",
        ),
    ),
    Menu(
        "edit",
        QT_TRANSLATE_NOOP("commands", "&Edit"),
        (
            "undo",
            "redo",
            None,
            "edit",
            "read_source",
            None,
            "find",
            "find_next",
            "find_previous",
            "replace",
            None,
            "preferences",
        ),
    ),
    Menu(
        "review",
        QT_TRANSLATE_NOOP("commands", "&Review"),
        (
            "confirm",
            "reject",
            "reopen",
            "comment",
            None,
            Menu("apply", QT_TRANSLATE_NOOP("commands", "Appl&y a suggestion"), ()),
            "waive",
            "accept_word",
            None,
            "disagreements",
            "independent",
            "agreement",
            None,
            "check",
            "checks",
            "checklists",
            "words",
            "waivers",
        ),
    ),
    Menu(
        "terms",
        QT_TRANSLATE_NOOP("commands", "&Terms"),
        ("unify", "make_group", None, "add_term", "termbase", None, "concordance"),
    ),
    Menu(
        "alignment",
        QT_TRANSLATE_NOOP("commands", "&Alignment"),
        (
            "merge",
            "merge_previous",
            "split",
            Menu(
                "move",
                QT_TRANSLATE_NOOP("commands", "Mo&ve a sentence"),
                ("move_down", "move_up", "move_source_down", "move_source_up"),
            ),
            None,
            "link",
            "unlink",
            None,
            "realign",
            "anchors",
            "memories",
        ),
    ),
    Menu(
        "go",
        QT_TRANSLATE_NOOP("commands", "&Go"),
        (
            "next_finding",
            "previous_finding",
            None,
            "next_pair",
            "previous_pair",
            "next_open",
            "previous_open",
            None,
            "next_doubtful",
            "previous_doubtful",
            "next_odd",
            "previous_odd",
            None,
            "next_document",
            "previous_document",
            None,
            "go_to",
            "command_box",
        ),
    ),
    Menu(
        "view",
        QT_TRANSLATE_NOOP("commands", "&View"),
        (
            "panel",
            "findings",
            "consistency",
            "history",
            "next_pane",
            None,
            "zoom_in",
            "zoom_out",
            "zoom_reset",
        ),
    ),
    Menu("help", QT_TRANSLATE_NOOP("commands", "&Help"), ("keys", "about")),
)

TOOLBAR: tuple[str | None, ...] = (
    "open",
    "export",
    None,
    "undo",
    "redo",
    None,
    "previous_finding",
    "next_finding",
    "confirm",
    None,
    "check",
)

MOST_SUGGESTIONS = 9
"""Ctrl+1 to Ctrl+9."""
