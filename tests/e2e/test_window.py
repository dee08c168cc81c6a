"""A person at the keyboard, before a real window."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from screen import Screen, state_of, wait_for

from reviewer import paths, store
from reviewer.formats.termbases import read_termbase
from reviewer.review.alignment.places import written
from reviewer.review.tasks.opened_pairs import read_pairs
from reviewer.review.tasks.opening import open_review
from reviewer.settings import Settings
from reviewer.text.words import words
from tests.align.texts import book
from tests.text.dictionary import write_dictionary

pytestmark = pytest.mark.window

SOURCE, TARGET = "banjir-lembah-sari.txt", "inondation-lembah-sari.txt"
LEFTOVER = "relawan setempat"


@pytest.fixture
def screen(tmp_path):
    screen = Screen(tmp_path)
    yield screen
    screen.close()


@pytest.fixture
def texts(tmp_path):
    """Copies of the sample, in a folder of their own."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in (SOURCE, TARGET):
        shutil.copy(paths.resource("sample", name), folder / name)
    return folder / SOURCE, folder / TARGET


def targets(project):
    return [pair.target_text for pair in read_pairs(project, None).pairs]


def go_to(program, check):
    """Press F8 until a finding of a check is active; return its line of the log."""
    for _ in range(40):
        program.keys("F8")
        line = program.wait_for_log("finding ")
        if line.startswith(check):
            return line
    message = f"no finding of {check}"
    raise AssertionError(message)


def review_once(program, project):
    """Replace the leftover, unify the drifting term, confirm a pair."""
    program.wait_for_log("checked: ")
    go_to(program, "drift")
    program.keys("ctrl+u", "Return")
    unified = lambda: list(state_of(project).registers("group"))  # noqa: E731
    wait_for(unified, "the decision on the term")
    go_to(program, "untranslated")
    program.keys("ctrl+1")
    wait_for(lambda: not any(LEFTOVER in text for text in targets(project)), "the replacement")
    program.keys("ctrl+Return")
    wait_for(lambda: list(state_of(project).registers("verdict")), "the verdict")


