"""From folders of YAML to checked content, with every mistake found in one run."""
