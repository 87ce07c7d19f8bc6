"""Run the command line with `python -m treaty_diff`."""

from treaty_diff.cli import main

if __name__ == "__main__":
    main()
