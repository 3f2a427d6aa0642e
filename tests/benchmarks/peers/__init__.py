"""What others would write: the programs that the screens are compared with."""
