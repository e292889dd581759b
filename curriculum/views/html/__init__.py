"""Values as HTML and SVG: a module for each page and each chart, templates and one stylesheet."""