def test_a_pair_is_opened_repaired_confirmed_and_closed(screen, texts, tmp_path):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("opened a project of")
    project = texts[1].with_suffix(".bitext")
    review_once(program, project)
    before = targets(project)
    program.quit()
    assert not any(LEFTOVER in text for text in before)

    program = screen.start(project)
    program.wait_for_log("checked: ")
    assert targets(project) == before
    program.keys("ctrl+z")
    undone = lambda: not list(state_of(project).registers("verdict"))  # noqa: E731
    wait_for(undone, "the undo of an earlier session")
    program.keys("ctrl+shift+z")
    wait_for(lambda: list(state_of(project).registers("verdict")), "the redo")
    program.quit()

    out = tmp_path / "out.txt"
    command = [sys.executable, "-m", "reviewer", "export", str(project), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    delivered = texts[1].read_text("utf-8").splitlines()
    corrected = out.read_text("utf-8").splitlines()
    assert len(corrected) == len(delivered)
    changed = [
        n for n, pair in enumerate(zip(delivered, corrected, strict=True)) if len(set(pair)) > 1
    ]
    assert changed
    for number in changed:
        assert any(text in corrected[number] for text in before)
    assert LEFTOVER not in out.read_text("utf-8")


def test_what_is_typed_is_saved_and_survives_a_kill(screen, texts):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = texts[1].with_suffix(".bitext")
    program.keys("ctrl+Down", "F2", "ctrl+End")
    program.type(" Voici.")
    program.keys("ctrl+Return")
    wait_for(lambda: any(text.endswith(" Voici.") for text in targets(project)), "the edit")
    program.kill()
    program = screen.start(project)
    program.wait_for_log("checked: ")
    program.quit()
    assert sum(text.endswith(" Voici.") for text in targets(project)) == 1
    assert store.verify(project).status == 0


def test_two_office_documents_are_reviewed_and_one_is_given_back(screen, tmp_path):
    golden = Path(__file__).parent.parent / "golden"
    files = [shutil.copy(golden / name, tmp_path) for name in ("lighthouse.docx", "phare.odt")]
    program = screen.start(*files, "--from", "en", "--to", "fr")
    program.wait_for_log("checked: ")
    project = tmp_path / "phare.bitext"
    program.keys("ctrl+Down", "F2", "ctrl+Home")
    program.type("Chaque soir, ")
    program.keys("ctrl+Return")
    edited = lambda: any(text.startswith("Chaque soir, ") for text in targets(project))  # noqa: E731
    wait_for(edited, "the edit")
    program.quit()
    out = tmp_path / "out.odt"
    command = [sys.executable, "-m", "reviewer", "export", str(project), str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stderr
    assert told.startswith("1 edit, 0 other changes")
    before, after = (zipfile.ZipFile(path) for path in (files[1], out))
    for name in before.namelist():
        assert (before.read(name) == after.read(name)) == (name != "content.xml")
    changed = after.read("content.xml").decode("utf-8").replace("Chaque soir, ", "", 1)
    assert changed == before.read("content.xml").decode("utf-8")


def test_a_damaged_file_is_told_and_nothing_is_lost(screen, texts, tmp_path):
    damaged = tmp_path / "damaged.bitext"
    damaged.write_bytes(b"SQLite format 3\0" + bytes(5000))
    before = damaged.read_bytes()
    program = screen.start(damaged)
    program.wait_for_log("told of trouble")
    program.quit()
    assert damaged.read_bytes() == before


@pytest.fixture
def unwritable(tmp_path, texts):
    """A folder on a read-only mount with the two texts: the superuser ignores file modes."""
    folder = tmp_path / "read-only"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here, and modes do not stop the superuser")
    try:
        for text in texts:
            shutil.copy(text, folder)
        remount = ["mount", "-o", "remount,ro", str(folder)]
        subprocess.run(remount, check=True, capture_output=True)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)


def test_texts_in_an_unwritable_folder_are_reviewed_elsewhere(screen, unwritable, tmp_path):
    names = [str(unwritable / name) for name in (SOURCE, TARGET)]
    program = screen.start(*names, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    program.keys("ctrl+Return")
    program.wait_for_log("saved")
    program.quit()
    assert sorted(path.name for path in unwritable.iterdir()) == sorted([SOURCE, TARGET])
    (project,) = [p for p in tmp_path.rglob("*.bitext") if p.is_file()]
    with closing(store.open_project(project)) as opened:
        assert any(event.kind == "verdict" for event in opened.events())


def test_the_sample_opens_from_the_start_page(screen, tmp_path):
    program = screen.start()
    program.wait_for_log("starts")
    program.keys("Tab", "Tab", "Return")
    program.wait_for_log("checked: ")
    program.quit()


# Repairing the alignment


@pytest.fixture
def transposed(tmp_path):
    """A book whose translation has two sentences in one and a sentence far from its place."""
    source, target = book(36, seed=11)
    target[4:6] = [f"{target[4]} {target[5]}"]
    target.insert(24, target.pop(8))
    folder = tmp_path / "book"
    folder.mkdir()
    paths_ = folder / "book.en.txt", folder / "book.fr.txt"
    for path, texts in zip(paths_, (source, target), strict=True):
        path.write_text("\n".join(texts) + "\n", "utf-8")
    return paths_


def places(project):
    """Return what each pair holds, as events write it."""
    with closing(open_review(project, Settings(reviewer_id="99" * 16))) as review:
        return [written(bead.place) for bead in review.columns.beads]


def edits(project):
    return state_of(project).listed("align.edit")


def go_to_pair(program, number):
    program.keys("ctrl+g")
    program.type(str(number))
    program.keys("Return")


def test_an_alignment_is_repaired_by_keyboard_alone(screen, transposed):
    program = screen.start(*transposed, "--from", "en", "--to", "fr")
    program.wait_for_log("checked: ")
    project = transposed[1].with_suffix(".bitext")
    before = places(project)

    # Split a translation of two sentences at the caret, and undo it.
    go_to_pair(program, 2)
    program.keys("F2", "ctrl+Home", "ctrl+Right", "ctrl+Right", "ctrl+t")
    wait_for(lambda: len(edits(project)) == 1, "the split")
    assert len(places(project)) == len(before) + 1
    program.keys("Escape", "ctrl+z")
    wait_for(lambda: not edits(project), "the undo of the split")
    assert places(project) == before

    # Move a sentence of the translation on, and one of the source after it.
    go_to_pair(program, 12)
    program.keys("alt+Down")
    wait_for(lambda: len(edits(project)) == 1, "the move")
    program.keys("ctrl+shift+j")
    wait_for(lambda: len(edits(project)) == 2, "the merge")

    # Link across the document.
    go_to_pair(program, 20)
    program.keys("ctrl+l")
    go_to_pair(program, 30)
    program.keys("ctrl+l")
    wait_for(lambda: len(edits(project)) == 3, "the link")
    linked = places(project)

    # Align a stretch anew: what was repaired by hand stays.
    go_to_pair(program, 1)
    program.keys("ctrl+l")
    go_to_pair(program, 8)
    program.keys("ctrl+r", "Return")
    program.wait_for_log("aligned anew")
    program.keys("F7", "ctrl+Return")
    wait_for(lambda: list(state_of(project).registers("verdict")), "the verdict")
    after = places(project)
    assert [place for place in linked if place not in before] == [
        place for place in after if place not in before and place in linked
    ]
    program.quit()

    program = screen.start(project)
    program.wait_for_log("checked: ")
    program.keys("ctrl+z")
    wait_for(lambda: not list(state_of(project).registers("verdict")), "the undo of a verdict")
    program.quit()
    assert places(project) == after
    assert store.verify(project).status == 0


def test_a_term_is_unified_exported_and_held_against_another_text(screen, texts, tmp_path):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    project = texts[1].with_suffix(".bitext")
    program.wait_for_log("checked: ")
    go_to(program, "drift")
    program.keys("ctrl+u", "Return")
    wait_for(lambda: list(state_of(project).registers("term")), "the concept of the verdict")
    program.quit()
    out = tmp_path / "terms.tbx"
    reviewer = [sys.executable, "-m", "reviewer"]
    command = [*reviewer, "terms", str(project), "--export-termbase", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    (concept,) = read_termbase(out).concepts
    source, preferred, *deprecated = (term.text for term in concept.terms)
    assert deprecated
    other = tmp_path / "b.id.txt", tmp_path / "b.fr.txt"
    other[0].write_text(f"Lalu {source} datang.\n", "utf-8")
    other[1].write_text(f"Puis vint : {deprecated[0]}.\n", "utf-8")
    command = [*reviewer, "check", *map(str, other), "--from", "id", "--to", "fr"]
    command += ["--termbase", str(out)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    assert f"“{preferred}” for “{source}”" in told


def colleague(path, folder, gesture):
    """Have a colleague decide something in a copy, in a process of its own computer."""
    copy = folder / "ben.bitext"
    shutil.copyfile(path, copy)
    code = (
        "import sys; from pathlib import Path;"
        "from reviewer.review.tasks.opening import open_review;"
        "from reviewer.settings import Settings;"
        "review = open_review(Path(sys.argv[1]), Settings('cd' * 16, 'Ben'));"
        f"{gesture}; assert review.saving.flush(); review.close()"
    )
    environment = os.environ | {"XDG_DATA_HOME": str(folder / "ben")}
    subprocess.run([sys.executable, "-c", code, str(copy)], check=True, env=environment)
    return copy


def test_a_colleagues_review_is_loaded_and_decided_by_keyboard(screen, texts, tmp_path):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = texts[1].with_suffix(".bitext")
    copy = colleague(project, tmp_path, "review.edit(1, 'Ben.'); review.reject(2)")
    program.keys("ctrl+Down", "F2", "ctrl+a")
    program.type("Ana.")
    program.keys("ctrl+Return", "ctrl+Return")
    wait_for(lambda: len(list(state_of(project).registers("verdict"))) == 2, "two verdicts")
    program.keys("ctrl+k")
    program.type(">load review")
    program.keys("Return")
    program.find_dialog("Choose reviews")
    program.type(str(copy))
    program.keys("Return")
    program.wait_for_log("asking about 2 decisions")
    program.find_dialog("Load review")
    program.keys("Return")
    program.wait_for_log("loaded 2 decisions")
    apart = lambda: len(list(state_of(project).disagreements()))  # noqa: E731
    wait_for(lambda: apart() == 2, "the disagreements")
    program.find_dialog("Bitext Reviewer")
    program.keys("ctrl+d")
    # The later version stands first: Ana's, in both places.
    program.keys("a")
    wait_for(lambda: apart() == 1, "the first decision")
    program.keys("b")
    wait_for(lambda: apart() == 0, "the second decision")
    program.quit()
    assert "Ana." in targets(project)
    assert store.verify(project).status == 0


@pytest.fixture
def two_screens(tmp_path):
    """The screens of Ana and of Ben, each with settings and folders of its own."""
    screens = []
    for name in ("Ana", "Ben"):
        settings = tmp_path / name / "config" / "bitext-reviewer" / "settings.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'reviewer_name = "{name}"\n', "utf-8")
        screens.append(Screen(tmp_path / name))
    yield screens
    for screen in screens:
        screen.close()


def verdicts(project):
    return [state.heads[0] for _, state in state_of(project).registers("verdict")]


def apart(project):
    return len(list(state_of(project).disagreements()))


def test_two_windows_at_one_file_see_each_other(two_screens, texts):
    ana, ben = (screen.start for screen in two_screens)
    ana = ana(*texts, "--from", "id", "--to", "fr")
    ana.wait_for_log("checked: ")
    project = texts[1].with_suffix(".bitext")
    ben = ben(project)
    ben.wait_for_log("checked: ")
    ana.keys("ctrl+Down", "ctrl+Return")
    wait_for(lambda: len(verdicts(project)) == 1, "Ana's verdict")
    ben.wait_for_log(" decisions came")
    # Ben has seen what he overrules, so nobody disagrees.
    ben.keys("ctrl+Down", "ctrl+shift+Return")
    wait_for(lambda: '"rejected"' in verdicts(project)[0].body, "Ben's verdict")
    ana.wait_for_log(" decisions came")
    assert apart(project) == 0
    ben.kill()
    ana.keys("ctrl+Down", "ctrl+Return")
    wait_for(lambda: len(verdicts(project)) == 2, "Ana's second verdict")
    ana.quit()
    assert store.verify(project).status == 0


def test_who_was_killed_is_not_shown_to_who_comes_back(screen, texts):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    program.kill()
    before = program.log.read_text("utf-8")
    program = screen.start(texts[1].with_suffix(".bitext"))
    program.wait_for_log("checked: ")
    program.keys("ctrl+Return")
    program.wait_for_log("saved")
    assert "others here" not in program.log.read_text("utf-8").removeprefix(before)
    program.quit()


def test_work_goes_on_in_a_copy_when_the_file_is_gone(screen, texts):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project, copy = texts[1].with_suffix(".bitext"), texts[1].with_name("copy.bitext")
    program.keys("ctrl+Down", "ctrl+Return")
    program.wait_for_log("saved")
    project.unlink()
    program.keys("ctrl+Down", "ctrl+Return")
    program.wait_for_log("cannot save")
    program.keys("ctrl+shift+s")
    program.find_dialog("Save a copy")
    program.type(str(copy))
    program.keys("Return")
    wait_for(copy.exists, "the copy")
    assert len(verdicts(copy)) == 2
    program.find_dialog("Bitext Reviewer")
    # Round the text, the panel and the filters to the messages, whose first one is of the copy.
    program.keys("F6", "F6", "F6", "space")
    program.wait_for_log("opened a project of")
    program.wait_for_log("checked: ")
    program.keys("ctrl+Down", "ctrl+Down", "ctrl+Return")
    wait_for(lambda: len(verdicts(copy)) == 3, "the next verdict")
    program.quit()
    assert store.verify(copy).status == 0


@pytest.fixture
def shared(two_screens, texts, tmp_path):
    """Ana's window and Ben's, at copies of their own that a folder joins; both projects."""
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    ana = two_screens[0].start(*texts, "--from", "id", "--to", "fr")
    ana.wait_for_log("checked: ")
    ana.keys("ctrl+k")
    ana.type(">share through")
    ana.keys("Return")
    ana.find_dialog("Choose a folder")
    ana.type(str(folder))
    ana.keys("Return")
    project = texts[1].with_suffix(".bitext")
    documents = folder / store.project_id_of(project) / store.DOCUMENTS
    wait_for(documents.exists, "the documents")
    ana.find_dialog("Bitext Reviewer")
    ben = two_screens[1].start(documents)
    ben.wait_for_log("checked: ")
    (copy,) = (tmp_path / "Ben").rglob("*.bitext")
    return ana, ben, project, copy


def test_two_windows_share_a_project_through_a_folder(shared, tmp_path):
    ana, ben, project, copy = shared
    ana.keys("ctrl+Return")
    wait_for(lambda: len(verdicts(copy)) == 1, "Ana's verdict in Ben's copy")
    ben.keys("ctrl+Down", "ctrl+Down", "ctrl+Return")
    wait_for(lambda: len(verdicts(project)) == 2, "Ben's verdict in Ana's project")
    ben.picture(tmp_path / "shared.png")
    # A document that Ana adds comes to Ben, and what he says of it to her.
    texts = [tmp_path / name for name in ("kontrak.id.txt", "contrat.fr.txt")]
    texts[0].write_text("Kontrak ini berlaku satu tahun.\n\nPihak kedua membayar.\n", "utf-8")
    texts[1].write_text("Ce contrat vaut un an.\n\nL’autre partie paie.\n", "utf-8")
    command = [sys.executable, "-m", "reviewer", "add", str(project), *map(str, texts)]
    subprocess.run([*command, "--from", "id", "--to", "fr"], check=True, capture_output=True)
    ben.wait_for_log("1 documents came")
    ben.picture(tmp_path / "came.png")
    ana.quit()
    ben.quit()
    assert store.verify(project).status == store.verify(copy).status == 0
    with closing(store.open_project(copy)) as opened:
        assert "contrat.fr.txt" in {document.name for document in opened.documents}


def test_what_two_decided_apart_is_settled_by_a_third_text(shared, tmp_path):
    ana, ben, project, copy = shared
    folder = tmp_path / "Dropbox"
    away = folder.rename(tmp_path / "unplugged")
    for program, text in ((ana, "Ana."), (ben, "Ben.")):
        program.keys("ctrl+Down", "F2", "ctrl+a")
        program.type(text)
        program.keys("ctrl+Return")
        program.wait_for_log("saved")
    away.rename(folder)
    for program, at in ((ana, project), (ben, copy)):
        wait_for(lambda at=at: apart(at) == 1, "the disagreement")
        program.wait_for_log(" decisions came")
    ben.keys("ctrl+d")
    ben.picture(tmp_path / "apart.png")
    ben.keys("Return", "ctrl+a")
    ben.type("Les deux.")
    ben.keys("ctrl+Return")
    for at in (copy, project):
        wait_for(lambda at=at: apart(at) == 0, "the third text")
        assert "Les deux." in targets(at)
    ana.wait_for_log(" decisions came")
    ana.quit()
    ben.quit()
    assert store.verify(project).status == store.verify(copy).status == 0


def run_by_name(program, command):
    program.keys("ctrl+k")
    program.type(f">{command}")
    program.keys("Return")


def test_independent_reviewers_decide_blind_and_are_compared(shared, tmp_path):
    ana, ben, project, copy = shared
    run_by_name(ana, "independent")
    wait_for(lambda: state_of(copy).is_independent, "the switch in Ben's copy")
    ben.wait_for_log(" decisions came")
    ana.keys("ctrl+Return")
    wait_for(lambda: len(verdicts(copy)) == 1, "Ana's verdict in Ben's copy")
    ben.wait_for_log(" decisions came")
    # The next pair that Ben has not judged is the first: Ana's verdict is not his.
    ben.keys("ctrl+shift+Return")
    said = lambda at: [  # noqa: E731
        len(state_of(at).by_reviewer(*key)) for key in state_of(at).keys("verdict")
    ]
    for at in (project, copy):
        wait_for(lambda at=at: said(at) == [2], "both verdicts")
        assert apart(at) == 0
    ben.picture(tmp_path / "blind.png")
    run_by_name(ben, "agreement")
    ben.find_dialog("Agreement between reviewers")
    ben.picture(tmp_path / "agreement.png")
    ben.keys("alt+s")
    ben.picture(tmp_path / "apart.png")
    ben.keys("Escape")
    ben.find_dialog("Bitext Reviewer")
    run_by_name(ana, "independent")
    for at in (project, copy):
        wait_for(lambda at=at: apart(at) == 1, "the disagreement")
    ben.quit()
    ana.quit()
    assert store.verify(project).status == store.verify(copy).status == 0


# Spelling


@pytest.fixture
def dictionary(screen, texts):
    """A dictionary of the program's own folder that knows the words of the translation."""
    pytest.importorskip("hunspell")
    known = {word.text for word in words(texts[1].read_text("utf-8"))}
    folder = screen.folder / "config" / "bitext-reviewer" / "dictionaries"
    return write_dictionary(folder, "fr", " ".join(known), "TRY esianrtolcdugmphbyfvkwàéè\n")


def test_a_slip_is_mended_and_a_word_accepted_by_keyboard(screen, texts, dictionary):
    good = texts[1].read_text("utf-8")
    assert "blessées" in good
    wrong = good.replace("blessées", "bllessées").replace("collective", "collectizve")
    texts[1].write_text(wrong, "utf-8")
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = texts[1].with_suffix(".bitext")
    go_to(program, "spelling")
    program.wait_for_log("suggestions for spelling")
    program.keys("ctrl+1")
    program.wait_for_log("finding numbers")
    wait_for(lambda: any("blessées" in text for text in targets(project)), "the correction")
    go_to(program, "spelling")
    program.keys("ctrl+shift+i")
    accepted = lambda: list(state_of(project).registers("waive"))  # noqa: E731
    wait_for(accepted, "the word")
    assert [key[3] for key, _ in accepted()] == ["collectizve"]
    program.quit()
    command = [sys.executable, "-m", "reviewer", "check", str(project), "--json"]
    folder = ["--dictionaries", str(dictionary)]
    done = subprocess.run([*command, *folder], check=True, capture_output=True, text=True)
    assert "spelling" not in {f["check"] for f in json.loads(done.stdout)["findings"]}


def open_by_name(program, command, title):
    """Run a command by its name and give its window the keys."""
    program.keys("ctrl+k")
    program.type(f">{command}")
    program.keys("Return")
    program.find_dialog(title)


def test_false_alarms_are_waived_and_a_check_is_tuned_by_keyboard(screen, texts):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = texts[1].with_suffix(".bitext")
    waivers = lambda: [  # noqa: E731
        (body["scope"], body["reason"])
        for _, register in state_of(project).registers("waive")
        if (body := json.loads(register.chosen.body))["on"]
    ]
    go_to(program, "untranslated")
    program.keys("ctrl+i", "Down", "Tab")
    program.type("a title")
    program.keys("Return")
    assert wait_for(waivers, "the waiver") == [("text", "a title")]
    open_by_name(program, "checks", "Checks")
    program.keys("Tab", "Down", "alt+u")
    wait_for(lambda: list(state_of(project).registers("setting")), "the level")
    program.keys("Escape")
    program.find_dialog("Bitext Reviewer")
    open_by_name(program, "waivers", "Waivers")
    program.keys("alt+t")
    wait_for(lambda: not waivers(), "the waiver taken back")
    program.keys("Escape")
    program.find_dialog("Bitext Reviewer")
    program.quit()


def test_a_rule_is_written_and_finds_by_keyboard(screen, texts):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    open_by_name(program, "checklists", "Checklists")
    program.keys("alt+n")
    program.find_dialog("^Checklist$")
    program.type("Barrage")
    program.keys("alt+l")
    program.type("barrage")
    program.keys("alt+g", "Down", "alt+t", "alt+v")
    lists = screen.folder / "config" / "bitext-reviewer" / "checklists"
    wait_for(lambda: list(lists.glob("*")), "the list")
    program.find_dialog("Checklists")
    program.keys("Escape")
    program.find_dialog("Bitext Reviewer")
    program.wait_for_log("checked: ")
    go_to(program, "checklist")
    program.quit()


def test_a_new_version_is_taken_and_taken_back(screen, texts):
    program = screen.start(*texts, "--from", "id", "--to", "fr")
    program.wait_for_log("checked: ")
    project = texts[1].with_suffix(".bitext")
    before = targets(project)
    program.keys("ctrl+Return")
    wait_for(lambda: list(state_of(project).registers("verdict")), "the verdict")
    new = texts[1].with_name("nouvelle.txt")
    new.write_text(texts[1].read_text("utf-8") + "\n\nUne phrase de plus.\n", "utf-8")
    program.keys("ctrl+k")
    program.type("New version of the translation")
    program.keys("Return")
    program.find_dialog("Choose the new version")
    program.type(str(new))
    program.keys("Return")
    assert program.wait_for_log("took a new version: ").startswith("1 decisions")
    program.find_dialog("nouvelle.txt")
    wait_for(lambda: "Une phrase de plus." in targets(project)[-1], "the new version")
    program.wait_for_log("checked: ")
    program.keys("ctrl+z")
    wait_for(lambda: targets(project) == before, "the old version")
    assert list(state_of(project).registers("verdict"))
    program.quit()


def test_a_folder_is_reviewed_and_the_table_of_a_client_comes_back(screen, tmp_path):
    folder = tmp_path / "strings"
    folder.mkdir()
    files = {
        "app.en.json": '{"mill": "The mill burnt down.", "river": "The river rose."}',
        "app.fr.json": '{"mill": "Le moulin a brûlé."}',
        "help.en.txt": "The mayor spoke to the people in the square.\n",
        "help.fr.txt": "Le maire a parlé aux gens sur la place.\n",
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    program = screen.start(folder)
    program.find_dialog("Texts and translations")
    program.keys("Return")
    program.wait_for_log("opened a project of 2 pairs")
    project = folder / "strings.bitext"
    program.find_dialog("Bitext Reviewer")

    table = tmp_path / "table.csv"
    command = [sys.executable, "-m", "reviewer", "export", str(project), str(table), "--table"]
    subprocess.run(command, check=True, capture_output=True)
    text = table.read_text("utf-8-sig")
    table.write_text(text.replace("The river rose.,,", "The river rose.,Le fleuve monte.,"))
    program.keys("ctrl+k")
    program.type(">take over")
    program.keys("Return")
    program.find_dialog("Choose the table")
    program.type(str(table))
    program.keys("Return")
    program.find_dialog("Take over an edited table")
    program.keys("alt+b")
    program.type("Client")
    program.keys("alt+t")
    wait_for(lambda: "Le fleuve monte." in targets(project), "the client's text")
    program.find_dialog("Bitext Reviewer")
    program.quit()

    out = tmp_path / "out.json"
    command = [sys.executable, "-m", "reviewer", "export", str(project), str(out)]
    subprocess.run(command, check=True, capture_output=True)
    assert json.loads(out.read_text("utf-8")) == {
        "mill": "Le moulin a brûlé.",
        "river": "Le fleuve monte.",
    }
