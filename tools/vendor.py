"""Bundle ProseMirror into one committed file: python tools/vendor.py, with npm at hand. Nobody else needs npm.

The packages are those of tools/vendor/package-lock.json, each with its checksum; none of their scripts is run.
"""

import hashlib
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "tools/vendor"
VENDOR = ROOT / "learningcity/common/static/vendor"
BUNDLE, LICENSES, SUMS = VENDOR / "prosemirror.js", VENDOR / "prosemirror-LICENSE.txt", VENDOR / "SHA256SUMS"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file in HERE.iterdir():
            shutil.copy(file, folder)
        subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=folder, check=True)
        VENDOR.mkdir(exist_ok=True)
        versions = json.loads((folder / "package.json").read_text())["dependencies"]
        first_line = "/* ProseMirror, MIT, see prosemirror-LICENSE.txt: " + ", ".join(
            f"{package.removeprefix('prosemirror-')} {version}" for package, version in versions.items()
        )
        command = ["node_modules/.bin/esbuild", "prosemirror.mjs", "--bundle", "--minify", "--format=esm"]
        command += ["--target=es2022", "--legal-comments=none", f"--banner:js={first_line} */", f"--outfile={BUNDLE}"]
        subprocess.run(command, cwd=folder, check=True)
        LICENSES.write_text(licenses(folder / "node_modules"))
    SUMS.write_text("".join(f"{sha256(file)}  {file.name}\n" for file in (BUNDLE, LICENSES)))


def licenses(modules: Path) -> str:
    """Return the license of every package in the bundle, those that others brought along too."""
    texts = []
    for package in sorted(path for path in modules.iterdir() if path.name not in {".bin", ".package-lock.json"}):
        if "esbuild" not in package.name:
            version = json.loads((package / "package.json").read_text())["version"]
            text = next(iter(sorted(package.glob("LICENSE*")))).read_text().strip()
            texts.append(f"{package.name} {version}\n\n{text}\n")
    return "\n---\n\n".join(texts)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
