"""Templates, style sheets, scripts and fonts of the pages."""
