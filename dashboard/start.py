"""Start the dashboard on this machine and print its address.

Usage: start.py [port; default: 8501]. Without a readers' copy, it makes one from the project's
database; without a database, it says in one sentence what to run.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path += [str(HERE.parent / "scripts")]
from readers_copy import NoCopy, copy_for_readers, copy_path, project_database  # noqa: E402


def prepare() -> None:
    """Make the readers' copy if there is none or the database is newer; exits with one sentence."""
    database = HERE.parent / project_database()
    copy = HERE.parent / copy_path(database)
    if copy.exists() and not (database.exists() and database.stat().st_mtime > copy.stat().st_mtime):
        return
    try:
        copy_for_readers(database, copy, HERE.parent / "target")
    except NoCopy as error:
        if not copy.exists():
            sys.exit(str(error))
        print(f"Showing the last copy. {error}")


def main() -> None:
    port = sys.argv[1] if len(sys.argv) > 1 else "8501"
    prepare()
    print(f"The dashboard is at http://127.0.0.1:{port}; Ctrl+C stops it.", flush=True)
    # Streamlit reads its settings from the folder in which it starts.
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", port]
    sys.exit(subprocess.run(command, cwd=HERE).returncode)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
