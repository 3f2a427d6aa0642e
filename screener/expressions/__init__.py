"""The condition language: one immutable tree, and a small module for each way of reading it."""
