"""The Python package as its users get it: a wheel is built and put into a virtual environment of its own, with what its doors need.
usage: run.py WORK-DIRECTORY package|spark ARGUMENT ...     prints TAP. Without the package registry everything is skipped, and said so.

    package [NAME-OF-A-TEST ...]     the package and the doors to Arrow, pandas, spaCy and Datasette
    spark CLIPPINGS                  the cluster, with pages by that program. PySpark takes 317 MB: it is not fetched, and the tests are
                                     skipped, unless SOFAR_TEST_SPARK=1 says so. Needs Java."""
import os
import shutil
import subprocess
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PACKAGES = {"package": ["pyarrow", "pandas", "spacy", "mypy", "datasette"], "spark": ["pyspark>=3.5,<3.6", "pyarrow", "pandas"]}


def sh(*command, **options):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **options).stdout.decode("utf-8", "replace")


def lacks_spark(python):
    """Why the cluster's tests are skipped; None if they are not."""
    if not shutil.which("java"):
        return "there is no Java"
    there = subprocess.run([python, "-c", "import pyspark"], stderr=subprocess.DEVNULL, check=False).returncode == 0
    if there or os.environ.get("SOFAR_TEST_SPARK") == "1":
        return None
    return "PySpark is not here; SOFAR_TEST_SPARK=1 fetches it (317 MB)"


def main():
    work, suite = sys.argv[1:3]
    arguments = [os.path.abspath(a) if os.path.exists(a) else a for a in sys.argv[3:]]  # the tests run elsewhere
    python = os.path.join(work, "venv", "bin", "python")
    if not os.path.exists(python):
        sh(sys.executable, "-m", "venv", os.path.join(work, "venv"))
    lack = lacks_spark(python) if suite == "spark" else None
    if lack:
        print("1..0 # SKIP " + lack)
        return
    try:
        sh(python, "-m", "pip", "install", "-q", *PACKAGES[suite])
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
    sys.exit(subprocess.run([python, os.path.join(HERE, suite + ".py"), *arguments], cwd=work, env=environment, check=False).returncode)


if __name__ == "__main__":
    try:
        main()
    except Exception:  # the tally wants a line in any case
        traceback.print_exc()
        print("1..1\nnot ok 1 - the tests of the package run")
        sys.exit(1)
