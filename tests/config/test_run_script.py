"""The entry script: what it understands, and the one sentence it has for everything that can go wrong."""

import ast
import socket
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

from learningcity.config.launch.local import ROOT

SCRIPT = ROOT / "run"


@pytest.fixture
def run(monkeypatch):
    """The script as a module."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    spec = spec_from_loader("run_script", SourceFileLoader("run_script", str(SCRIPT)))
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def call(*words, **variables):
    return subprocess.run(
        [sys.executable, SCRIPT, *words], capture_output=True, text=True, check=False, timeout=60, env=variables or None
    )


def test_script_can_be_read_by_an_old_python():
    tree = ast.parse(SCRIPT.read_text())
    too_new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.AsyncFunctionDef, ast.Starred)
    # A starred argument at the end of a call has been there for ever; anywhere else it is new.
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    last = {id(node.args[-1]) for node in calls if node.args}
    found = [node.lineno for node in ast.walk(tree) if isinstance(node, too_new) and id(node) not in last]
    annotated = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.returns]

    assert (found, annotated) == ([], [])


def test_too_old_python_is_told_which_one_is_needed(run, monkeypatch):
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit) as stop:
        run.insist_on_python()
    assert stop.value.code == "Python 3.11, 3.12, 3.13 or 3.14 is needed, and this is 3.9."


@pytest.mark.parametrize(("version", "suits"), [((3, 10), False), ((3, 11), True), ((3, 14), True), ((3, 15), False)])
def test_script_knows_which_pythons_suit(run, version, suits):
    assert run.suits(version) is suits


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("The virtual environment was not created because ensurepip is not available.", "The venv module of Python"),
        ("/usr/bin/python3: No module named venv", "The venv module of Python"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "cannot be written to by this user"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("Temporary failure in name resolution", "could not be installed (is there a network?)"),
    ],
)
def test_trouble_while_installing_is_explained(run, words, sentence):
    assert sentence in run.explain(words)


@pytest.mark.parametrize(
    ("words", "command", "rest"),
    [
        ([], "start", []),
        (["--port", "8001"], "start", ["--port", "8001"]),
        (["test", "-k", "city"], "test", ["-k", "city"]),
        (["--help"], "--help", []),
        (["--state", "there", "manage", "shell"], "manage", ["shell"]),
    ],
)
def test_arguments_are_split_into_command_and_rest(run, monkeypatch, words, command, rest):
    monkeypatch.setenv("LEARNINGCITY_STATE", "")

    assert run.read_arguments(words) == (command, rest)


def test_every_command_has_a_line_in_the_help(run):
    named = {line.split()[1] for line in run.HELP.splitlines() if line.startswith("./run ") and not line[6:7].isspace()}

    assert named == {*run.COMMANDS, "help"} - {"start"}


def test_unknown_command_is_answered_in_one_sentence():
    result = call("fly")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "There is no ./run fly; ./run help lists what there is.\n"


def test_half_made_venv_is_made_anew(run, tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    monkeypatch.setattr(run, "VENV", str(tmp_path))
    monkeypatch.setattr(run, "PYTHON", str(tmp_path / "bin/python"))
    calls = []
    monkeypatch.setattr(run, "call", lambda *command: calls.append(command))
    monkeypatch.setattr(run.shutil, "which", lambda _: None)
    run.build("site")

    assert calls[0] == (sys.executable, "-m", "venv", "--clear", str(tmp_path))
    assert "--require-hashes" in calls[1]
    assert Path(tmp_path, "complete-site").read_text() == run.fingerprint("site")


def test_finished_venv_of_another_lock_is_brought_up_to_date(run, tmp_path, monkeypatch):
    monkeypatch.setattr(run, "VENV", str(tmp_path))
    monkeypatch.setattr(run, "was_complete", lambda: True)
    calls = []
    monkeypatch.setattr(run, "call", lambda *command: calls.append(command))
    run.build("dev")

    assert [command[-1] for command in calls] == [str(ROOT / "requirements-dev.lock")]


def test_busy_port_is_named_before_anything_starts(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        result = launch("start", "--port", str(port), "--state", str(tmp_path / "state"))

    assert result.returncode == 1
    assert result.stderr == f"Port {port} is busy: stop what listens there, or use ./run --port {port + 1}.\n"
    assert not (tmp_path / "state").exists()


def test_number_that_is_no_port_is_named(tmp_path):
    result = launch("start", "--port", "99999", "--state", str(tmp_path))

    assert (result.returncode, result.stderr) == (
        1,
        "99999 is not a port: choose a number between 1024 and 65535.\n",
    )


def test_folder_that_cannot_be_written_to_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    result = launch("backup", "--state", str(tmp_path / "file" / "state"), str(tmp_path / "backup.tar"))

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert str(tmp_path / "file") in result.stderr


def launch(*words):
    return subprocess.run(
        [sys.executable, "-m", "learningcity.config.launch", *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin"},
    )
