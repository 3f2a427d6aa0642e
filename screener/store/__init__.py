"""Stored responses: sealed rows in a database, which the terminal that wrote them cannot read back."""
