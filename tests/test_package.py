"""The installed package: its public face, and that templates and texts travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

import treaty_diff

ROOT = Path(__file__).parents[1]


def test_the_public_verbs_are_sorted_and_there() -> None:
    assert treaty_diff.__all__ == sorted(treaty_diff.__all__)
    for name in treaty_diff.__all__:
        assert callable(getattr(treaty_diff, name)) or name == "__version__"


def test_the_verbs_stay_verbs_after_the_rooms_were_used(embedded: object, tmp_path: Path) -> None:
    from treaty_diff import align, load, open_store, redline, render

    store = open_store(getattr(embedded, "root"))  # noqa: B009
    nafta, tpp = load(store, "nafta1994"), load(store, "tpp")
    comparison = redline(nafta, tpp, align(nafta, tpp))
    assert render(comparison, tmp_path / "page").is_file()
    assert callable(treaty_diff.align)
    assert callable(treaty_diff.redline)
    assert callable(treaty_diff.render)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Wheel and sdist, built from a copy of the tracked files."""
    source = tmp_path_factory.mktemp("source")
    names = (
        subprocess.run(["git", "-C", str(ROOT), "ls-files", "-z"], capture_output=True, check=True).stdout.decode().split("\0")
    )
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    out = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, "-m", "build", "--outdir", str(out), str(source)], check=True, capture_output=True)
    return out


def expected() -> set[str]:
    """Data files that must be in every installation, as paths inside the package."""
    found = set()
    for folder, package in (("templates", "treaty_diff/templates"), ("texts", "treaty_diff/texts")):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and path.suffix not in (".py", ".pyc"):
                found.add(f"{package}/{path.relative_to(ROOT / folder).as_posix()}")
    return found


@pytest.mark.slow
def test_the_wheel_has_templates_and_texts(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    assert expected() <= set(zipfile.ZipFile(wheel).namelist())


@pytest.mark.slow
def test_the_sdist_has_them_too(built: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {path.removeprefix("treaty_diff/") for path in expected()} <= names


@pytest.mark.slow
def test_an_installation_away_from_the_checkout_works(built: Path, tmp_path: Path) -> None:
    (wheel,) = built.glob("*.whl")
    venv.create(tmp_path / "venv", with_pip=False, system_site_packages=False)
    site = next((tmp_path / "venv").glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    # the libraries of this environment, the package of the wheel
    here = next(p for p in sys.path if p.endswith("site-packages"))
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": f"{site}{os.pathsep}{here}"}
    command = [str(tmp_path / "venv/bin/python"), "-m", "treaty_diff", "compare", "chapter20", "--against", "tpp"]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / done.stdout.rstrip().splitlines()[-1].removeprefix("The page is ")).is_file()
    where = subprocess.run(
        [command[0], "-c", "import treaty_diff; print(treaty_diff.__file__)"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert str(site) in where


def test_help_starts_fast_enough_to_complete_while_typing() -> None:
    code = "import sys; import treaty_diff.cli; bad = {'numpy', 'lxml', 'git', 'rich', 'jinja2', 'rapidfuzz'} & set(sys.modules); sys.exit(str(bad) if bad else 0)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
