"""Run by the system's Python, which has LibreOffice's `uno`: what LibreOffice leaves of a file with tracked changes.

`office.py PORT accept|reject IN OUT`: an office listens on the port; OUT is JSON, a list of paragraphs (style, words),
tables (rows of cells) and footnotes (words).
"""

import json
import sys
import time
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue


def _desktop(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:socket,host=127.0.0.1,port={port};urp;StarOffice.ComponentContext")
            return context, context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except Exception:
            time.sleep(0.25)
    raise SystemExit("no office listens")


def _walk(story):
    parts = story.createEnumeration()
    while parts.hasMoreElements():
        yield parts.nextElement()


def _words(paragraph):
    """The words of a paragraph without the signs of its footnotes."""
    portions = paragraph.createEnumeration()
    out = ""
    while portions.hasMoreElements():
        portion = portions.nextElement()
        if portion.TextPortionType == "Text" and portion.CharStyleName != "Treaty Note Marker":
            out += portion.String
    return out


def main(port, what, source="", target=""):
    """Open, resolve, write down."""
    context, desktop = _desktop(port)
    if what == "quit":
        desktop.terminate()
        return
    hidden = PropertyValue(Name="Hidden", Value=True)
    document = desktop.loadComponentFromURL(Path(source).resolve().as_uri(), "_blank", 0, (hidden,))
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    frame = document.CurrentController.Frame
    dispatcher.executeDispatch(frame, f".uno:{what.capitalize()}AllTrackedChanges", "", 0, ())
    left = document.Redlines.createEnumeration().hasMoreElements()
    found = []
    for part in _walk(document.Text):
        if part.supportsService("com.sun.star.text.TextTable"):
            rows = {}
            for name in part.CellNames:
                rows.setdefault(int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")), []).append(
                    part.getCellByName(name).String
                )
            found.append(["table", [rows[n] for n in sorted(rows)]])
        else:
            found.append(["paragraph", part.ParaStyleName, _words(part)])
    notes = [
        [document.Footnotes.getByIndex(n).Label, document.Footnotes.getByIndex(n).String] for n in range(document.Footnotes.Count)
    ]
    document.close(True)
    Path(target).write_text(json.dumps({"parts": found, "footnotes": notes, "left": left}, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
