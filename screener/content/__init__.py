"""From folders of YAML to checked content, with every mistake reported in one run."""
