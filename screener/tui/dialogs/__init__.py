"""One module for each page that lies over another."""
