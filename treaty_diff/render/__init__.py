"""For people: terminal, HTML, JSON."""
