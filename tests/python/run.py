"""The Python package as its users get it: a wheel is built and put into a virtual environment of its own, with what its doors need.
usage: run.py WORK-DIRECTORY [NAME-OF-A-TEST ...]     prints TAP. Without the package registry everything is skipped, and said so."""
import os
import subprocess
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PACKAGES = ["pyarrow", "pandas", "spacy", "mypy"]


def sh(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options).stdout.decode("utf-8", "replace")


def main():
    work, only = sys.argv[1], sys.argv[2:]
    python = os.path.join(work, "venv", "bin", "python")
    if not os.path.exists(python):
        sh(sys.executable, "-m", "venv", os.path.join(work, "venv"))
    try:
        sh(python, "-m", "pip", "install", "-q", *PACKAGES)
    except subprocess.CalledProcessError as error:
        print("1..0 # SKIP the packages that the tests need cannot be had: %s" % error.output.decode("utf-8", "replace").splitlines()[-1])
        return
    wheels = os.path.join(work, "wheels")
    for old in os.listdir(wheels) if os.path.isdir(wheels) else ():
        os.unlink(os.path.join(wheels, old))
    try:
        sh(python, "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, ROOT)
        wheel = os.path.join(wheels, os.listdir(wheels)[0])
        sh(python, "-m", "pip", "install", "-q", "--no-deps", "--force-reinstall", wheel)
    except subprocess.CalledProcessError as error:
        print("1..1\nnot ok 1 - the wheel is built and installed")
        print("# " + error.output.decode("utf-8", "replace").replace("\n", "\n# "))
        sys.exit(1)
    environment = dict(os.environ, SOFAR_ROOT=ROOT, SOFAR_WHEEL=wheel)
    environment.pop("SOFAR_MODEL", None)  # the one in the wheel is meant
    sys.exit(subprocess.run([python, os.path.join(HERE, "package.py"), *only], cwd=work, env=environment, check=False).returncode)


if __name__ == "__main__":
    try:
        main()
    except Exception:  # the tally wants a line in any case
        traceback.print_exc()
        print("1..1\nnot ok 1 - the tests of the package run")
        sys.exit(1)
